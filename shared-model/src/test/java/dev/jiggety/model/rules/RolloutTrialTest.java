package dev.jiggety.model.rules;

import static dev.jiggety.model.rules.RolloutFixture.AT_FAULT;
import static dev.jiggety.model.rules.RolloutFixture.PASSES;
import static dev.jiggety.model.rules.RolloutFixture.SITE_DOWN;
import static dev.jiggety.model.rules.RolloutFixture.STRATEGY;
import static dev.jiggety.model.rules.RolloutFixture.WELL;
import static dev.jiggety.model.rules.RolloutFixture.planning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Generation;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.SlotReport.Stage;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the reports of canaries say for or against a patch. */
class RolloutTrialTest {

  @Test
  void theSiteBeingDownIsNotThePatchsFault() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, WELL, SITE_DOWN));
    assertThat(it.state()).isEqualTo(RolloutState.PROMOTING);
  }

  @Test
  void oneFailingRunIsNeitherAPassNorAFault() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, WELL, new Shadow("shop", 1, 0, 0, 1)));
    assertThat(it.state()).isEqualTo(RolloutState.VERIFYING);
  }

  @Test
  void theFaultIsNamedWithItsTestAndNode() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, WELL, AT_FAULT));
    assertThat(it.rollout().transitions().getLast().cause())
        .isEqualTo(new Cause.AtFault(new TreeSet<>(List.of("shop")), it.canary()));
    it.written().on(it.inForce(it.canary()));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(it.head().release()).as("nothing in force has changed").isZero();
  }

  @Test
  void noDataPausesAndNobodyDecidingTurnsBack() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.after(Duration.ofSeconds(50)).on(it.standby(it.canary(), Stage.READY, WELL));
    it.after(Duration.ofSeconds(11));
    assertThat(it.state()).isEqualTo(RolloutState.PAUSED);
    assertThat(it.rollout().transitions().getLast().cause())
        .isEqualTo(new Cause.Inconclusive("0 of 1 results, 1 needed"));
    it.after(Duration.ofMinutes(10));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
  }

  @Test
  void aCanaryThatFreezesWhileItTriesIsAFailure() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.after(Duration.ofSeconds(1)).on(it.standby(it.canary(), Stage.READY, WELL));
    it.after(Duration.ofMinutes(1));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
    assertThat(it.rollout().transitions().getLast().cause())
        .isEqualTo(
            new Cause.NodesFailed(new TreeSet<>(List.of(it.canary())), "silent while verifying"));
  }

  @Test
  void someOfTheResultsAreEnoughWhenTheTimeForAllIsOver() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(planning(2, it.standby(it.canary(), Stage.READY, WELL, PASSES)));
    assertThat(it.state()).as("the other may come").isEqualTo(RolloutState.VERIFYING);
    it.after(Duration.ofSeconds(2));
    assertThat(it.state())
        .as("what was not heard may be a failure")
        .isEqualTo(RolloutState.VERIFYING);
    it.on(planning(2, it.standby(it.canary(), Stage.READY, WELL, PASSES)));
    assertThat(it.state()).isEqualTo(RolloutState.PROMOTING);
  }

  @Test
  void someOfTheResultsAreNotEnoughWhileAFailureWaitsForItsConfirmation() {
    Shadow failsOnce = new Shadow("bad", 1, 0, 0, 1);
    Shadow failsTwice = new Shadow("bad", 2, 0, 0, 2);
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.after(Duration.ofSeconds(3))
        .on(planning(2, it.standby(it.canary(), Stage.READY, WELL, PASSES, failsOnce)));
    assertThat(it.state()).isEqualTo(RolloutState.VERIFYING);
    it.on(planning(2, it.standby(it.canary(), Stage.READY, WELL, PASSES, failsTwice)));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
  }

  @Test
  void reportsThatAreLateDoubledOrOfOtherRolloutsSayNothing() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    var old = it.standby(it.canary(), Stage.READY, WELL, AT_FAULT);
    var latest = it.standby(it.canary(), Stage.READY, WELL);
    it.on(latest).on(old).on(latest);
    assertThat(it.state()).isEqualTo(RolloutState.VERIFYING);
    var other =
        it.report(
            it.canary(),
            it.head().active(),
            new Generation("another", 1, "x"),
            Stage.READY,
            new Health(false, 3, null, null),
            AT_FAULT);
    assertThat(it.on(other).state()).isEqualTo(RolloutState.VERIFYING);
  }

  @Test
  void aCanaryThatWasNotAskedYetIsNotReady() {
    RolloutFixture it = RolloutFixture.in(RolloutState.STAGING);
    SlotReport ready = it.standby(it.canary(), Stage.READY, WELL);
    it.on(new RolloutEvent.Reported(planning(SlotReport.NOT_ASKED, ready)));
    assertThat(it.state()).as("it follows an earlier head").isEqualTo(RolloutState.STAGING);
  }

  /** As where the hub was put back to a time before it was promoted. */
  @Test
  void canaryThatRunsTheCandidateAlreadyDoesNotKeepItInStagingForEver() {
    RolloutFixture it = RolloutFixture.in(RolloutState.STAGING);
    it.on(it.swapped(it.canary(), WELL));
    assertThat(it.state()).isEqualTo(RolloutState.STAGING);
    it.after(STRATEGY.deadlines().stage());
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
  }

  @Test
  void withoutAnyCanaryLeftItIsInconclusive() {
    RolloutFixture it = RolloutFixture.in(RolloutState.STAGING);
    it.on(new RolloutEvent.Retired(it.rollout().canaries())).after(Duration.ofSeconds(10));
    assertThat(it.state()).isEqualTo(RolloutState.PAUSED);
  }
}
