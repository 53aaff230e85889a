package dev.jiggety.desktop.view.editor.form;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a calendar most often says, to be clicked together; every other expression is typed. Pure.
 *
 * @param repeat how often
 * @param hour 0 to 23; for every hour 0
 * @param minute 0 to 59
 * @param day of the month, 1 to 31; else 1
 * @param weekdays 1 for Monday to 7 for Sunday; else empty
 */
public record CronPattern(
    Repeat repeat, int hour, int minute, int day, NavigableSet<Integer> weekdays) {
  private static final Pattern EXPRESSION =
      Pattern.compile("(\\d{1,2}) (\\*|\\d{1,2}) (\\*|\\d{1,2}) \\* (\\*|[0-7](?:[-,][0-7])*)");

  /** How often. */
  public enum Repeat {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY
  }

  /** At nine in the morning. */
  public static final CronPattern USUAL = new CronPattern(Repeat.DAILY, 9, 0, 1, new TreeSet<>());

  /** From an expression that is one of these; empty for all others. */
  public static Optional<CronPattern> of(String expression) {
    Matcher matcher = EXPRESSION.matcher(expression.strip().replaceAll("\\s+", " "));
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 59) {
      return Optional.empty();
    }
    int minute = Integer.parseInt(matcher.group(1));
    boolean hourly = matcher.group(2).equals("*");
    boolean daily = matcher.group(3).equals("*");
    boolean all = matcher.group(4).equals("*");
    if (hourly) {
      return daily && all
          ? Optional.of(new CronPattern(Repeat.HOURLY, 0, minute, 1, new TreeSet<>()))
          : Optional.empty();
    }
    int hour = Integer.parseInt(matcher.group(2));
    if (hour > 23 || (!daily && !all)) {
      return Optional.empty();
    }
    if (!daily) {
      int day = Integer.parseInt(matcher.group(3));
      return day < 1 || day > 31
          ? Optional.empty()
          : Optional.of(new CronPattern(Repeat.MONTHLY, hour, minute, day, new TreeSet<>()));
    }
    return all
        ? Optional.of(new CronPattern(Repeat.DAILY, hour, minute, 1, new TreeSet<>()))
        : weekdays(matcher.group(4))
            .map(days -> new CronPattern(Repeat.WEEKLY, hour, minute, 1, days));
  }

  /** The time of day. */
  public String time() {
    return String.format(Locale.ROOT, "%02d:%02d", hour, minute);
  }

  /** The same at another time; empty for what is no time. */
  public Optional<CronPattern> at(String time) {
    Matcher matcher = Pattern.compile("(\\d{1,2})(?::(\\d{2}))?").matcher(time.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int h = Integer.parseInt(matcher.group(1));
    int m = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return h > 23 || m > 59
        ? Optional.empty()
        : Optional.of(new CronPattern(repeat, h, m, day, weekdays));
  }

  /** The same, repeated otherwise. */
  public CronPattern every(Repeat other) {
    NavigableSet<Integer> days =
        other == Repeat.WEEKLY && weekdays.isEmpty()
            ? new TreeSet<>(List.of(1, 2, 3, 4, 5))
            : weekdays;
    return new CronPattern(other, hour, minute, day, days);
  }

  /** The same on another day of the month. */
  public CronPattern on(int dayOfMonth) {
    return new CronPattern(repeat, hour, minute, Math.clamp(dayOfMonth, 1, 31), weekdays);
  }

  /** The same with a day of the week more, or less; the last one stays. */
  public CronPattern toggle(int weekday) {
    NavigableSet<Integer> days = new TreeSet<>(weekdays);
    if (!days.remove(weekday)) {
      days.add(weekday);
    }
    return days.isEmpty() ? this : new CronPattern(repeat, hour, minute, day, days);
  }

  /** The expression. */
  public String expression() {
    return switch (repeat) {
      case HOURLY -> minute + " * * * *";
      case DAILY -> minute + " " + hour + " * * *";
      case MONTHLY -> minute + " " + hour + " " + day + " * *";
      case WEEKLY -> minute + " " + hour + " * * " + written(weekdays);
    };
  }

  private static String written(NavigableSet<Integer> days) {
    boolean row = days.size() > 2 && days.last() - days.first() == days.size() - 1;
    return row
        ? days.first() + "-" + days.last()
        : String.join(",", days.stream().map(String::valueOf).toList());
  }

  private static Optional<NavigableSet<Integer>> weekdays(String field) {
    NavigableSet<Integer> days = new TreeSet<>();
    for (String span : field.split(",", -1)) {
      int from = span.charAt(0) - '0';
      int to = span.charAt(span.length() - 1) - '0';
      if (from > to || span.length() > 3) {
        return Optional.empty();
      }
      for (int day = from; day <= to; day++) {
        days.add(day == 0 ? 7 : day); // Sunday is both
      }
    }
    return Optional.of(days);
  }
}
