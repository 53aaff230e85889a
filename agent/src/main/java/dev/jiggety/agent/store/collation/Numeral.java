package dev.jiggety.agent.store.collation;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number in order: the double next to it, and by how much the number is greater than that, which
 * is not zero for some integers beyond 2^53 alone.
 *
 * @param nearest infinite for what no double can hold; never -0.0
 * @param rest an integer; for an infinite {@code nearest} the number itself
 */
record Numeral(double nearest, BigInteger rest) implements Comparable<Numeral> {

  private static final long EXACT = 1L << 53;

  /** What follows the double in a key: no rest. Less is below it, more is above. */
  private static final int NO_REST = 0x80;

  /** A rest of more bytes than this has its length in four bytes. */
  private static final int SHORT = 0x7D;

  static Numeral of(Number number) {
    return switch (number) {
      case Integer value -> ofDouble(value);
      case Long value -> ofLong(value);
      case Double value -> ofDouble(value);
      case Float value -> ofDouble(value);
      case BigInteger value -> ofInteger(value);
      default -> ofLiteral(number.toString());
    };
  }

  private static Numeral ofLiteral(String literal) {
    for (var i = 0; i < literal.length(); i++) {
      var c = literal.charAt(i);
      if ((c < '0' || c > '9') && c != '-') {
        return ofDouble(Double.parseDouble(literal));
      }
    }
    return literal.length() <= 18
        ? ofLong(Long.parseLong(literal))
        : ofInteger(new BigInteger(literal));
  }

  private static Numeral ofDouble(double value) {
    // A literal too great for a double is greater than every integer: the sign tells where it is.
    return new Numeral(value == 0 ? 0.0 : value, BigInteger.ZERO);
  }

  private static Numeral ofLong(long value) {
    return value >= -EXACT && value <= EXACT
        ? new Numeral(value, BigInteger.ZERO)
        : ofInteger(BigInteger.valueOf(value));
  }

  private static Numeral ofInteger(BigInteger value) {
    var nearest = value.doubleValue();
    return new Numeral(
        nearest == 0 ? 0.0 : nearest,
        Double.isInfinite(nearest)
            ? value
            : value.subtract(new BigDecimal(nearest).toBigIntegerExact()));
  }

  private boolean endless() {
    return Double.isInfinite(nearest) && rest.signum() == 0;
  }

  @Override
  public int compareTo(Numeral other) {
    var order = Double.compare(nearest, other.nearest);
    if (order != 0) {
      return order;
    }
    if (endless() || other.endless()) {
      var more = Boolean.compare(endless(), other.endless());
      return nearest > 0 ? more : -more;
    }
    return rest.compareTo(other.rest);
  }

  void appendTo(KeyBytes out) {
    var bits = Double.doubleToLongBits(nearest);
    out.appendLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    if (endless()) {
      out.append(nearest > 0 ? 0xFF : 0x00);
      return;
    }
    if (rest.signum() == 0) {
      out.append(NO_REST);
      return;
    }
    // Longer is greater, so the length comes first; all of it inverted for what is below zero.
    var invert = rest.signum() < 0 ? 0xFF : 0;
    var magnitude = rest.abs().toByteArray();
    if (magnitude.length <= SHORT) {
      out.append((NO_REST + magnitude.length) ^ invert);
    } else {
      out.append(0xFE ^ invert);
      out.appendInt(invert == 0 ? magnitude.length : ~magnitude.length);
    }
    for (var each : magnitude) {
      out.append(each ^ invert);
    }
  }
}
