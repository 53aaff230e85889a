package dev.jiggety.agent.report;

import dev.jiggety.model.rules.report.Day;
import dev.jiggety.model.rules.report.TimeShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Days as a row of bars, and the same in words for whoever does not see them. A day with slow times
 * has a notch, one with an outage two: colours say nothing that the shape does not.
 *
 * @param width of the picture, in its own units
 * @param bars one for each day
 * @param label all of it in a sentence
 * @param notable days that are not all good, the latest first
 */
record Bars(int width, List<Bar> bars, String label, List<Notable> notable) {
  private static final int STEP = 10;
  private static final int HEIGHT = 40;

  /** Days of which there is nothing to say. */
  private static final Set<Day.Level> QUIET =
      EnumSet.of(Day.Level.UP, Day.Level.UNKNOWN, Day.Level.AHEAD);

  /** A bar. */
  record Bar(int x, int y, int height, List<Integer> notches, String level, String title) {}

  /** A day in words. */
  record Notable(String day, String level, String words) {}

  static Bars of(List<Day> days) {
    List<Bar> bars = new ArrayList<>();
    List<Notable> notable = new ArrayList<>();
    TimeShare sum = TimeShare.NONE;
    for (Day day : days) {
      int height = height(day.level());
      bars.add(
          new Bar(
              bars.size() * STEP,
              HEIGHT - height,
              height,
              notches(day.level()),
              day.level().label(),
              day.day() + ": " + words(day)));
      sum = sum.plus(day.time());
      if (!QUIET.contains(day.level()) || !day.time().maintenance().isZero()) {
        notable.addFirst(new Notable(day.day().toString(), day.level().label(), words(day)));
      }
    }
    return new Bars(days.size() * STEP - 2, bars, label(days, sum), notable);
  }

  private static int height(Day.Level level) {
    return switch (level) {
      case UP, DEGRADED, DOWN -> HEIGHT;
      case MAINTENANCE -> 34;
      case UNKNOWN, AHEAD -> 6;
    };
  }

  private static List<Integer> notches(Day.Level level) {
    return switch (level) {
      case DEGRADED -> List.of(10);
      case DOWN -> List.of(10, 24);
      case UP, MAINTENANCE, UNKNOWN, AHEAD -> List.of();
    };
  }

  private static String label(List<Day> days, TimeShare sum) {
    long down = count(days, Day.Level.DOWN);
    long slow = count(days, Day.Level.DEGRADED);
    long unknown = count(days, Day.Level.UNKNOWN);
    StringBuilder label = new StringBuilder(Words.count(days.size(), "day")).append(": ");
    label.append(
        sum.availability().isPresent()
            ? "available " + Words.percent(sum.availability())
            : "nothing is known");
    append(label, down, "with an outage");
    append(label, slow, "that had slow times but no outage");
    append(label, unknown, "without data");
    return label.append('.').toString();
  }

  private static void append(StringBuilder label, long days, String what) {
    if (days > 0) {
      label.append("; ").append(Words.count(days, "day")).append(' ').append(what);
    }
  }

  private static long count(List<Day> days, Day.Level level) {
    return days.stream().filter(day -> day.level() == level).count();
  }

  /** A day in words. */
  static String words(Day day) {
    TimeShare time = day.time();
    List<String> parts = new ArrayList<>();
    if (time.availability().isPresent()) {
      parts.add(Words.percent(time.availability()) + " available");
    } else if (time.maintenance().isZero()) {
      parts.add(day.level() == Day.Level.AHEAD ? "ahead" : "no data");
    }
    part(parts, "down", time.down());
    part(parts, "slow", time.degraded());
    part(parts, "maintenance", time.maintenance());
    if (time.availability().isPresent() && time.unknown().compareTo(Duration.ofMinutes(1)) >= 0) {
      part(parts, "no data for", time.unknown());
    }
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, String what, Duration length) {
    if (!length.isZero()) {
      parts.add(what + " " + Words.length(length));
    }
  }
}
