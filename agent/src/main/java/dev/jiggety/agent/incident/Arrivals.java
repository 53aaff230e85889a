package dev.jiggety.agent.incident;

import dev.jiggety.base.Durations;
import dev.jiggety.model.rules.incident.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** How long results take from the end of a run until they are judged. Not thread-safe. */
final class Arrivals {
  private static final int KEPT = 100;

  private final long[] millis = new long[KEPT];
  private int count;

  void came(Word word, Instant now) {
    long took = Duration.between(word.end(), now).toMillis();
    millis[count++ % KEPT] = Math.max(0, took);
    count = count == 2 * KEPT ? KEPT : count;
  }

  /** The median of the last ones; zero for none. */
  Duration median() {
    int kept = Math.min(count, KEPT);
    if (kept == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(millis, kept);
    Arrays.sort(sorted);
    return Duration.ofMillis(sorted[kept / 2]);
  }

  /** The same in words; coarse, since it is no news that it changes a little. */
  String lag() {
    Duration median = median();
    return median.compareTo(Duration.ofSeconds(1)) < 0
        ? "less than 1s"
        : Durations.format(Duration.ofSeconds(median.toSeconds()));
  }
}
