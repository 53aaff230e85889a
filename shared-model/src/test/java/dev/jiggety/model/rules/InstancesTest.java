package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InstancesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Instances instances = new Instances();

  @Test
  void aNodeThatIsStartedAnewAgainAndAgainIsOne() {
    for (int start = 0; start < 100; start++) {
      for (int beat = 0; beat < 3; beat++) {
        assertThat(hear("start-" + start, 10 * start + beat)).isFalse();
      }
    }
  }

  @Test
  void twoThatTakeTurnsAreTwo() {
    assertThat(hear("a", 0)).isFalse();
    assertThat(hear("b", 5)).isFalse();
    assertThat(hear("a", 10)).isTrue();
    assertThat(hear("b", 15)).isTrue();
  }

  @Test
  void whateverTheirClocksSay() {
    assertThat(hear("a", 0)).isFalse();
    assertThat(hear("b", -4000)).isFalse();
    assertThat(hear("a", 10)).isTrue();
    assertThat(hear("b", -3990)).isTrue();
  }

  @Test
  void anOldWordThatIsToldAgainProvesNothing() {
    hear("a", 0);
    hear("b", 5);

    assertThat(hear("a", 0)).isFalse();
    assertThat(hear("b", 15)).isFalse();
    assertThat(hear("b", 15)).isFalse();
  }

  @Test
  void whoDoesNotSayWhoItIsProvesNothing() {
    hear("a", 0);

    assertThat(hear("", 5)).isFalse();
    assertThat(hear("a", 10)).isFalse();
    assertThat(hear("", 15)).isFalse();
  }

  private boolean hear(String instance, long second) {
    return instances.hear(instance, NOON.plusSeconds(second));
  }
}
