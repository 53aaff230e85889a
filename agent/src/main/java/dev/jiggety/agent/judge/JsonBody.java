package dev.jiggety.agent.judge;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.jiggety.jsonpath.JsonPath;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;

/** A body as JSON, RFC 8259 to the letter. */
final class JsonBody {
  private final JsonElement tree;

  private JsonBody(JsonElement tree) {
    this.tree = tree;
  }

  /** It is not JSON; the message fits after "found". */
  static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
      super(message, null, false, false);
    }
  }

  static JsonBody parse(String text) throws NotJsonException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement tree = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more behind its end");
      }
      return new JsonBody(tree);
    } catch (IOException | JsonParseException | NumberFormatException e) {
      throw new NotJsonException("what is no JSON");
    }
  }

  JsonElement tree() {
    return tree;
  }

  List<JsonElement> find(String path) {
    return JsonPath.parse(path).find(tree, new Budget());
  }

  /** As people read it: a text without quotes, everything else as JSON. */
  static String text(JsonElement value) {
    return value instanceof JsonPrimitive primitive ? primitive.getAsString() : value.toString();
  }

  /** What somebody expects: JSON where it is some, else a text. */
  static JsonElement expected(String text) {
    try {
      return parse(text).tree();
    } catch (NotJsonException e) {
      return JsonNull.INSTANCE;
    }
  }
}
