package dev.jiggety.model.rules;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adds up what many runs say, faster than {@link Summary#plus} for a great many. Not for two
 * threads at a time.
 */
public final class Sums {
  private final Map<Verdict, Long> runs = new EnumMap<>(Verdict.class);
  private final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
  private final Map<Phase, long[]> phases = new EnumMap<>(Phase.class);
  private final long[] total = new long[Histogram.LAST + 1];
  private final boolean withPhases;
  private long missed;
  private long suppressed;
  private long times;
  private long shortest = Long.MAX_VALUE;
  private long longest;
  private long sum;

  /** Nothing yet. */
  public Sums() {
    this(true);
  }

  /**
   * Nothing yet.
   *
   * @param withPhases whether phases are added up too, which takes several times the memory
   */
  public Sums(boolean withPhases) {
    this.withPhases = withPhases;
  }

  /** The sum of some points, of which those of one run stand together. */
  public static Summary of(List<Point> points) {
    Sums sums = new Sums();
    sums.add(points);
    return sums.summary();
  }

  /** Adds points, of which those of one run stand together. */
  public void add(List<Point> points) {
    Point before = null;
    for (Point point : points) {
      add(point, before == null || !before.plannedAt().equals(point.plannedAt()));
      before = point;
    }
  }

  /** Adds points that were rounded, of which sum, shortest and longest time are known exactly. */
  public void add(List<Point> points, Duration exactSum, Duration least, Duration most) {
    long sumBefore = sum;
    long shortestBefore = shortest;
    long longestBefore = longest;
    long timesBefore = times;
    add(points);
    sum = sumBefore + exactSum.toNanos();
    if (times > timesBefore) {
      shortest = Math.min(shortestBefore, least.toNanos());
      longest = Math.max(longestBefore, most.toNanos());
    }
  }

  /**
   * Adds a sample.
   *
   * @param isFirst whether it is the first of its run, which counts the run
   */
  public void add(Point point, boolean isFirst) {
    if (isFirst) {
      runs.merge(point.verdict(), 1L, Long::sum);
    }
    if (point.error() != null) {
      errors.merge(point.error(), 1L, Long::sum);
      return;
    }
    long nanos = point.total().toNanos();
    total[Histogram.bucket(point.total())]++;
    shortest = Math.min(shortest, nanos);
    longest = Math.max(longest, nanos);
    sum += nanos;
    times++;
    if (!withPhases) {
      return;
    }
    for (Phase phase : Phase.values()) {
      long part = point.phases().nanos(phase);
      if (part != Phases.ABSENT) {
        phase(phase)[Histogram.bucket(Duration.ofNanos(part))]++;
      }
    }
  }

  /** Adds planned times that did not become runs. */
  public void skipped(long more, long moreSuppressed) {
    missed += more;
    suppressed += moreSuppressed;
  }

  /** Adds what others have summed up. */
  public void add(Summary other) {
    other.runs().forEach((verdict, count) -> runs.merge(verdict, count, Long::sum));
    other.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    skipped(other.missed(), other.suppressed());
    other.total().counts().forEach((bucket, count) -> total[bucket] += count);
    if (withPhases) {
      other.phases().forEach(this::add);
    }
    long count = other.total().count();
    if (count > 0) {
      shortest = Math.min(shortest, other.shortest().toNanos());
      longest = Math.max(longest, other.longest().toNanos());
      sum += other.sum().toNanos();
      times += count;
    }
  }

  /** All of it. */
  public Summary summary() {
    Map<Phase, Histogram> histograms = new EnumMap<>(Phase.class);
    phases.forEach((phase, counts) -> histograms.put(phase, histogram(counts)));
    return new Summary(
        runs,
        errors,
        missed,
        suppressed,
        histogram(total),
        histograms,
        times == 0 ? Duration.ZERO : Duration.ofNanos(shortest),
        Duration.ofNanos(longest),
        Duration.ofNanos(sum));
  }

  private void add(Phase phase, Histogram histogram) {
    long[] counts = phase(phase);
    histogram.counts().forEach((bucket, count) -> counts[bucket] += count);
  }

  private long[] phase(Phase phase) {
    return phases.computeIfAbsent(phase, absent -> new long[Histogram.LAST + 1]);
  }

  private static Histogram histogram(long[] counts) {
    SortedMap<Integer, Long> sparse = new TreeMap<>();
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] != 0) {
        sparse.put(bucket, counts[bucket]);
      }
    }
    return new Histogram(sparse);
  }
}
