package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandstillLogTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final StandstillLog log = new StandstillLog();

  @Test
  void aStandstillCountsWhereItTouchesTheMeasurement() {
    log.expect(10 * MS);
    log.woke(40 * MS);
    assertThat(log.overlap(0, 100 * MS)).isEqualTo(30 * MS);
    assertThat(log.overlap(20 * MS, 100 * MS)).isEqualTo(20 * MS);
    assertThat(log.overlap(50 * MS, 100 * MS)).isZero();
  }

  @Test
  void aMeasurementThatWakesBeforeTheMeterStillKnows() {
    log.expect(10 * MS);
    assertThat(log.overlap(0, 100 * MS)).isEqualTo(90 * MS);
    assertThat(log.overlap(30 * MS, 100 * MS)).isEqualTo(70 * MS);
    log.woke(101 * MS);
    assertThat(log.overlap(0, 100 * MS)).as("not twice").isEqualTo(90 * MS);
  }

  @Test
  void beingALittleLateIsNone() {
    log.expect(10 * MS);
    assertThat(log.overlap(0, 14 * MS)).isZero();
    log.woke(14 * MS);
    assertThat(log.overlap(0, 20 * MS)).isZero();
  }
}
