package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values compared as Erlang compares them, which Mango does for {@code _id} (raw bytes, like {@code
 * _all_docs}) and in {@code $all}.
 */
final class Terms {
  private Terms() {}

  /** Numbers before atoms, objects, arrays, strings; strings by their bytes in UTF-8. */
  static int compare(JsonElement left, JsonElement right) {
    var ranks = Integer.compare(rank(left), rank(right));
    if (ranks != 0) {
      return ranks;
    }
    return switch (left) {
      case JsonArray array -> compare(array, right.getAsJsonArray());
      case JsonObject object -> compare(entries(object), entries(right.getAsJsonObject()));
      case JsonPrimitive number when number.isNumber() ->
          number(number).compareTo(number(right.getAsJsonPrimitive()));
      case JsonPrimitive text when text.isString() ->
          Arrays.compareUnsigned(bytes(text), bytes(right.getAsJsonPrimitive()));
      default -> left.toString().compareTo(right.toString()); // atoms, by name
    };
  }

  /** The same value, where an integer is never the same as a fraction. */
  static boolean same(JsonElement left, JsonElement right) {
    return switch (left) {
      case JsonArray array ->
          right instanceof JsonArray other && same(array.asList(), other.asList());
      case JsonObject object ->
          right instanceof JsonObject other
              && List.copyOf(object.keySet()).equals(List.copyOf(other.keySet()))
              && same(values(object), values(other));
      case JsonPrimitive number when number.isNumber() ->
          compare(left, right) == 0 && isInteger(left) == isInteger(right);
      default -> compare(left, right) == 0;
    };
  }

  private static boolean same(List<JsonElement> left, List<JsonElement> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is a number written without fraction and exponent. */
  static boolean isInteger(JsonElement value) {
    if (!(value instanceof JsonPrimitive number && number.isNumber())) {
      return false;
    }
    var text = number.getAsString();
    return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
  }

  private static int rank(JsonElement value) {
    return switch (value) {
      case JsonNull ignored -> 1;
      case JsonObject ignored -> 2;
      case JsonArray ignored -> 3;
      case JsonPrimitive primitive -> primitive.isNumber() ? 0 : primitive.isBoolean() ? 1 : 4;
      default -> throw new IllegalArgumentException("no JSON: " + value);
    };
  }

  private static int compare(JsonArray left, JsonArray right) {
    for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
      var order = compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static JsonArray entries(JsonObject object) {
    var entries = new JsonArray(object.size());
    for (var entry : object.entrySet()) {
      var pair = new JsonArray(2);
      pair.add(entry.getKey());
      pair.add(entry.getValue());
      entries.add(pair);
    }
    return entries;
  }

  private static List<JsonElement> values(JsonObject object) {
    var values = new ArrayList<JsonElement>(object.size());
    object.entrySet().forEach(entry -> values.add(entry.getValue()));
    return values;
  }

  private static BigDecimal number(JsonPrimitive number) {
    return number.getAsBigDecimal();
  }

  private static byte[] bytes(JsonPrimitive text) {
    return text.getAsString().getBytes(StandardCharsets.UTF_8);
  }
}
