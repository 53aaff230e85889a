package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void ofKnownTimes() {
    Statistics odd = Statistics.of(millis(30, 10, 20));
    assertThat(odd.min()).hasMillis(10);
    assertThat(odd.median()).hasMillis(20);
    assertThat(odd.max()).hasMillis(30);
    assertThat(odd.mean()).hasMillis(20);
    assertThat(odd.deviation()).hasMillis(10);
    Statistics even = Statistics.of(millis(1, 2, 3, 10));
    assertThat(even.median()).isEqualTo(Duration.ofNanos(2_500_000));
    assertThat(even.deviation().toNanos()).isEqualTo(4_082_483);
    Statistics one = Statistics.of(millis(7));
    assertThat(one.deviation()).isZero();
    assertThat(one.count()).isEqualTo(1);
  }

  @Test
  void ofNothingThereAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.of(List.of()));
  }

  @Property
  void theFiguresAreInOrderAndMoveWithTheTimes(
      @ForAll @Size(min = 1, max = 20)
          List<@LongRange(min = 0, max = 120_000_000_000L) Long> nanos) {
    Statistics some = Statistics.of(nanos.stream().map(Duration::ofNanos).toList());
    assertThat(some.min()).isLessThanOrEqualTo(some.median());
    assertThat(some.median()).isLessThanOrEqualTo(some.max());
    assertThat(some.mean()).isBetween(some.min(), some.max());
    Duration hour = Duration.ofHours(1);
    Statistics later = Statistics.of(nanos.stream().map(n -> hour.plusNanos(n)).toList());
    assertThat(later.median()).isEqualTo(some.median().plus(hour));
    assertThat(later.deviation().minus(some.deviation()).abs())
        .as("large times lose no digits")
        .isLessThan(Duration.ofNanos(1000));
  }

  private static List<Duration> millis(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofMillis).toList();
  }
}
