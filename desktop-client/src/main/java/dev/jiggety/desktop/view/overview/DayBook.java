package dev.jiggety.desktop.view.overview;

import dev.jiggety.model.Verdict;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.ResultRepository.TestHour;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of the last day went, for all tests, hour by hour: what the hub has counted, and
 * what has come since. Not thread-safe: on the FX thread alone.
 */
final class DayBook {
  /** Hours that are kept: the present one and those before it. */
  static final int HOURS = 24;

  /** Counts of an hour: up, degraded, down, unknown. */
  static final int COLUMNS = 4;

  private final Map<String, int[]> days = new HashMap<>();
  private Instant present = Instant.EPOCH;
  private Instant countedUntil = Instant.EPOCH;

  /**
   * Counts of some hours, made off the FX thread.
   *
   * @param from the first hour
   * @param hours how many
   * @param answeredAt when the hub had answered: what began before is in the counts, or will be
   *     with the next ones
   */
  record Part(Instant from, int hours, Instant answeredAt, Map<String, int[]> counts) {}

  /** Asks the hub for some hours of all tests, in one call. */
  static Part read(ResultRepository results, Instant from, int hours, InstantSource clock) {
    Map<String, int[]> counts = new HashMap<>();
    Instant last = from.plus(hours - 1L, ChronoUnit.HOURS);
    results.eachTestHour(
        from,
        last,
        row -> {
          long index = ChronoUnit.HOURS.between(from, row.hour());
          if (index >= 0 && index < hours) {
            add(counts.computeIfAbsent(row.test(), any -> new int[hours * COLUMNS]), index, row);
          }
        });
    return new Part(from, hours, clock.instant(), counts);
  }

  private static void add(int[] day, long hour, TestHour row) {
    int at = (int) hour * COLUMNS;
    day[at] += (int) row.up();
    day[at + 1] += (int) row.degraded();
    day[at + 2] += (int) row.down();
    day[at + 3] += (int) row.unknown();
  }

  /** The hour that a moment lies in. */
  static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  /** Time has passed: the oldest hours make room. */
  void turnTo(Instant now) {
    Instant hour = hour(now);
    long gone = ChronoUnit.HOURS.between(present, hour);
    if (gone > 0) {
      int shift = (int) Math.min(gone, HOURS) * COLUMNS;
      for (int[] day : days.values()) {
        System.arraycopy(day, shift, day, 0, day.length - shift);
        Arrays.fill(day, day.length - shift, day.length, 0);
      }
      present = hour;
    }
  }

  /** Takes what the hub has counted, in the place of what stood there. */
  void take(Part part) {
    long first = HOURS - 1 - ChronoUnit.HOURS.between(part.from(), present);
    Set<String> known = Set.copyOf(days.keySet());
    for (String test : known) {
      put(test, part, first, null);
    }
    part.counts().forEach((test, counts) -> put(test, part, first, counts));
    if (first + part.hours() >= HOURS && part.answeredAt().isAfter(countedUntil)) {
      countedUntil = part.answeredAt();
    }
  }

  private void put(String test, Part part, long first, int @Nullable [] counts) {
    int[] day = days.computeIfAbsent(test, any -> new int[HOURS * COLUMNS]);
    for (int hour = 0; hour < part.hours(); hour++) {
      long to = first + hour;
      for (int column = 0; to >= 0 && to < HOURS && column < COLUMNS; column++) {
        day[(int) to * COLUMNS + column] = counts == null ? 0 : counts[hour * COLUMNS + column];
      }
    }
  }

  /**
   * Counts a run that was told; false where it belongs to what the hub counts. So nothing is
   * counted twice; what came late is there with the next counts.
   */
  boolean add(String test, Instant startedAt, Instant plannedAt, Verdict verdict) {
    long index = HOURS - 1 - ChronoUnit.HOURS.between(hour(plannedAt), present);
    if (startedAt.isBefore(countedUntil) || index < 0 || index >= HOURS) {
      return false;
    }
    int[] day = days.computeIfAbsent(test, any -> new int[HOURS * COLUMNS]);
    day[(int) index * COLUMNS + column(verdict)]++;
    return true;
  }

  /** The counts of a test, the oldest hour first; null where nothing is known. */
  int @Nullable [] of(String test) {
    return days.get(test);
  }

  /** Forgets tests that are not there any more. */
  void retain(Set<String> tests) {
    days.keySet().retainAll(tests);
  }

  private static int column(Verdict verdict) {
    return switch (verdict) {
      case UP -> 0;
      case DEGRADED -> 1;
      case DOWN -> 2;
      case UNKNOWN -> 3;
    };
  }
}
