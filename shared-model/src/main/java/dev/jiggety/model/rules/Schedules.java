package dev.jiggety.model.rules;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From a schedule to the planned times of a test on a node.
 *
 * <p>Intervals are counted from 1970, not from the start of a process, so that a restart does not
 * move them; within the interval each pair of test and node has its own place, by a stable hash, so
 * that nodes do not knock at once. Times by the calendar are spread by up to ten seconds or a tenth
 * of the time to the next one, whichever is less. Planned times are whole milliseconds and strictly
 * increase. See docs/guide/schedules.md.
 */
public final class Schedules {
  private static final String EVERY = "@every";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration WIDEST_SPREAD = Duration.ofSeconds(10);

  /** Any instant will do to see whether an expression ever comes true. */
  private static final Instant SOME_DAY = Instant.parse("2024-01-01T00:00:00Z");

  private Schedules() {}

  /** What is wrong with a schedule, as one sentence; empty when it is fine. */
  public static Optional<String> problem(Schedule schedule) {
    try {
      return switch (plain(schedule)) {
        case Schedule.Every every -> intervalProblem(every.interval());
        case Schedule.Cron cron ->
            times(cron).after(SOME_DAY).isPresent() ? Optional.empty() : Optional.of(never(cron));
      };
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The first planned time strictly after an instant.
   *
   * @throws IllegalArgumentException when the schedule has a {@link #problem}
   */
  public static Instant next(Schedule schedule, String testId, String node, Instant after) {
    return switch (plain(schedule)) {
      case Schedule.Every every -> nextInterval(every, hash(testId, node), after);
      case Schedule.Cron cron -> nextSpread(cron, hash(testId, node), after);
    };
  }

  /** The first {@code count} planned times strictly after an instant. */
  public static List<Instant> next(
      Schedule schedule, String testId, String node, Instant after, int count) {
    List<Instant> times = new ArrayList<>();
    Instant last = after;
    for (int i = 0; i < count; i++) {
      last = next(schedule, testId, node, last);
      times.add(last);
    }
    return times;
  }

  /**
   * Planned times in a row.
   *
   * @param count how many, at least 1
   */
  public record Slots(Instant first, Instant last, long count) {}

  /**
   * The planned times of a span; empty when there is none in it. An interval is counted by
   * arithmetic, so that a span of years costs nothing.
   *
   * @param after exclusive
   * @param until inclusive
   */
  public static Optional<Slots> between(
      Schedule schedule, String testId, String node, Instant after, Instant until) {
    Instant first = next(schedule, testId, node, after);
    if (first.isAfter(until)) {
      return Optional.empty();
    }
    if (plain(schedule) instanceof Schedule.Every every) {
      long interval = every.interval().toMillis();
      long more = Math.floorDiv(Duration.between(first, until).toMillis(), interval);
      return Optional.of(new Slots(first, first.plusMillis(more * interval), more + 1));
    }
    Instant last = first;
    long count = 1;
    Instant following = next(schedule, testId, node, last);
    while (!following.isAfter(until)) {
      last = following;
      count++;
      following = next(schedule, testId, node, last);
    }
    return Optional.of(new Slots(first, last, count));
  }

  /**
   * The gap between the planned times around an instant: how old a last result may well be. Of a
   * test on weekdays it is a day, and three over the weekend.
   *
   * @throws IllegalArgumentException when the schedule has a {@link #problem}
   */
  public static Duration interval(Schedule schedule, Instant around) {
    return switch (plain(schedule)) {
      case Schedule.Every every -> every.interval();
      case Schedule.Cron cron -> {
        CronTimes times = times(cron);
        Instant next = after(cron, times, around);
        Instant last = times.atOrBefore(around).orElse(around);
        yield Duration.between(last, next);
      }
    };
  }

  /**
   * The schedule in English, like {@code every 30 seconds} or {@code at 09:00 on weekdays
   * (Europe/Berlin)}; the expression itself where it has a {@link #problem}.
   */
  public static String inWords(Schedule schedule) {
    try {
      return switch (plain(schedule)) {
        case Schedule.Every every -> ScheduleWords.interval(every.interval());
        case Schedule.Cron cron ->
            ScheduleWords.cron(CronFields.parse(cron.expression()), cron.zone());
      };
    } catch (IllegalArgumentException e) {
      return schedule instanceof Schedule.Cron cron ? cron.expression() : "never";
    }
  }

  /** {@code @every 30s} is an interval, wherever it was written. */
  private static Schedule plain(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      String text = cron.expression().strip();
      if (text.toLowerCase(Locale.ROOT).startsWith(EVERY + " ")) {
        return new Schedule.Every(Durations.parse(text.substring(EVERY.length())));
      }
    }
    return schedule;
  }

  private static Optional<String> intervalProblem(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0) {
      return Optional.of("the interval must be at least 1s, found " + inMillis(interval));
    }
    if (interval.compareTo(LONGEST) > 0) {
      return Optional.of("the interval must be at most 366d, found " + Durations.format(interval));
    }
    return Optional.empty();
  }

  private static String inMillis(Duration interval) {
    return interval.isNegative() ? interval.toString() : Durations.format(interval);
  }

  private static String never(Schedule.Cron cron) {
    return "\""
        + cron.expression().strip()
        + "\" never comes: none of its months has such a day; change day or month";
  }

  private static Instant nextInterval(Schedule.Every every, long hash, Instant after) {
    intervalProblem(every.interval())
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
    long interval = every.interval().toMillis();
    long place = Long.remainderUnsigned(hash, interval);
    long slot = Math.floorDiv(after.toEpochMilli() - place, interval) + 1;
    return Instant.ofEpochMilli(slot * interval + place);
  }

  private static Instant nextSpread(Schedule.Cron cron, long hash, Instant after) {
    CronTimes times = times(cron);
    // A slot is moved by less than the widest spread, so earlier ones are surely over.
    Instant slot = after(cron, times, after.minus(WIDEST_SPREAD));
    while (true) {
      Instant following = times.after(slot).orElse(slot.plus(LONGEST));
      long width =
          Math.min(WIDEST_SPREAD.toMillis(), Duration.between(slot, following).toMillis() / 10);
      Instant planned = slot.plusMillis(width == 0 ? 0 : Long.remainderUnsigned(hash, width));
      if (planned.isAfter(after)) {
        return planned;
      }
      slot = following;
    }
  }

  private static Instant after(Schedule.Cron cron, CronTimes times, Instant instant) {
    return times.after(instant).orElseThrow(() -> new IllegalArgumentException(never(cron)));
  }

  private static CronTimes times(Schedule.Cron cron) {
    return new CronTimes(CronFields.parse(cron.expression()), cron.zone());
  }

  /**
   * FNV-1a over both names, then the finaliser of SplitMix64: the same on every machine, for ever.
   */
  private static long hash(String testId, String node) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : (testId + '\n' + node).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
