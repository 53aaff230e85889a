package dev.jiggety.agent.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and durations as people read them in a terminal. */
final class Times {
  private Times() {}

  /** Like {@code 12.3 ms} or {@code 1.24 s}. */
  static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return millis < 1000
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.2f s", millis / 1000);
  }

  /** Like {@code 4 s ago}, {@code 3 min ago}, {@code 2 h ago}, {@code 5 d ago}. */
  static String ago(Instant then, Instant now) {
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    if (seconds < 100) {
      return seconds + " s ago";
    }
    if (seconds < 6000) {
      return seconds / 60 + " min ago";
    }
    return seconds < 172_800 ? seconds / 3600 + " h ago" : seconds / 86_400 + " d ago";
  }

  /** A point in time to the second, like {@code 2026-11-21T12:00:00Z}. */
  static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
