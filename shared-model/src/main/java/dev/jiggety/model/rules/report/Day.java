package dev.jiggety.model.rules.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * A day of UTC of a test, or of several together.
 *
 * @param day which
 * @param time how much of it was what
 */
public record Day(LocalDate day, TimeShare time) {

  /** What a day is shown as: the worst that it has. */
  public enum Level {
    /** All that is known is good. */
    UP,
    /** Slow for some time. */
    DEGRADED,
    /** Not there for some time. */
    DOWN,
    /** Nothing but maintenance. */
    MAINTENANCE,
    /** Nothing is known of it. */
    UNKNOWN,
    /** It has not come. */
    AHEAD;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The days of a span; the first and the last may be parts of days. */
  public static List<Day> of(Span span, Instant asOf, Timeline.Facts facts) {
    LocalDate first = span.from().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate end = span.to().minusNanos(1).atZone(ZoneOffset.UTC).toLocalDate();
    if (span.length().isZero()) {
      return List.of();
    }
    return first
        .datesUntil(end.plusDays(1))
        .map(day -> new Day(day, share(day, span, asOf, facts)))
        .toList();
  }

  /** The worst of it. */
  public Level level() {
    if (!time.down().isZero()) {
      return Level.DOWN;
    }
    if (!time.degraded().isZero()) {
      return Level.DEGRADED;
    }
    if (!time.up().isZero()) {
      return Level.UP;
    }
    if (!time.unknown().isZero()) {
      return Level.UNKNOWN;
    }
    if (!time.maintenance().isZero()) {
      return Level.MAINTENANCE;
    }
    return time.ahead().isZero() ? Level.UNKNOWN : Level.AHEAD;
  }

  /** The same day of another test added. */
  public Day plus(Day other) {
    return new Day(day, time.plus(other.time));
  }

  private static TimeShare share(LocalDate day, Span span, Instant asOf, Timeline.Facts facts) {
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Span(begin, begin.plus(Duration.ofDays(1)))
        .overlap(span)
        .map(part -> Timeline.of(part, asOf, facts).share())
        .orElse(TimeShare.NONE);
  }
}
