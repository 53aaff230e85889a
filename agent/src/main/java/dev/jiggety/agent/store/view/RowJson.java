package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it stands in the nodes of an index: UTF-8, without blanks, every number digit by digit.
 * Numbers come back as the classes that sums are fast with.
 */
final class RowJson {

  /** So many digits always fit into a long. */
  private static final int LONG_DIGITS = 18;

  private RowJson() {}

  static byte[] write(JsonElement value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the text is an array or an object, which are worth keeping once they are read. */
  static boolean isStructure(byte[] text, int from, int to) {
    return from < to && (text[from] == '[' || text[from] == '{');
  }

  static JsonElement read(byte[] text, int from, int to) {
    var simple = text[from] == '[' ? integers(text, from, to) : shortInteger(text, from, to);
    if (simple != null) {
      return simple;
    }
    var string = new String(text, from, to - from, StandardCharsets.UTF_8);
    var first = string.charAt(0);
    if (first == '-' || (first >= '0' && first <= '9')) {
      return number(string);
    }
    if (string.equals("null")) {
      return JsonNull.INSTANCE;
    }
    try (var reader = new JsonReader(new StringReader(string))) {
      // What an emitted row wraps around a document may be deeper than a document can be.
      reader.setNestingLimit(Integer.MAX_VALUE);
      return read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonElement read(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_ARRAY -> {
        var array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(read(reader));
        }
        reader.endArray();
        yield array;
      }
      case BEGIN_OBJECT -> {
        var object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
          object.add(reader.nextName(), read(reader));
        }
        reader.endObject();
        yield object;
      }
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> number(reader.nextString());
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
      default -> throw new IOException("not JSON: " + reader);
    };
  }

  private static JsonPrimitive number(String literal) {
    var digits = literal.startsWith("-") ? literal.substring(1) : literal;
    if (!isAllDigits(digits) || literal.equals("-0")) {
      return new JsonPrimitive(new LazilyParsedNumber(literal));
    }
    return digits.length() <= LONG_DIGITS
        ? new JsonPrimitive(Long.valueOf(literal))
        : new JsonPrimitive(new BigInteger(literal));
  }

  private static boolean isAllDigits(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** An array of short integers, which most of what is summed up is; null if it is another. */
  private static @Nullable JsonArray integers(byte[] text, int from, int to) {
    var array = new JsonArray();
    var begin = from + 1;
    for (var i = begin; i < to; i++) {
      if (text[i] == ',' || (i == to - 1 && text[i] == ']' && i > begin)) {
        var number = shortInteger(text, begin, i);
        if (number == null) {
          return null;
        }
        array.add(number);
        begin = i + 1;
      } else if (text[i] != '-' && (text[i] < '0' || text[i] > '9')) {
        return null;
      }
    }
    return array.isEmpty() ? null : array;
  }

  private static @Nullable JsonPrimitive shortInteger(byte[] text, int from, int to) {
    var negative = from < to && text[from] == '-';
    var first = negative ? from + 1 : from;
    if (to - first > LONG_DIGITS || first == to || (negative && text[first] == '0')) {
      return null;
    }
    var value = 0L;
    for (var i = first; i < to; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return null;
      }
      value = value * 10 + (text[i] - '0');
    }
    return new JsonPrimitive(negative ? -value : value);
  }
}
