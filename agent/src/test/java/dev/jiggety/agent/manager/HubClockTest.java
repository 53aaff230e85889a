package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubClockTest {
  private static final Logger LOGGER = Logger.getLogger(HubClock.class.getName());
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private Instant system = START;
  private long nanos = 5_000_000_000L;
  private @Nullable Duration offset;
  private final HubClock clock =
      new HubClock(() -> system, () -> nanos, () -> Optional.ofNullable(offset));

  @BeforeEach
  void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void loud() {
    LOGGER.setLevel(null);
  }

  /** Time goes by, here and everywhere. */
  private void pass(Duration time) {
    system = system.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void goesByThisMachinesClockAsLongAsTheHubsIsNotKnown() {
    assertThat(clock.instant()).isEqualTo(START);
    pass(Duration.ofMillis(1500));
    assertThat(clock.instant()).isEqualTo(START.plusMillis(1500));
  }

  @Test
  void anHourOffItGoesByTheHubs() {
    offset = Duration.ofHours(1);
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)));
    pass(Duration.ofSeconds(5));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(1)).plusSeconds(5));
  }

  @Test
  void isPutRightAsSoonAsTheHubsClockIsKnown() {
    assertThat(clock.instant()).isEqualTo(START);
    pass(Duration.ofSeconds(1));
    offset = Duration.ofMinutes(-10);
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(1).minus(Duration.ofMinutes(10)));
  }

  @Test
  void aSecondMoreOrLessMakesItNotJump() {
    offset = Duration.ofHours(1);
    Instant last = clock.instant();
    for (int i = 0; i < 20; i++) { // dates of answers are cut to the second
      pass(Duration.ofMillis(300));
      offset = Duration.ofHours(1).plusSeconds(i % 3 - 1L);
      Instant next = clock.instant();
      assertThat(Duration.between(last, next)).isEqualTo(Duration.ofMillis(300));
      last = next;
    }
  }

  @Test
  void whereThisMachinesClockIsSetItGoesOnAsBefore() {
    offset = Duration.ZERO;
    assertThat(clock.instant()).isEqualTo(START);
    pass(Duration.ofSeconds(2));
    system = system.minus(Duration.ofHours(2));
    offset = Duration.ofHours(2); // as the next answers tell
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(2));
  }
}
