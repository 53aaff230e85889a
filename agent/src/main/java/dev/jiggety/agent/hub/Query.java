package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, read as CouchDB reads them, with its errors for what it cannot read.
 */
final class Query {
  private final Map<String, String> parameters;

  private Query(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads what follows the question mark; of a name that comes twice the first counts.
   *
   * @param raw as it came, null for none
   */
  static Query parse(@org.jspecify.annotations.Nullable String raw) {
    var parameters = new HashMap<String, String>();
    if (raw != null) {
      for (var part : raw.split("&", -1)) {
        if (!part.isEmpty()) {
          var equals = part.indexOf('=');
          var name = Uris.decode(equals < 0 ? part : part.substring(0, equals));
          var value = equals < 0 ? "" : Uris.decode(part.substring(equals + 1));
          parameters.putIfAbsent(name, value);
        }
      }
    }
    return new Query(parameters);
  }

  /** These parameters, with the members of an object (as in POST _all_docs) before them. */
  Query with(JsonObject members) {
    var all = new HashMap<>(parameters);
    for (var member : members.entrySet()) {
      // Keys are JSON in a query too; all other parameters are bare words.
      var value = member.getValue();
      var bare = value instanceof JsonPrimitive text && text.isString() && !isKey(member.getKey());
      all.put(member.getKey(), bare ? value.getAsString() : value.toString());
    }
    return new Query(all);
  }

  private static boolean isKey(String name) {
    return switch (name) {
      case "key", "keys", "startkey", "start_key", "endkey", "end_key" -> true;
      default -> false;
    };
  }

  /** All of them, as strings. */
  JsonObject toJson() {
    var json = new JsonObject();
    parameters.forEach(json::addProperty);
    return json;
  }

  /** Whether the parameter is there. */
  boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** As it is. */
  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** {@code true} or {@code false}; false where it is missing. */
  boolean flag(String name) {
    return flag(name, false);
  }

  /** {@code true} or {@code false}. */
  boolean flag(String name, boolean otherwise) {
    var text = parameters.get(name);
    return switch (text) {
      case null -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default -> throw CouchError.queryParse("Invalid boolean parameter: \"" + text + "\"");
    };
  }

  /** A whole number that is not negative. */
  long number(String name, long otherwise) {
    var text = parameters.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      var number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw CouchError.queryParse("Invalid value for integer: \"" + text + "\"");
    }
    throw CouchError.queryParse("Invalid value for positive integer: \"" + text + "\"");
  }

  /** As {@link #number}, where {@code false} is another way to write 0. */
  long flagOrNumber(String name, long otherwise) {
    return "false".equals(parameters.get(name)) ? 0 : number(name, otherwise);
  }

  /** A JSON value. */
  Optional<JsonElement> json(String name) {
    return text(name).map(JsonText::parse);
  }

  /** A JSON string, under one of two names; a value of another type is no id of a document. */
  Optional<String> key(String name, String alias) {
    return json(has(name) ? name : alias)
        .map(value -> value instanceof JsonPrimitive p && p.isString() ? p.getAsString() : null);
  }

  /** A JSON array of strings. */
  Optional<List<String>> strings(String name) {
    return json(name).map(value -> strings(name, value));
  }

  /** The strings of an array. */
  static List<String> strings(String name, JsonElement value) {
    if (!(value instanceof JsonArray array)) {
      throw CouchError.badRequest("`" + name + "` member must be an array.");
    }
    var texts = new ArrayList<String>(array.size());
    for (var element : array) {
      if (!(element instanceof JsonPrimitive text && text.isString())) {
        throw CouchError.badRequest("`" + name + "` must be an array of strings.");
      }
      texts.add(text.getAsString());
    }
    return texts;
  }

  /** A revision. */
  Optional<Revision> revision(String name) {
    return text(name).map(Query::toRevision);
  }

  /** A revision from a text of the client's. */
  static Revision toRevision(String text) {
    try {
      return Revision.parse(text);
    } catch (IllegalArgumentException e) {
      throw CouchError.badRequest("Invalid rev format");
    }
  }
}
