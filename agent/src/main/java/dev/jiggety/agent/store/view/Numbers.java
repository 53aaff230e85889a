package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Arithmetic as CouchDB does it: integers of any length, and doubles. A number is a {@link Long}
 * where it fits, else a {@link BigInteger}, or a {@link Double}.
 */
final class Numbers {

  private static final double PLAIN_FROM = 1e-6;
  private static final double PLAIN_TO = 1e21;

  private Numbers() {}

  static boolean isNumber(JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isNumber();
  }

  /** The number that a JSON number is; call {@link #isNumber} first. */
  static Number of(JsonElement value) {
    return switch (value.getAsNumber()) {
      case Long number -> number;
      case Integer number -> number.longValue();
      case BigInteger number -> narrow(number);
      case Double number -> finite(number);
      case Number number -> ofLiteral(number.toString());
    };
  }

  private static Number ofLiteral(String literal) {
    return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
        ? narrow(new BigInteger(literal))
        : finite(Double.parseDouble(literal));
  }

  static Number add(Number left, Number right) {
    if (left instanceof Long one && right instanceof Long other) {
      var sum = one + other;
      // The sign is wrong if and only if both have the other one.
      return ((one ^ sum) & (other ^ sum)) < 0 ? (Number) big(left).add(big(right)) : (Number) sum;
    }
    return isDouble(left, right)
        ? finite(left.doubleValue() + right.doubleValue())
        : narrow(big(left).add(big(right)));
  }

  static Number square(Number number) {
    return number instanceof Double value
        ? finite(value * value)
        : narrow(big(number).multiply(big(number)));
  }

  static int compare(Number left, Number right) {
    if (left instanceof Long one && right instanceof Long other) {
      return Long.compare(one, other);
    }
    return decimal(left).compareTo(decimal(right));
  }

  /**
   * As CouchDB prints it: doubles with a point, and without an exponent where JavaScript has none.
   */
  static JsonPrimitive json(Number number) {
    if (!(number instanceof Double value)) {
      return new JsonPrimitive(number);
    }
    var size = Math.abs(value);
    var text = Double.toString(value);
    if (text.indexOf('E') < 0 || size < PLAIN_FROM || size >= PLAIN_TO) {
      return new JsonPrimitive(value);
    }
    var plain = new BigDecimal(text).stripTrailingZeros();
    return new JsonPrimitive(plain.scale() > 0 ? plain : plain.setScale(1));
  }

  private static boolean isDouble(Number left, Number right) {
    return left instanceof Double || right instanceof Double;
  }

  private static Double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new ReduceException(
          "builtin_reduce_error", "A number is beyond the range of 64-bit floating point.");
    }
    return value;
  }

  private static BigInteger big(Number number) {
    return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof Double value ? new BigDecimal(value) : new BigDecimal(big(number));
  }

  private static Number narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : (Number) number;
  }
}
