package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HiccupsTest {
  private static final Sample GOOD =
      Samples.sample(Instant.parse("2026-11-21T10:00:00Z")); // 12 ms, 10 of them waiting
  private static final Degraded TIGHT = new Degraded(Duration.ofMillis(11), Map.of());

  @Test
  void aMillisecondOrAHundredthIsNothing() {
    assertThat(Hiccups.distort(GOOD)).isFalse();
    assertThat(Hiccups.distort(GOOD.withHiccup(Duration.ofMillis(1)))).isFalse();
    assertThat(Hiccups.distort(GOOD.withHiccup(Duration.ofNanos(1_000_001)))).isTrue();
    Sample second = seconds(1);
    assertThat(Hiccups.distort(second.withHiccup(Duration.ofMillis(10)))).isFalse();
    assertThat(Hiccups.distort(second.withHiccup(Duration.ofMillis(11)))).isTrue();
  }

  @Test
  void whatWouldHaveBeenInTimeWithoutTheStandstillIsNotSlow() {
    Sample justOver = GOOD.withHiccup(Duration.ofMillis(1));
    assertThat(Verdicts.ofRun(List.of(justOver), TIGHT)).isEqualTo(Verdict.UP);
    Sample farOver = seconds(5).withHiccup(Duration.ofSeconds(4));
    assertThat(Verdicts.ofRun(List.of(farOver), TIGHT)).isEqualTo(Verdict.DEGRADED);
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void onlyWhatTimeCanCauseIsTakenAgain(ErrorKind kind) {
    Sample failed = GOOD.withFailure(new Failure(kind, null, "x")).withHiccup(Duration.ofMillis(6));
    boolean aboutTime = kind == ErrorKind.TIMEOUT || kind == ErrorKind.SLOW;
    assertThat(Hiccups.callForAnother(failed, Degraded.NEVER)).isEqualTo(aboutTime);
    assertThat(Hiccups.explain(failed)).isEqualTo(aboutTime);
    assertThat(Hiccups.callForAnother(failed.withHiccup(Duration.ZERO), TIGHT)).isFalse();
  }

  @Test
  void aConnectionThatWasCutIsExplainedByALongStandstillAlone() {
    Sample cut = seconds(3).withFailure(new Failure(ErrorKind.RESET, null, "x"));
    assertThat(Hiccups.explain(cut.withHiccup(Duration.ofMillis(999)))).isFalse();
    assertThat(Hiccups.explain(cut.withHiccup(Duration.ofSeconds(1)))).isTrue();
  }

  @Test
  void aGoodSampleIsTakenAgainOnlyWhereItWouldCountAsSlow() {
    Sample touched = GOOD.withHiccup(Duration.ofMillis(3));
    assertThat(Hiccups.callForAnother(touched, Degraded.NEVER)).isFalse();
    assertThat(Hiccups.callForAnother(touched, TIGHT)).isTrue();
  }

  @Test
  void statisticsLeaveThemOutUnlessThereIsNothingElse() {
    Sample touched = GOOD.withHiccup(Duration.ofMillis(3));
    assertThat(Hiccups.leaveOut(List.of(GOOD, touched))).containsExactly(GOOD);
    assertThat(Hiccups.leaveOut(List.of(touched))).containsExactly(touched);
  }

  private static Sample seconds(long total) {
    return new Sample(
        GOOD.startedAt(),
        Duration.ofSeconds(total),
        GOOD.phases(),
        200,
        1024,
        List.of(),
        null,
        Duration.ZERO);
  }
}
