package dev.jiggety.agent.node;

import dev.jiggety.base.Quantiles;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How late the last runs began. Thread-safe; remembers {@value #KEPT} of them. */
final class Latenesses {
  private static final int KEPT = 2_000;

  private final long[] nanos = new long[KEPT];
  private long count;

  synchronized void add(Duration lateness) {
    nanos[(int) (count++ % KEPT)] = lateness.toNanos();
  }

  /** The 99th percentile; null before the first run. */
  synchronized @Nullable Duration p99() {
    if (count == 0) {
      return null;
    }
    int known = (int) Math.min(count, KEPT);
    return Duration.ofNanos(new Quantiles(Arrays.copyOf(nanos, known)).at(0.99));
  }
}
