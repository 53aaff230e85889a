package dev.jiggety.model.rules.report;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much of a span a test was in each state; together they are the span. Of several tests the sum
 * of each.
 *
 * @param ahead what is not over yet, without maintenance that is announced for it
 */
public record TimeShare(
    Duration up,
    Duration degraded,
    Duration down,
    Duration maintenance,
    Duration unknown,
    Duration ahead) {
  /** Of no time. */
  public static final TimeShare NONE =
      new TimeShare(
          Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Both together. */
  public TimeShare plus(TimeShare other) {
    return new TimeShare(
        up.plus(other.up),
        degraded.plus(other.degraded),
        down.plus(other.down),
        maintenance.plus(other.maintenance),
        unknown.plus(other.unknown),
        ahead.plus(other.ahead));
  }

  /** All of it. */
  public Duration whole() {
    return observed().plus(maintenance).plus(unknown).plus(ahead);
  }

  /** When it was known how the test was, and no maintenance. */
  public Duration observed() {
    return available().plus(down);
  }

  /** When it was there, slow or not. */
  public Duration available() {
    return up.plus(degraded);
  }

  /** The share of the observed time in which it was there, 0 to 1; empty when nothing is known. */
  public OptionalDouble availability() {
    return share(available(), observed());
  }

  /** Which share of the time that should have been observed was, 0 to 1. */
  public OptionalDouble coverage() {
    return share(observed(), observed().plus(unknown));
  }

  private static OptionalDouble share(Duration part, Duration whole) {
    return whole.isZero()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) part.toMillis() / Math.max(1, whole.toMillis()));
  }
}
