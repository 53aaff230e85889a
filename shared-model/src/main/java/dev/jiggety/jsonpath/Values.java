package dev.jiggety.jsonpath;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.jsonpath.JsonPath.Limits;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How JSON values compare: numbers by their value, texts by code points, the rest by content. */
public final class Values {
  private static final int LONGEST_EXACT = 400;

  private Values() {}

  static boolean isText(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isString();
  }

  private static boolean isNumber(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isNumber();
  }

  /** The exact number, unless it is so long that only an attacker writes it. */
  private static BigDecimal number(JsonElement value) {
    String text = value.getAsString();
    if (text.length() > LONGEST_EXACT) {
      double rounded = Double.parseDouble(text);
      return Double.isInfinite(rounded)
          ? new BigDecimal(rounded > 0 ? Double.MAX_VALUE : -Double.MAX_VALUE)
          : new BigDecimal(rounded);
    }
    return new BigDecimal(text);
  }

  /** Whether two values are the same; two Nothings are. */
  public static boolean equal(
      @Nullable JsonElement left, @Nullable JsonElement right, Limits limits) {
    limits.step();
    if (left == null || right == null) {
      return left == null && right == null;
    }
    if (isNumber(left) && isNumber(right)) {
      return number(left).compareTo(number(right)) == 0;
    }
    if (left instanceof JsonArray one && right instanceof JsonArray other) {
      boolean same = one.size() == other.size();
      for (int i = 0; same && i < one.size(); i++) {
        same = equal(one.get(i), other.get(i), limits);
      }
      return same;
    }
    if (left instanceof JsonObject one && right instanceof JsonObject other) {
      boolean same = one.size() == other.size();
      for (Map.Entry<String, JsonElement> member : one.asMap().entrySet()) {
        same = same && equal(member.getValue(), other.get(member.getKey()), limits);
      }
      return same;
    }
    return left.equals(right);
  }

  static boolean less(@Nullable JsonElement left, @Nullable JsonElement right) {
    if (left == null || right == null) {
      return false;
    }
    if (isNumber(left) && isNumber(right)) {
      return number(left).compareTo(number(right)) < 0;
    }
    return isText(left) && isText(right) && codePointsLess(left.getAsString(), right.getAsString());
  }

  private static boolean codePointsLess(String left, String right) {
    int at = 0;
    while (at < left.length() && at < right.length()) {
      int one = left.codePointAt(at);
      int other = right.codePointAt(at);
      if (one != other) {
        return one < other;
      }
      at += Character.charCount(one);
    }
    return left.length() < right.length();
  }

  static @Nullable JsonElement length(@Nullable JsonElement value) {
    return switch (value) {
      case JsonArray array -> new JsonPrimitive(array.size());
      case JsonObject object -> new JsonPrimitive(object.size());
      case JsonPrimitive text when text.isString() ->
          new JsonPrimitive(text.getAsString().codePoints().count());
      case null, default -> null;
    };
  }
}
