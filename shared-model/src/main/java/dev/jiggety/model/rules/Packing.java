package dev.jiggety.model.rules;

import dev.jiggety.model.Failure;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What belongs into which pack. A run belongs to the hour of UTC that its planned time lies in,
 * however late it ran: the planned time is its key, so that it can be in one hour only.
 */
public final class Packing {
  /** More hours than that are not told one by one: a node that was away for a quarter of a year. */
  private static final int MOST_HOURS = 2_400;

  private Packing() {}

  /** The hour of UTC that a time lies in. */
  public static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  /** The day of UTC that a time lies in. */
  public static Instant day(Instant time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }

  /** What stays of the samples of a run that count. */
  public static List<Point> points(Run run) {
    return run.samples().stream().map(sample -> point(run, sample)).toList();
  }

  private static Point point(Run run, Sample sample) {
    Failure failure = sample.failure();
    return new Point(
        run.plannedAt(),
        sample.startedAt(),
        sample.total(),
        sample.phases(),
        sample.status(),
        run.verdict(),
        failure == null ? null : failure.kind());
  }

  /**
   * How many of some skipped slots fall into which hour, as if they lay evenly between the first
   * and the last. Of a very long time the last hours alone are told.
   */
  public static Map<Instant, Long> skipped(SkippedSlots slots) {
    Map<Instant, Long> byHour = new TreeMap<>();
    long first = slots.first().toEpochMilli();
    long length = slots.last().toEpochMilli() - first;
    if (slots.count() <= 1 || length <= 0) {
      byHour.put(hour(slots.first()), (long) slots.count());
      return byHour;
    }
    Instant begin = slots.last().minus(Duration.ofHours(MOST_HOURS));
    Instant hour = hour(begin.isAfter(slots.first()) ? begin : slots.first());
    long before = upTo(slots, first, length, hour.toEpochMilli());
    while (!hour.isAfter(slots.last())) {
      Instant next = hour.plus(Duration.ofHours(1));
      long until = upTo(slots, first, length, next.toEpochMilli());
      if (until > before) {
        byHour.put(hour, until - before);
      }
      before = until;
      hour = next;
    }
    return byHour;
  }

  /** How many of the slots lie before a time; slot i is planned at first + i × length / (n - 1). */
  private static long upTo(SkippedSlots slots, long first, long length, long time) {
    if (time <= first) {
      return 0;
    }
    if (time > first + length) {
      return slots.count();
    }
    double exact = (double) (time - first) * (slots.count() - 1) / length;
    return Math.clamp((long) Math.ceil(exact), 0, slots.count());
  }

  /**
   * The pack of an hour.
   *
   * @param points of whole runs, those of a run together; in any order of runs
   */
  public static Pack hour(
      String test,
      String node,
      Instant hour,
      int part,
      Collection<Point> points,
      long missed,
      long suppressed) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparing(Point::plannedAt)); // stable: samples keep their order
    Sums sums = new Sums();
    sums.add(sorted);
    sums.skipped(missed, suppressed);
    return new Pack(test, node, hour, Pack.Span.HOUR, part, sums.summary(), sorted, List.of());
  }

  /**
   * The roll-up of what earlier parts of a day do not hold; its summary counts nothing where there
   * is nothing new.
   *
   * @param hours all packs of the day's hours that are known
   * @param before the earlier parts
   */
  public static Pack day(
      String test, String node, Instant day, List<Pack> hours, List<Pack> before) {
    int[] included = new int[24];
    int part = 1;
    for (Pack pack : before) {
      part = Math.max(part, pack.part() + 1);
      for (int i = 0; i < Math.min(24, pack.included().size()); i++) {
        included[i] = Math.max(included[i], pack.included().get(i));
      }
    }
    Sums sums = new Sums();
    int[] now = included.clone();
    for (Pack pack : hours) {
      int hour = (int) Duration.between(day, pack.from()).toHours();
      if (pack.part() > included[hour]) {
        sums.add(pack.summary());
        now[hour] = Math.max(now[hour], pack.part());
      }
    }
    List<Integer> parts = new ArrayList<>(24);
    for (int highest : now) {
      parts.add(highest);
    }
    return new Pack(test, node, day, Pack.Span.DAY, part, sums.summary(), List.of(), parts);
  }

  /** Whether a summary tells of nothing at all. */
  public static boolean isNothing(Summary summary) {
    return summary.count() == 0 && summary.missed() == 0 && summary.suppressed() == 0;
  }
}
