package dev.jiggety.desktop.view.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Bench;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DayCounterTest {
  private final Bench bench = new Bench();
  private final Set<Instant> counted = new TreeSet<>();
  private final DayCounter counter =
      new DayCounter(bench.desk, bench.session().connection(), this::take);

  @Test
  void hoursThatWentByWhileTheHubWasAwayAreCountedToo() {
    counter.open(true);
    counter.tick();
    assertThat(counted).hasSize(DayBook.HOURS);
    assertThat(counter.isFirst()).isFalse();
    bench.hub.goAway();
    bench.clock.pass(DayCounter.OFTEN);
    counter.tick();
    assertThat(counter.trouble()).contains("connection refused");
    bench.clock.pass(Duration.ofHours(5));
    bench.hub.comeBack();
    counted.clear();
    counter.tick();
    Instant now = DayBook.hour(bench.clock.instant());
    for (int ago = 0; ago < DayBook.HOURS; ago++) {
      assertThat(counted).contains(now.minus(ago, ChronoUnit.HOURS));
    }
  }

  private void take(DayBook.Part part) {
    for (int hour = 0; hour < part.hours(); hour++) {
      counted.add(part.from().plus(hour, ChronoUnit.HOURS));
    }
  }
}
