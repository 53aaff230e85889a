package dev.jiggety.model.rules;

import java.time.Duration;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Schedules in English. */
final class ScheduleWords {
  private static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
  private static final int MOST_TIMES = 6;

  private ScheduleWords() {}

  static String interval(Duration interval) {
    List<String> parts = new ArrayList<>();
    add(parts, interval.toDaysPart(), "day");
    add(parts, interval.toHoursPart(), "hour");
    add(parts, interval.toMinutesPart(), "minute");
    add(parts, interval.toSecondsPart(), "second");
    add(parts, interval.toMillisPart(), "millisecond");
    if (parts.size() == 1 && parts.getFirst().startsWith("1 ")) {
      return "every " + parts.getFirst().substring(2);
    }
    return "every " + list(parts);
  }

  static String cron(CronFields cron, ZoneId zone) {
    boolean allHours = cron.hours().cardinality() == 24;
    String days = days(cron);
    if (allHours && days.isEmpty()) {
      return everyHour(cron.minutes()); // the same in every zone, near enough
    }
    String when;
    if (!allHours && cron.minutes().cardinality() * cron.hours().cardinality() <= MOST_TIMES) {
      when = "at " + list(times(cron)) + (days.isEmpty() ? " every day" : "");
    } else {
      when = everyHour(cron.minutes()) + (allHours ? "" : " " + hours(cron.hours()));
    }
    return when + (days.isEmpty() ? "" : " " + days) + " (" + zone.getId() + ")";
  }

  private static String everyHour(BitSet minutes) {
    int step = step(minutes, 60);
    if (minutes.cardinality() == 60) {
      return "every minute";
    }
    if (minutes.cardinality() == 1) {
      int minute = minutes.nextSetBit(0);
      return minute == 0 ? "every hour" : "at minute " + minute + " of every hour";
    }
    if (step > 0 && minutes.get(0)) {
      return "every " + step + " minutes";
    }
    return "at minutes " + list(ranges(minutes, Integer::toString)) + " of every hour";
  }

  /** The distance between the members, where it is the same all round; else 0. */
  private static int step(BitSet set, int size) {
    int count = set.cardinality();
    if (count == 0 || size % count != 0) {
      return 0;
    }
    int step = size / count;
    int first = set.nextSetBit(0);
    return set.stream().allMatch(value -> (value - first) % step == 0) ? step : 0;
  }

  private static List<String> times(CronFields cron) {
    List<String> times = new ArrayList<>();
    cron.hours().stream()
        .forEach(hour ->
            cron.minutes().stream()
                .forEach(
                    minute -> times.add(String.format(Locale.ROOT, "%02d:%02d", hour, minute))));
    return times;
  }

  private static String hours(BitSet hours) {
    int step = step(hours, 24);
    if (step > 1 && hours.get(0)) {
      return "of every " + ordinal(step) + " hour";
    }
    return "from "
        + list(
            spans(hours).stream()
                .map(span -> String.format(Locale.ROOT, "%02d:00 to %02d:59", span[0], span[1]))
                .toList());
  }

  private static String days(CronFields cron) {
    List<String> parts = new ArrayList<>();
    boolean allDays = cron.days().cardinality() == 31;
    boolean allWeekdays = cron.weekdays().cardinality() == 7;
    String month =
        cron.months().cardinality() == 12
            ? ""
            : "in " + list(ranges(cron.months(), ScheduleWords::month));
    String either = cron.everyDay() || cron.everyWeekday() ? " if it is one" : " and";
    if (!allDays) {
      boolean one = cron.days().cardinality() == 1;
      parts.add(
          (one ? "on day " : "on days ")
              + list(ranges(cron.days(), Integer::toString))
              + " of the month");
    }
    if (!allDays && !allWeekdays) {
      parts.set(0, parts.getFirst() + either);
    }
    if (!allWeekdays) {
      parts.add(weekdays(cron.weekdays()));
    }
    if (!month.isEmpty()) {
      parts.add(month);
    }
    return String.join(" ", parts);
  }

  private static String weekdays(BitSet weekdays) {
    boolean monToFri = weekdays.nextClearBit(1) == 6;
    if (weekdays.cardinality() == 5 && monToFri) {
      return "on weekdays";
    }
    if (weekdays.cardinality() == 2 && weekdays.get(0) && weekdays.get(6)) {
      return "at weekends";
    }
    List<String> names = new ArrayList<>();
    for (int day = 1; day <= 7; day++) { // a week of people begins on Monday
      if (weekdays.get(day % 7)) {
        names.add(DAYS.get(day % 7));
      }
    }
    return "on " + list(names);
  }

  private static String month(int number) {
    return Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String ordinal(int number) {
    return switch (number) {
      case 2 -> "second";
      case 3 -> "third";
      default -> number + "th";
    };
  }

  private static List<String> ranges(BitSet set, IntFunction<String> name) {
    List<String> texts = new ArrayList<>();
    for (int[] span : spans(set)) {
      if (span[1] - span[0] >= 2) {
        texts.add(name.apply(span[0]) + " to " + name.apply(span[1]));
      } else {
        for (int value = span[0]; value <= span[1]; value++) {
          texts.add(name.apply(value));
        }
      }
    }
    return texts;
  }

  private static List<int[]> spans(BitSet set) {
    List<int[]> spans = new ArrayList<>();
    int first = set.nextSetBit(0);
    while (first >= 0) {
      int end = set.nextClearBit(first);
      spans.add(new int[] {first, end - 1});
      first = set.nextSetBit(end);
    }
    return spans;
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount != 0) {
      parts.add(amount + " " + unit + (amount == 1 ? "" : "s"));
    }
  }

  private static String list(List<String> items) {
    return items.size() == 1
        ? items.getFirst()
        : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.getLast();
  }
}
