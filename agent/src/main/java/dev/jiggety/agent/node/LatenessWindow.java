package dev.jiggety.agent.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The start lateness of the last runs, up to a thousand of them. Safe for any thread. */
final class LatenessWindow {
  private static final int SIZE = 1000;

  private final long[] nanos = new long[SIZE];
  private long count;

  synchronized void add(Duration lateness) {
    nanos[(int) (count++ % SIZE)] = lateness.toNanos();
  }

  /** What 99 of 100 runs were not later than; empty before the first. */
  synchronized Optional<Duration> p99() {
    if (count == 0) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, SIZE));
    Arrays.sort(sorted);
    return Optional.of(Duration.ofNanos(sorted[Math.ceilDiv(sorted.length * 99, 100) - 1]));
  }
}
