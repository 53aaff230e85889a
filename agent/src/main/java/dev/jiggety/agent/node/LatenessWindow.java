package dev.jiggety.agent.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The start lateness of the last runs, up to a thousand of them, and of those before and after a
 * moment that somebody marks. Safe for any thread.
 */
final class LatenessWindow {
  private static final int SIZE = 1000;

  private final long[] nanos = new long[SIZE];
  private long count;
  private long marked;
  private Optional<Duration> before = Optional.empty();

  synchronized void add(Duration lateness) {
    nanos[(int) (count++ % SIZE)] = lateness.toNanos();
  }

  /** What comes from now on counts for {@link #sinceMark}. */
  synchronized void mark() {
    before = p99();
    marked = count;
  }

  /** What 99 of 100 runs were not later than; empty before the first. */
  synchronized Optional<Duration> p99() {
    return p99(count);
  }

  /** The same of the runs since the mark; empty before the first of them. */
  synchronized Optional<Duration> sinceMark() {
    return p99(count - marked);
  }

  /** The same of the runs before the mark; empty where there was none. */
  synchronized Optional<Duration> beforeMark() {
    return before;
  }

  private Optional<Duration> p99(long runs) {
    int size = (int) Math.min(runs, SIZE);
    if (size == 0) {
      return Optional.empty();
    }
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = nanos[(int) ((count - 1 - i) % SIZE)];
    }
    Arrays.sort(sorted);
    return Optional.of(Duration.ofNanos(sorted[Math.ceilDiv(size * 99, 100) - 1]));
  }
}
