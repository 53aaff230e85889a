package dev.jiggety.agent.hub;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.jiggety.agent.store.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads JSON strictly (RFC 8259, valid UTF-8, nested at most 255 deep) and writes strings. */
final class JsonText {
  private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

  /** Lists are written by recursion so deep; what is deeper, Gson writes. */
  private static final int PLAIN_DEPTH = 32;

  private JsonText() {}

  /** A strict reader of bytes. What it throws, {@link #guard} translates. */
  static JsonReader reader(InputStream bytes) {
    // The decoder of the charset itself would put question marks where bytes are no UTF-8.
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return reader(new InputStreamReader(bytes, decoder));
  }

  private static JsonReader reader(Reader text) {
    var reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    return reader;
  }

  /** Something that reads. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Runs it.
   *
   * @throws CouchError 400 bad_request, for whatever is not JSON
   */
  static <T> T guard(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw CouchError.malformedJson();
    }
  }

  /** The next value. */
  static JsonElement next(JsonReader reader) throws IOException {
    return ELEMENTS.read(reader);
  }

  /** The one value of a whole text. */
  static JsonElement whole(JsonReader reader) throws IOException {
    var element = next(reader);
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw CouchError.malformedJson();
    }
    return element;
  }

  /** The one value of a whole text. */
  static JsonElement parse(String text) {
    return guard(() -> whole(reader(new StringReader(text))));
  }

  /** Appends a string with its quotes. */
  static StringBuilder quote(StringBuilder out, String text) {
    out.append('"');
    var plain = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        escape(out.append(text, plain, i), c);
        plain = i + 1;
      }
    }
    return (plain == 0 ? out.append(text) : out.append(text, plain, text.length())).append('"');
  }

  /** Appends a value; quick for what views are full of: lists of numbers and short texts. */
  static StringBuilder append(StringBuilder out, JsonElement value) {
    return append(out, value, 0);
  }

  private static StringBuilder append(StringBuilder out, JsonElement value, int depth) {
    if (value instanceof JsonArray array && !array.isEmpty() && depth < PLAIN_DEPTH) {
      var separator = '[';
      for (var element : array) {
        append(out.append(separator), element, depth + 1);
        separator = ',';
      }
      return out.append(']');
    }
    if (value instanceof JsonPrimitive primitive) {
      if (primitive.isString()) {
        return quote(out, primitive.getAsString());
      }
      if (primitive.isNumber() && primitive.getAsNumber() instanceof Long number) {
        return out.append(number.longValue());
      }
    }
    return out.append(value);
  }

  private static void escape(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u00")
              .append(Character.forDigit(c >> 4, 16))
              .append(Character.forDigit(c & 15, 16));
    }
  }

  /** {@code {"ok":true}}. */
  static JsonObject ok() {
    var json = new JsonObject();
    json.addProperty("ok", true);
    return json;
  }

  /** {@code {"ok":true,"id":…,"rev":…}}. */
  static JsonObject ok(String id, Revision rev) {
    var json = ok();
    json.addProperty("id", id);
    json.addProperty("rev", rev.toString());
    return json;
  }

  /** Revisions as strings. */
  static JsonArray revisions(List<Revision> revisions) {
    var array = new JsonArray();
    revisions.forEach(rev -> array.add(rev.toString()));
    return array;
  }

  /** Strings as an array. */
  static JsonArray strings(Iterable<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
