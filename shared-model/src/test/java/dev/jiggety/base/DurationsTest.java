package dev.jiggety.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @Property
  void whatIsFormattedIsReadBack(@ForAll @LongRange(min = 0, max = 1L << 45) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms", "90s, PT90S, 1m30s", "1h30m, PT90M, 1h30m", "2d, P2D, 2d",
    "0s, PT0S, 0s", "' 5M ', PT5M, 5m", "30m1h, PT90M, 1h30m", "36h, PT36H, 1d12h"
  })
  void peoplesWritingIsUnderstood(String written, Duration meant, String canonical) {
    assertThat(Durations.parse(written)).isEqualTo(meant);
    assertThat(Durations.format(meant)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5s!", "1.5s", "PT5S", "5sec", "9999999999s"})
  void anythingElseIsRefusedWithAnExample(String written) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(written))
        .withMessageContaining("30s, 5m, 1h30m");
  }
}
