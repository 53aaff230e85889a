package dev.jiggety.couch;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Which changes a feed shows; applied by the server that has the database (CouchDB's API, {@code
 * /db/_changes}, "Filtering").
 */
public sealed interface ChangesFilter {
  /** Everything. */
  ChangesFilter NONE = new All();

  /** Documents of these types, by what they say they are; no tombstones. */
  static ChangesFilter ofTypes(String... types) {
    JsonObject among = new JsonObject();
    among.add("$in", Hub.texts(List.of(types)));
    return new Selector(Hub.member("type", among));
  }

  /** Everything. */
  record All() implements ChangesFilter {}

  /**
   * These documents alone, tombstones included; none of them shows nothing. Above 1000 CouchDB
   * reads the whole feed for them.
   */
  record DocIds(List<String> ids) implements ChangesFilter {
    public DocIds {
      ids = List.copyOf(ids);
    }
  }

  /**
   * What a Mango selector selects. Tombstones without members mostly do not match: a deletion stays
   * unseen.
   *
   * @param selector not to be changed
   */
  record Selector(JsonObject selector) implements ChangesFilter {}

  /**
   * What a filter function of a design document lets pass.
   *
   * @param name {@code design/function}
   * @param parameters given to the function as {@code req.query}; texts as they are, everything
   *     else as JSON. Not to be changed
   */
  record Function(String name, JsonObject parameters) implements ChangesFilter {
    public Function {
      requirePart(name);
    }
  }

  /**
   * Documents for which a view's map function emits anything.
   *
   * @param name {@code design/view}
   */
  record View(String name) implements ChangesFilter {
    public View {
      requirePart(name);
    }
  }

  /** The design document's id, of a name of the form {@code design/part}. */
  static String design(String name) {
    return "_design/" + name.substring(0, name.indexOf('/'));
  }

  /** The function's or view's own name, of a name of the form {@code design/part}. */
  static String part(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static void requirePart(String name) {
    int slash = name.indexOf('/');
    if (slash < 1 || slash == name.length() - 1) {
      throw new IllegalArgumentException(
          "\"" + name + "\" does not name a function; write design/function");
    }
  }
}
