package dev.jiggety.desktop.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round places on axes and how they are labelled. Pure. */
public final class Ticks {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] TIME_STEPS = {
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY
  };

  private static final long[] SHORT_STEPS = {10, 20, 50, 100, 200, 500};

  private Ticks() {}

  /** A time that gets a line and a label. */
  public record TimeTick(long time, String label) {}

  /**
   * The scale of values.
   *
   * @param top where it ends; it begins at 0
   * @param step from one line to the next
   */
  public record ValueScale(double top, double step) {}

  /** A round length of which at most {@code most} fit into a span. */
  static long roundLength(long span, int most) {
    for (long[] steps : new long[][] {SHORT_STEPS, TIME_STEPS}) {
      for (long step : steps) {
        if (span / step <= most) {
          return step;
        }
      }
    }
    return Math.ceilDiv(Math.ceilDiv(span, (long) most), DAY) * DAY;
  }

  /** Round local times inside a view, at most {@code most} (at least 1), in order. */
  public static List<TimeTick> times(Viewport view, int most, ZoneId zone, Locale locale) {
    if (view.span() / (7 * DAY) >= most) {
      return months(view, most, zone, locale);
    }
    long step = TIME_STEPS[TIME_STEPS.length - 1];
    for (long candidate : TIME_STEPS) {
      if (view.span() / candidate < most) {
        step = candidate;
        break;
      }
    }
    DateTimeFormatter clock =
        DateTimeFormatter.ofPattern(step < MINUTE ? "HH:mm:ss" : "HH:mm", locale);
    DateTimeFormatter day = DateTimeFormatter.ofPattern("d MMM", locale);
    // Steps are counted in local time, so that hours and days fall on round places of the zone.
    long offset =
        1000L * zone.getRules().getOffset(Instant.ofEpochMilli(view.from())).getTotalSeconds();
    List<TimeTick> ticks = new ArrayList<>();
    for (long time = Math.ceilDiv(view.from() + offset, step) * step - offset;
        time < view.to();
        time += step) {
      ZonedDateTime local = Instant.ofEpochMilli(time).atZone(zone);
      boolean midnight = local.toLocalTime().toSecondOfDay() == 0;
      ticks.add(new TimeTick(time, (midnight ? day : clock).format(local)));
    }
    return ticks;
  }

  private static List<TimeTick> months(Viewport view, int most, ZoneId zone, Locale locale) {
    int step = 1;
    while (view.span() / (step * 28L * DAY) > most && step < 12) {
      step = step == 1 ? 2 : step == 2 ? 3 : step * 2;
    }
    DateTimeFormatter month = DateTimeFormatter.ofPattern("MMM", locale);
    DateTimeFormatter year = DateTimeFormatter.ofPattern("MMM yyyy", locale);
    ZonedDateTime at =
        Instant.ofEpochMilli(view.from())
            .atZone(zone)
            .toLocalDate()
            .withDayOfMonth(1)
            .atStartOfDay(zone);
    List<TimeTick> ticks = new ArrayList<>();
    for (; at.toInstant().toEpochMilli() < view.to(); at = at.plusMonths(1)) {
      long time = at.toInstant().toEpochMilli();
      if (time >= view.from() && (at.getMonthValue() - 1) % step == 0) {
        boolean named = ticks.isEmpty() || at.getMonthValue() == 1;
        ticks.add(new TimeTick(time, (named ? year : month).format(at)));
      }
    }
    return ticks;
  }

  /** A scale from 0 that has room for {@code largest}, with at most {@code most} steps. */
  public static ValueScale values(double largest, int most) {
    double needed = largest > 0 ? largest * 1.08 : 1;
    double magnitude = Math.pow(10, Math.floor(Math.log10(needed / most)));
    for (double factor : new double[] {1, 2, 2.5, 5, 10, 20}) {
      double step = factor * magnitude;
      int steps = (int) Math.ceil(needed / step);
      if (steps <= most) {
        return new ValueScale(steps * step, step);
      }
    }
    throw new IllegalStateException("no step for " + largest);
  }

  /** Milliseconds as people read them: {@code 0.8 ms}, {@code 120 ms}, {@code 2.5 s}. */
  public static String millis(double millis, Locale locale) {
    if (millis >= 1000) {
      double seconds = millis / 1000;
      return String.format(locale, seconds == Math.rint(seconds) ? "%.0f s" : "%.2f s", seconds);
    }
    boolean whole = millis >= 100 || millis == Math.rint(millis);
    return String.format(locale, whole ? "%.0f ms" : "%.1f ms", millis);
  }
}
