package dev.jiggety.model.rules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The five fields of a cron expression as sets of numbers, and the calendar that follows from them.
 * Knows local time only; {@link CronTimes} puts it onto the time line of a zone.
 *
 * <p>As crontab(5) of Vixie cron: lists, ranges, steps, names of months and days, 0 and 7 for
 * Sunday. Where day of month and day of week are both restricted, either of them is enough; a field
 * that begins with a star does not count as restricted.
 *
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param days of the month, 1 to 31
 * @param months 1 to 12
 * @param weekdays 0 (Sunday) to 6
 * @param everyDay whether day of month begins with a star
 * @param everyWeekday whether day of week begins with a star
 * @param followsClock whether minute or hour begins with a star: such a job follows the clock on
 *     the wall through a change of summer time, any other happens once for each date
 */
record CronFields(
    BitSet minutes,
    BitSet hours,
    BitSet days,
    BitSet months,
    BitSet weekdays,
    boolean everyDay,
    boolean everyWeekday,
    boolean followsClock) {

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");
  private static final List<String> MONTH_NAMES =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAY_NAMES =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  /** The longest wait for a date that exists: 29 February on a given weekday, across 2100. */
  private static final int HORIZON_YEARS = 41;

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with a sentence that names the field and what it allows
   */
  static CronFields parse(String expression) {
    String text = expression.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("@")) {
      String fields = NICKNAMES.get(text);
      if (fields == null) {
        throw new IllegalArgumentException(
            "\""
                + expression.strip()
                + "\" is not known; there are @hourly, @daily, @midnight, @weekly, @monthly,"
                + " @yearly, @annually and @every 30s");
      }
      text = fields;
    }
    String[] parts = text.split("\\s+", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException(
          "\""
              + expression.strip()
              + "\" has "
              + (text.isEmpty() ? 0 : parts.length)
              + " of the five fields: minute, hour, day of month, month, day of week");
    }
    BitSet weekdays = CronField.WEEKDAY.parse(parts[4], DAY_NAMES);
    if (weekdays.get(7)) {
      weekdays.clear(7);
      weekdays.set(0);
    }
    return new CronFields(
        CronField.MINUTE.parse(parts[0], List.of()),
        CronField.HOUR.parse(parts[1], List.of()),
        CronField.DAY.parse(parts[2], List.of()),
        CronField.MONTH.parse(parts[3], MONTH_NAMES),
        weekdays,
        parts[2].startsWith("*"),
        parts[4].startsWith("*"),
        parts[0].startsWith("*") || parts[1].startsWith("*"));
  }

  /** The first matching local minute at or after a time; empty when there is none, ever. */
  Optional<LocalDateTime> atOrAfter(LocalDateTime time) {
    LocalDateTime minute = time.withSecond(0).withNano(0);
    if (minute.isBefore(time)) {
      minute = minute.plusMinutes(1);
    }
    if (matches(minute.toLocalDate())) {
      Optional<LocalTime> today = timeAtOrAfter(minute.toLocalTime());
      if (today.isPresent()) {
        return Optional.of(minute.toLocalDate().atTime(today.get()));
      }
    }
    return dateAfter(minute.toLocalDate())
        .map(date -> date.atTime(hours.nextSetBit(0), minutes.nextSetBit(0)));
  }

  /** Whether the date is one of those that the three fields for days allow. */
  boolean matches(LocalDate date) {
    if (!months.get(date.getMonthValue())) {
      return false;
    }
    boolean day = days.get(date.getDayOfMonth());
    boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % 7);
    return (everyDay || everyWeekday) ? (day && weekday) : (day || weekday);
  }

  private Optional<LocalTime> timeAtOrAfter(LocalTime time) {
    if (hours.get(time.getHour())) {
      int minute = minutes.nextSetBit(time.getMinute());
      if (minute >= 0) {
        return Optional.of(LocalTime.of(time.getHour(), minute));
      }
    }
    int hour = hours.nextSetBit(time.getHour() + 1);
    return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0)));
  }

  private Optional<LocalDate> dateAfter(LocalDate date) {
    LocalDate end = date.plusYears(HORIZON_YEARS);
    LocalDate next = date.plusDays(1);
    while (next.isBefore(end)) {
      if (!months.get(next.getMonthValue())) {
        next = next.withDayOfMonth(1).plusMonths(1);
      } else if (matches(next)) {
        return Optional.of(next);
      } else {
        next = next.plusDays(1);
      }
    }
    return Optional.empty();
  }
}
