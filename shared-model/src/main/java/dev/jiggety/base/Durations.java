package dev.jiggety.base;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in schedules and thresholds: {@code 500ms}, {@code 30s}, {@code
 * 5m}, {@code 1h30m}, {@code 2d}. The same text comes out that went in, in canonical form ({@code
 * 90s} becomes {@code 1m30s}).
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * Reads a duration of one or more parts, largest unit first or not.
   *
   * @throws IllegalArgumentException with a sentence for people, when it is none
   */
  public static Duration parse(String text) {
    String compact = text.strip().toLowerCase(Locale.ROOT);
    Matcher part = PART.matcher(compact);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum = sum.plus(amount(Long.parseLong(part.group(1)), part.group(2)));
      end = part.end();
    }
    if (end == 0 || end != compact.length()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a duration; write it like 500ms, 30s, 5m, 1h30m or 2d");
    }
    return sum;
  }

  /** The canonical text of a duration that is not negative, to the millisecond. */
  public static String format(Duration duration) {
    if (duration.toMillis() == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }

  private static Duration amount(long n, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(n);
      case "s" -> Duration.ofSeconds(n);
      case "m" -> Duration.ofMinutes(n);
      case "h" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }
}
