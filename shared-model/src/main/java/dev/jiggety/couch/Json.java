package dev.jiggety.couch;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reading JSON strictly, as trees, so that no digit of a number is lost. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .serializeNulls()
          .disableHtmlEscaping()
          .create();
  private static final TypeAdapter<JsonElement> TREE = GSON.getAdapter(JsonElement.class);

  private Json() {}

  static JsonReader reader(Reader in) {
    JsonReader reader = new JsonReader(in);
    reader.setStrictness(Strictness.STRICT);
    return reader;
  }

  /** The next value of a stream. */
  static JsonElement next(JsonReader in) throws IOException {
    return TREE.read(in);
  }

  /** A whole text as one object. */
  static JsonObject object(Reader in) {
    return asObject(element(in));
  }

  /** A whole text as one value. */
  static JsonElement element(Reader in) {
    return answered(GSON.fromJson(in, JsonElement.class));
  }

  /** Gson makes null of an empty text: an answer that never came. */
  static <T extends JsonElement> T answered(@Nullable T element) {
    if (element == null) {
      throw new UncheckedIOException(new EOFException("empty answer"));
    }
    return element;
  }

  static JsonObject asObject(@Nullable JsonElement element) {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw new JsonParseException("expected an object, found " + element);
  }

  static JsonArray asArray(@Nullable JsonElement element) {
    if (element instanceof JsonArray array) {
      return array;
    }
    throw new JsonParseException("expected a list, found " + element);
  }

  /** A text member; numbers as they were written. */
  static String text(JsonObject object, String name, String absent) {
    JsonElement value = object.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : absent;
  }

  /** A sequence: a text (CouchDB), a number (PouchDB), or an array (Cloudant of old), as text. */
  static String sequence(@Nullable JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return "0";
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  static long number(JsonObject object, String name, long absent) {
    JsonElement value = object.get(name);
    try {
      return value != null && value.isJsonPrimitive() ? value.getAsLong() : absent;
    } catch (NumberFormatException e) {
      return absent;
    }
  }

  /** Appends a string with its quotes; ids and revisions hardly ever have anything to escape. */
  static StringBuilder quote(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return out.append(write(new JsonPrimitive(text)));
      }
    }
    return out.append('"').append(text).append('"');
  }

  static String write(JsonElement json) {
    return GSON.toJson(json);
  }
}
