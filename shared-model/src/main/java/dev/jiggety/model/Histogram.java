package dev.jiggety.model;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often times of which length occurred, in buckets whose bounds grow by two hundredths from one
 * to the next: from 0.1 ms to 120 s no time is told off by more than one hundredth (the idea of
 * DDSketch, Masson, Rim and Lee, 2019). Counts of two histograms add up to the histogram of both,
 * so that percentiles of any span over any nodes come out of sums. Immutable.
 *
 * <p>Bucket 0 holds what is shorter than 0.1 ms, bucket i the times above 0.1 ms ×
 * 1.02<sup>i-1</sup> up to 0.1 ms × 1.02<sup>i</sup>, the last one ({@link #LAST}) all that is
 * longer too.
 *
 * @param counts by bucket; no count is zero
 */
public record Histogram(SortedMap<Integer, Long> counts) {
  /** The last bucket: its upper bound is the first above 120 s. */
  public static final int LAST = 707;

  /** Nothing was counted. */
  public static final Histogram EMPTY = new Histogram(new TreeMap<>());

  private static final double GROWTH = 1.02;
  private static final double SHORTEST_NANOS = 100_000;
  private static final double LOG_GROWTH = Math.log(GROWTH);

  /**
   * @throws IllegalArgumentException when a bucket or a count cannot be
   */
  public Histogram {
    SortedMap<Integer, Long> own = new TreeMap<>(counts);
    own.values().removeIf(count -> count == 0);
    own.forEach((bucket, count) -> {
      if (bucket < 0 || bucket > LAST || count < 0) {
        throw new IllegalArgumentException("no bucket " + bucket + " with a count of " + count);
      }
    });
    counts = Collections.unmodifiableSortedMap(own);
  }

  /** The bucket that a time belongs to. Negative times count as none. */
  public static int bucket(Duration time) {
    double nanos = time.toNanos();
    if (nanos <= SHORTEST_NANOS) {
      return 0;
    }
    // A bound itself belongs to the bucket below it, whatever the logarithm makes of it.
    double exact = Math.log(nanos / SHORTEST_NANOS) / LOG_GROWTH;
    return Math.min(LAST, (int) Math.ceil(exact - 1e-9));
  }

  /** The time that stands for all those of a bucket: off by at most a hundredth from each. */
  public static Duration time(int bucket) {
    return bucket == 0
        ? Duration.ofNanos((long) SHORTEST_NANOS)
        : Duration.ofNanos(
            Math.round(SHORTEST_NANOS * Math.pow(GROWTH, bucket) * 2 / (GROWTH + 1)));
  }

  /** The histogram of some times. */
  public static Histogram of(Iterable<Duration> times) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    times.forEach(time -> counts.merge(bucket(time), 1L, Long::sum));
    return new Histogram(counts);
  }

  /** Both together. */
  public Histogram plus(Histogram other) {
    SortedMap<Integer, Long> sum = new TreeMap<>(counts);
    other.counts.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
    return new Histogram(sum);
  }

  /** How many times were counted. */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The time that at least this share of the times does not exceed (nearest rank), off by at most a
   * hundredth; empty when nothing was counted.
   *
   * @param share 0 to 1, like 0.99
   */
  public Optional<Duration> quantile(double share) {
    long rank = Math.clamp((long) Math.ceil(share * count()), 1, Long.MAX_VALUE);
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return Optional.of(time(entry.getKey()));
      }
    }
    return Optional.empty();
  }
}
