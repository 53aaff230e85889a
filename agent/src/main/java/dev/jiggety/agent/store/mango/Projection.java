package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The part of a document that is asked for. Immutable. */
final class Projection {
  private final List<FieldPath> paths;

  private Projection(List<FieldPath> paths) {
    this.paths = paths;
  }

  /** The fields must be names of fields. */
  static Projection of(List<String> fields) {
    var paths = new ArrayList<FieldPath>();
    for (var field : fields) {
      try {
        paths.add(FieldPath.parse(field));
      } catch (SelectorException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return new Projection(List.copyOf(paths));
  }

  /** A document of these fields, in their order; those that it does not have are left out. */
  JsonObject of(JsonObject document) {
    var part = new JsonObject();
    for (var path : paths) {
      var value = path.find(document);
      if (value != null) {
        set(part, path.names(), value);
      }
    }
    return part;
  }

  /** The fields. */
  List<FieldPath> paths() {
    return paths;
  }

  /**
   * Sets a value in objects that are made where they are missing. What is there already of the way
   * to it came from the same document, with the value in it.
   */
  static void set(JsonObject root, List<String> names, JsonElement value) {
    var at = root;
    for (var name : names.subList(0, names.size() - 1)) {
      if (!at.has(name)) {
        at.add(name, new JsonObject());
      }
      if (!(at.get(name) instanceof JsonObject below)) {
        return;
      }
      at = below;
    }
    at.add(names.getLast(), value);
  }
}
