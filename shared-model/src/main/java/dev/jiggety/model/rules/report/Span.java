package dev.jiggety.model.rules.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A span of time.
 *
 * @param from inclusive
 * @param to exclusive; not before {@code from}
 */
public record Span(Instant from, Instant to) {

  /**
   * @throws IllegalArgumentException when it would end before it begins
   */
  public Span {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the span ends at " + to + ", before it begins: " + from);
    }
  }

  /** From then on for so long; none at all when the length is negative. */
  public static Span of(Instant from, Duration length) {
    return new Span(from, length.isNegative() ? from : from.plus(length));
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** Whether a time lies in it. */
  public boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }

  /** What both share; empty when that is nothing. */
  public Optional<Span> overlap(Span other) {
    Instant begin = from.isAfter(other.from) ? from : other.from;
    Instant end = to.isBefore(other.to) ? to : other.to;
    return begin.isBefore(end) ? Optional.of(new Span(begin, end)) : Optional.empty();
  }
}
