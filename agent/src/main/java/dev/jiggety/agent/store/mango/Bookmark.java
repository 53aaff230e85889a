package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The row where a page ended: opaque to clients, and of no use to another server.
 *
 * @param key of the row; of the documents by id, the id
 */
record Bookmark(JsonElement key, String id) {

  /** How CouchDB writes that there is none. */
  static final String NIL = "nil";

  private static final String KEY = "startkey";
  private static final String ID = "startkey_docid";

  /** As a client gets it. */
  String write() {
    var json = new JsonObject();
    json.add(KEY, key);
    json.addProperty(ID, id);
    var bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads one.
   *
   * @param columns of the index that it is to be used with, −1 for the documents by id
   */
  static Bookmark read(String text, int columns) throws SelectorException {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      if (JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
              instanceof JsonObject json
          && json.get(ID) instanceof JsonPrimitive id
          && id.isString()
          && fits(json.get(KEY), columns)) {
        return new Bookmark(json.get(KEY), id.getAsString());
      }
    } catch (IllegalArgumentException | JsonParseException | StackOverflowError e) {
      // It is none, as is said below.
    }
    throw invalid(new JsonPrimitive(text).toString());
  }

  private static boolean fits(@Nullable JsonElement key, int columns) {
    return columns < 0
        ? key instanceof JsonPrimitive text && text.isString()
        : key instanceof JsonArray array && array.size() == columns;
  }

  static SelectorException invalid(String text) {
    return new SelectorException("invalid_bookmark", "Invalid bookmark value: " + text);
  }
}
