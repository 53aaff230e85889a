package dev.jiggety.agent.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures, times and durations as people read them on a page. */
final class Words {
  /** What stands where there is no figure. */
  static final String NONE = "–";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** Like {@code 99.98 %}: cut, not rounded, so that 100 % is said of nothing less. */
  static String percent(OptionalDouble share) {
    return share.isPresent() ? percent(share.getAsDouble()) + " %" : NONE;
  }

  /** Like {@code 99.98}; three decimals where two would be all nines. */
  static String percent(double share) {
    BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
    if (percent.compareTo(BigDecimal.valueOf(100)) >= 0) {
      return "100";
    }
    BigDecimal two = percent.setScale(2, RoundingMode.DOWN);
    return two.compareTo(new BigDecimal("99.99")) < 0
        ? two.toPlainString()
        : percent.setScale(3, RoundingMode.DOWN).toPlainString();
  }

  /** Like {@code 45 s}, {@code 12 min}, {@code 3 h 5 min}, {@code 2 d 4 h}; two units at most. */
  static String length(Duration length) {
    if (length.isNegative()) {
      return "−" + length(length.negated());
    }
    if (length.toSeconds() < 60) {
      return length.toSeconds() == 0 && !length.isZero() ? "< 1 s" : length.toSeconds() + " s";
    }
    if (length.toMinutes() < 60) {
      return both(
          length.toMinutes(), "min", length.toMinutes() < 10 ? length.toSecondsPart() : 0, "s");
    }
    return length.toHours() < 48
        ? both(length.toHours(), "h", length.toMinutesPart(), "min")
        : both(length.toDays(), "d", length.toHoursPart(), "h");
  }

  /** Like {@code 12.3 ms} or {@code 1.24 s}. */
  static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis >= 1000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
    return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** Like {@code 2026-10-03 14:05 UTC}. */
  static String time(Instant time) {
    return MINUTE.format(time);
  }

  /** Like {@code 1 test} or {@code 3 tests}. */
  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String both(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
