package dev.jiggety.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Property
  void everyWaitIsHalfToAllOfWhatIsDue(
      @ForAll @IntRange(max = 100) int attempt, @ForAll @LongRange long seed) {
    long due = Math.min(60_000, 1000L << Math.min(attempt, 20));
    RandomGenerator random = new java.util.Random(seed);
    assertThat(BACKOFF.delay(attempt, random).toMillis()).isBetween(due / 2, due);
  }

  @Test
  void hugeAndNegativeAttemptsDoNoHarm() {
    RandomGenerator random = new java.util.Random(1);
    assertThat(BACKOFF.delay(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(BACKOFF.delay(Integer.MIN_VALUE, random)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    Backoff endless = new Backoff(Duration.ofDays(1), Duration.ofDays(100_000));
    assertThat(endless.delay(1000, random))
        .isBetween(Duration.ofDays(50_000), Duration.ofDays(100_000));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
