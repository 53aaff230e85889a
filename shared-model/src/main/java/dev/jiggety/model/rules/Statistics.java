package dev.jiggety.model.rules;

import java.time.Duration;
import java.util.Collection;

/**
 * Minimum, median, maximum and spread of the samples of one run.
 *
 * @param count how many went in, at least 1
 * @param min the shortest
 * @param median the middle one; of an even number the mean of the two in the middle
 * @param max the longest
 * @param mean the arithmetic mean
 * @param deviation the sample standard deviation (n - 1); zero for a single value
 */
public record Statistics(
    int count, Duration min, Duration median, Duration max, Duration mean, Duration deviation) {

  /**
   * The statistics of some times.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Statistics of(Collection<Duration> times) {
    if (times.isEmpty()) {
      throw new IllegalArgumentException("no times, no statistics");
    }
    long[] sorted = times.stream().mapToLong(Duration::toNanos).sorted().toArray();
    int n = sorted.length;
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) { // Welford, so that large times lose no digits
      double delta = sorted[i] - mean;
      mean += delta / (i + 1);
      squares += delta * (sorted[i] - mean);
    }
    long median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Statistics(
        n,
        Duration.ofNanos(sorted[0]),
        Duration.ofNanos(median),
        Duration.ofNanos(sorted[n - 1]),
        Duration.ofNanos(Math.round(mean)),
        Duration.ofNanos(n == 1 ? 0 : Math.round(Math.sqrt(squares / (n - 1)))));
  }
}
