package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way to a field: {@code a.b} is b in a, {@code a\.b} is one name with a dot, {@code a.0} is
 * the first element of an array (CouchDB's mango_doc).
 *
 * @param text as it was written
 */
record FieldPath(String text, List<String> names) {

  private static final Pattern DOT = Pattern.compile("(?<!\\\\)\\.");

  /** Reads a path; one with an empty name is none. */
  static FieldPath parse(String text) throws SelectorException {
    var names = new ArrayList<String>();
    for (var part : DOT.split(text, -1)) {
      if (part.isEmpty()) {
        throw new SelectorException(
            "invalid_field_name", "Invalid field name: \"" + text + "\" has an empty part");
      }
      names.add(part.replace("\\", ""));
    }
    return new FieldPath(text, List.copyOf(names));
  }

  /** The value there; null where there is none. */
  @Nullable JsonElement find(JsonElement root) {
    var at = root;
    for (var name : names) {
      var next =
          switch (at) {
            case JsonObject object -> object.get(name);
            case JsonArray array -> element(array, name);
            default -> null;
          };
      if (next == null) {
        return null;
      }
      at = next;
    }
    return at;
  }

  /**
   * Whether the field is missing from an object. What is looked for in a value that can have no
   * such field (in a number, behind the end of an array) is not missing in this sense, so that
   * neither {@code $exists} matches it.
   */
  boolean isMissing(JsonElement root) {
    for (var length = names.size() - 1; length >= 0; length--) {
      var parent = new FieldPath(text, names.subList(0, length)).find(root);
      if (parent != null) {
        return parent instanceof JsonObject object && !object.has(names.get(length));
      }
    }
    return false;
  }

  private static @Nullable JsonElement element(JsonArray array, String name) {
    try {
      var index = Integer.parseInt(name);
      return index >= 0 && index < array.size() ? array.get(index) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
