package dev.jiggety.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * What many runs say together, in sums that add up: of two spans, two nodes or two tests the
 * summary of both is the sum. Times are those of samples that passed; a failed one tells how long
 * the failure took, not the site.
 *
 * @param runs how many runs of each verdict; none is missing
 * @param errors how many samples failed, by kind; only what occurred
 * @param missed planned times that did not become runs and should have
 * @param suppressed planned times that were not meant to become runs
 * @param total whole times
 * @param phases times of each phase that happened
 * @param longest the longest whole time; zero for none
 * @param shortest the shortest one; zero for none
 * @param sum of all whole times
 */
public record Summary(
    Map<Verdict, Long> runs,
    Map<ErrorKind, Long> errors,
    long missed,
    long suppressed,
    Histogram total,
    Map<Phase, Histogram> phases,
    Duration shortest,
    Duration longest,
    Duration sum) {
  /** Of no runs at all. */
  public static final Summary NONE =
      new Summary(
          Map.of(),
          Map.of(),
          0,
          0,
          Histogram.EMPTY,
          Map.of(),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);

  public Summary {
    Map<Verdict, Long> all = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      all.put(verdict, runs.getOrDefault(verdict, 0L));
    }
    runs = Collections.unmodifiableMap(all);
    errors = Map.copyOf(errors);
    phases = Map.copyOf(phases);
  }

  /** Both together. */
  public Summary plus(Summary other) {
    return new Summary(
        merged(runs, other.runs, Long::sum),
        merged(errors, other.errors, Long::sum),
        missed + other.missed,
        suppressed + other.suppressed,
        total.plus(other.total),
        merged(phases, other.phases, Histogram::plus),
        shorter(other),
        longest.compareTo(other.longest) >= 0 ? longest : other.longest,
        sum.plus(other.sum));
  }

  /** How many runs there were. */
  public long count() {
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The mean of the whole times; zero for none. */
  public Duration mean() {
    long count = total.count();
    return count == 0 ? Duration.ZERO : sum.dividedBy(count);
  }

  private Duration shorter(Summary other) {
    if (total.count() == 0) {
      return other.shortest;
    }
    return other.total.count() == 0 || shortest.compareTo(other.shortest) <= 0
        ? shortest
        : other.shortest;
  }

  private static <K, V> Map<K, V> merged(Map<K, V> one, Map<K, V> other, BinaryOperator<V> plus) {
    Map<K, V> both = new HashMap<>(one);
    other.forEach((key, value) -> both.merge(key, value, plus));
    return both;
  }
}
