package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node found out about a test in one hour, or one day, of UTC, packed for the archive.
 * Immutable; its identity is (test, node, from, span, part).
 *
 * @param test the test's id
 * @param node the node's name
 * @param from the beginning of the hour, or of the day
 * @param span which of both
 * @param part 1; a higher one holds what became known after the lower ones were packed, and nothing
 *     of what they hold
 * @param summary all of it together
 * @param points the samples in the order of their planned times; of an hour only
 * @param included of a day only: for each of its 24 hours the highest part that it sums up, 0 for
 *     none. What a lower part of the day says of that hour is not in this one
 */
public record Pack(
    String test,
    String node,
    Instant from,
    Span span,
    int part,
    Summary summary,
    List<Point> points,
    List<Integer> included) {

  public Pack {
    points = List.copyOf(points);
    included = List.copyOf(included);
  }

  /** How much time a pack covers. */
  public enum Span {
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    Span(Duration length) {
      this.length = length;
    }

    /** How long it is. */
    public Duration length() {
      return length;
    }
  }
}
