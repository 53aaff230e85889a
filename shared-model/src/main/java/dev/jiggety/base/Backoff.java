package dev.jiggety.base;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: attempt <i>n</i> waits a random time between half of and
 * the whole of {@code min(cap, first * 2^n)}. Half is kept so that a retry never follows at once.
 *
 * <p>Immutable and free of clocks; the caller does the waiting. Jitter as in "Exponential Backoff
 * And Jitter" (AWS Architecture Blog, 2015).
 *
 * @param first the longest wait before the first retry; positive
 * @param cap the longest wait ever; at least {@code first}
 */
public record Backoff(Duration first, Duration cap) {

  public Backoff {
    if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "back-off needs 0 < first <= cap, got " + first + ", " + cap);
    }
  }

  /**
   * The wait before retry number {@code attempt}.
   *
   * @param attempt failures so far, minus one: 0 for the first retry; negative counts as 0
   */
  public Duration delay(int attempt, RandomGenerator random) {
    int doublings = Math.clamp(attempt, 0, 30);
    long cappedMillis = cap.toMillis();
    long firstMillis = first.toMillis();
    long ceiling =
        firstMillis > (cappedMillis >> doublings) ? cappedMillis : firstMillis << doublings;
    long floor = ceiling / 2;
    return Duration.ofMillis(floor + random.nextLong(ceiling - floor + 1));
  }
}
