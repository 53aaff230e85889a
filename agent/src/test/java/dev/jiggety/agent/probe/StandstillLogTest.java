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
    long little = MS / 4;
    log.expect(10 * MS);
    assertThat(log.overlap(0, 10 * MS + little)).isZero();
    log.woke(10 * MS + little);
    assertThat(log.overlap(0, 20 * MS)).isZero();
  }

  @Test
  void onlyWhatEndedNearTheEndCountsWhereThatIsAsked() {
    log.add(10 * MS, 20 * MS);
    log.add(50 * MS, 60 * MS);
    assertThat(log.overlap(0, 61 * MS, 2 * MS)).isEqualTo(10 * MS);
    assertThat(log.overlap(0, 100 * MS, 2 * MS)).isZero();
    assertThat(log.overlap(0, 55 * MS, 2 * MS)).as("in the middle of it").isEqualTo(5 * MS);
    assertThat(log.overlap(0, 70 * MS, 100 * MS)).isEqualTo(20 * MS);
  }

  @Test
  void whoKnowsOfAStandstillSaysSoInsteadOfWaking() {
    log.expect(10 * MS);
    log.stoodStill(8 * MS, 10 * MS);
    assertThat(log.overlap(0, 11 * MS, MS)).isEqualTo(2 * MS);
    assertThat(log.overlap(0, 90 * MS, MS)).as("nobody is awaited any more").isZero();
  }
}
