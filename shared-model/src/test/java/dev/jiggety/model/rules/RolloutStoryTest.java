package dev.jiggety.model.rules;

import static dev.jiggety.model.rules.RolloutFixture.PASSES;
import static dev.jiggety.model.rules.RolloutFixture.WELL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.NodeProgress.State;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the table of states and events cannot tell: conditions, evidence, effects. */
class RolloutStoryTest {

  @Test
  void aGoodPatchGoesWaveByWaveAndIsConfirmed() {
    RolloutFixture it = RolloutFixture.in(RolloutState.PROMOTING);
    for (int wave = 1; wave <= 3; wave++) {
      assertThat(it.rollout().wave()).isEqualTo(wave);
      assertThat(it.head().release()).as("one release for all waves").isEqualTo(1);
      it.waveSwaps();
      assertThat(it.state()).isEqualTo(RolloutState.BAKING);
      it.after(Duration.ofSeconds(29)).on(it.swapped(it.canary(), WELL));
      assertThat(it.state()).as("it has to bake").isEqualTo(RolloutState.BAKING);
      it.after(Duration.ofSeconds(1)).written();
    }
    assertThat(it.state()).isEqualTo(RolloutState.COMPLETED);
    assertThat(it.effects(RolloutEffect.Acknowledge.class))
        .containsExactly(new RolloutEffect.Acknowledge(List.of("p1")));
    assertThat(it.head().digest()).isEqualTo(RolloutFixture.DIGEST);
    assertThat(it.rollout().waves()).extracting(TreeSet::new).hasSize(3);
  }

  @Test
  void aPausedOneGoesOnWhereItWas() {
    for (RolloutState state :
        List.of(RolloutState.STAGING, RolloutState.VERIFYING, RolloutState.PROMOTING)) {
      RolloutFixture it = RolloutFixture.in(state).command(Act.PAUSE).written();
      assertThat(it.state()).isEqualTo(RolloutState.PAUSED);
      assertThat(it.command(Act.RESUME).state()).isEqualTo(state);
    }
  }

  @Test
  void whileItIsPausedNodesWaitLongerForTheConfirmation() {
    RolloutFixture it = RolloutFixture.in(RolloutState.PROMOTING);
    Duration before = Objects.requireNonNull(it.head().confirmWithin());
    Instant confirmBy = Objects.requireNonNull(it.rollout().confirmBy());
    it.command(Act.PAUSE).written();
    assertThat(it.head().confirmWithin()).isGreaterThan(before.plusMinutes(10));
    assertThat(it.rollout().confirmBy()).isAfter(confirmBy.plus(Duration.ofMinutes(10)));
  }

  @Test
  void aPauseThatCameBeforeTheWaveWasHeardOfIsMadeUpFor() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, WELL, PASSES)).command(Act.PAUSE);
    it.written();
    assertThat(it.rollout().writing()).isEqualTo(Step.EXTEND);
  }

  @Test
  void aConfirmationThatCannotBeWrittenInTimeTurnsItBack() {
    RolloutFixture it = RolloutFixture.in(RolloutState.PROMOTING, Strategy.SWIFT).waveSwaps();
    it.after(Duration.ofSeconds(2)).on(it.swapped(it.canary(), WELL));
    assertThat(it.rollout().writing()).isEqualTo(Step.COMPLETE);
    assertThat(it.command(Act.PAUSE).state())
        .as("too late for a pause")
        .isEqualTo(RolloutState.BAKING);
    for (int i = 0; i < 12 && it.state() == RolloutState.BAKING; i++) {
      it.on(new RolloutEvent.HeadFailed(Step.COMPLETE, "hub away")).after(Duration.ofSeconds(5));
    }
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
    it.written();
    assertThat(it.head().digest()).isEqualTo(RolloutFixture.BASE);
    assertThat(it.head().release()).as("a new, higher release").isEqualTo(2);
  }

  /** The answer was lost: the head has it, the manager does not know, and turns back. */
  @Test
  void aConfirmationThatLandedUnheardIsTurnedBackToo() {
    RolloutFixture it = RolloutFixture.in(RolloutState.PROMOTING, Strategy.SWIFT).waveSwaps();
    it.after(Duration.ofSeconds(2)).on(it.swapped(it.canary(), WELL));
    Rollout unheard = it.rollout();
    it.written();
    Rollouts.Step back =
        Rollouts.apply(unheard, new RolloutEvent.Command(Act.ABORT, "eve", ""), it.now());
    HeadChange change =
        back.effects().stream()
            .filter(RolloutEffect.WriteHead.class::isInstance)
            .map(effect -> ((RolloutEffect.WriteHead) effect).change())
            .findAny()
            .orElseThrow();
    assertThat(Heads.next(it.head(), false, change, 1, it.now(), RolloutFixture.TERMS))
        .isInstanceOfSatisfying(
            Heads.Write.class,
            write -> assertThat(write.head().digest()).isEqualTo(RolloutFixture.BASE));
  }

  @Test
  void aFewFailingNodesAreBorneAndNamed() {
    RolloutFixture it = RolloutFixture.in(RolloutState.STAGING);
    List<String> others =
        RolloutFixture.NODES.stream().filter(node -> !node.equals(it.canary())).toList();
    it.on(it.standby(others.getFirst(), Stage.FAILED, WELL));
    assertThat(it.state()).isEqualTo(RolloutState.STAGING);
    assertThat(it.rollout().progress().get(others.getFirst()).error()).isEqualTo("does not parse");
    it.on(it.standby(others.get(1), Stage.FAILED, WELL));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
    assertThat(it.rollout().transitions().getLast().cause())
        .isEqualTo(new Cause.NodesFailed(new TreeSet<>(others.subList(0, 2)), "does not parse"));
  }

  @Test
  void aNodeWhoseSchedulerStallsIsWorseOffUnlessItWasBefore() {
    Duration long1 = Duration.ofSeconds(20);
    RolloutFixture stalled = RolloutFixture.in(RolloutState.BAKING);
    stalled.on(stalled.swapped(stalled.canary(), new Health(true, 0, long1, Duration.ofMillis(3))));
    assertThat(stalled.state()).isEqualTo(RolloutState.ROLLING_BACK);
    RolloutFixture asBefore = RolloutFixture.in(RolloutState.BAKING);
    asBefore.on(
        asBefore.swapped(asBefore.canary(), new Health(true, 0, long1, Duration.ofSeconds(18))));
    assertThat(asBefore.state()).isEqualTo(RolloutState.BAKING);
  }

  @Test
  void retiredNodesCountAsNeither() {
    RolloutFixture it = RolloutFixture.in(RolloutState.PROMOTING);
    String gone = notTheCanary(it);
    it.rollout().waves().getFirst().stream()
        .filter(node -> !node.equals(gone))
        .toList()
        .forEach(node -> it.on(it.swapped(node, WELL)));
    it.on(new RolloutEvent.Retired(new TreeSet<>(List.of(gone))));
    assertThat(it.state()).isEqualTo(RolloutState.BAKING);
    assertThat(it.rollout().waves().getFirst()).as("frozen").contains(gone);
    assertThat(it.rollout().progress().get(gone).state()).isEqualTo(State.RETIRED);
  }

  @Test
  void incompleteRollbacksNameTheNodes() {
    RolloutFixture it = RolloutFixture.in(RolloutState.ROLLING_BACK);
    String lost = notTheCanary(it);
    it.rollout().waves().getFirst().stream()
        .filter(node -> !node.equals(lost))
        .toList()
        .forEach(node -> it.on(it.inForce(node)));
    it.after(Duration.ofSeconds(10));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
    assertThat(it.effects(RolloutEffect.Quarantine.class))
        .containsExactly(new RolloutEffect.Quarantine(new TreeSet<>(List.of(lost))));
  }

  @Test
  void turningBackGoesOnUntilTheHeadSaysSo() {
    RolloutFixture it = RolloutFixture.in(RolloutState.BAKING).command(Act.ABORT);
    for (int i = 0; i < 20; i++) {
      it.after(Duration.ofSeconds(10));
      assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
      assertThat(it.effects(RolloutEffect.WriteHead.class)).hasSize(1);
    }
    assertThat(it.written().allGoBack().state()).isEqualTo(RolloutState.ROLLED_BACK);
  }

  @Test
  void severalFailuresHoldTheQueueUntilItIsMended() {
    RolloutFixture it = RolloutFixture.in(RolloutState.CHECKING).failed().failed();
    assertThat(it.state()).isEqualTo(RolloutState.CHECKING);
    it.failed();
    assertThat(it.state()).isEqualTo(RolloutState.HELD);
    assertThat(it.effects()).contains(new RolloutEffect.HoldQueue("hub away"));
    it.command(Act.RETRY);
    assertThat(it.effects()).contains(new RolloutEffect.ReleaseQueue(), new RolloutEffect.Check());
  }

  @Test
  void aHeadThatCannotBeWrittenHoldsTooAndSkippingTakesAwayWhatMayStandThere() {
    RolloutFixture it = RolloutFixture.in(RolloutState.CHECKING).on(RolloutFixture.checked());
    for (int i = 0; i < 3; i++) {
      it.on(new RolloutEvent.HeadFailed(Step.STAGE, "timeout"));
    }
    assertThat(it.state()).isEqualTo(RolloutState.HELD);
    it.command(Act.SKIP);
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
    assertThat(it.written().state()).isEqualTo(RolloutState.ROLLED_BACK);
  }

  @Test
  void aHeadThatChangedUnderItIsCheckedAgainstAnew() {
    RolloutFixture it = RolloutFixture.in(RolloutState.CHECKING).on(RolloutFixture.checked());
    it.on(new RolloutEvent.HeadRefused(Step.STAGE, "changed"));
    assertThat(it.state()).isEqualTo(RolloutState.CHECKING);
    it.on(RolloutFixture.checked()).on(new RolloutEvent.HeadRefused(Step.STAGE, "changed"));
    it.on(RolloutFixture.checked()).on(new RolloutEvent.HeadRefused(Step.STAGE, "changed"));
    assertThat(it.state()).as("not for ever").isEqualTo(RolloutState.HELD);
  }

  @Test
  void aHeadThatRefusesThePromotionTurnsItBack() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, WELL, PASSES));
    it.on(new RolloutEvent.HeadRefused(Step.PROMOTE, "other ride"));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLING_BACK);
  }

  @Test
  void theAuthorCannotApprove() {
    RolloutFixture it = new RolloutFixture(Strategy.CAREFUL);
    assertThat(it.effects()).contains(new RolloutEffect.AskApproval(new TreeSet<>(List.of("ada"))));
    it.on(new RolloutEvent.Command(Act.APPROVE, "ada", "fine"));
    assertThat(it.state()).isEqualTo(RolloutState.APPROVING);
    assertThat(it.effects(RolloutEffect.Refuse.class)).hasSize(1);
    it.command(Act.APPROVE);
    assertThat(it.rollout().approvedBy()).isEqualTo("eve");
    assertThat(it.effects()).contains(new RolloutEffect.Enqueue("p1"));
  }

  @Test
  void aCompletedOneIsTurnedBackByANewPatch() {
    RolloutFixture it = RolloutFixture.in(RolloutState.COMPLETED).command(Act.ROLLBACK);
    assertThat(it.effects()).containsExactly(new RolloutEffect.SubmitReverse(List.of("p1"), "eve"));
    assertThat(it.command(Act.ABORT).effects()).as("a safe no-op").isEmpty();
  }

  @Test
  void whoTakesItUpDoesWhatWasLeftUndone() {
    RolloutFixture it = RolloutFixture.in(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, WELL, PASSES)).on(new RolloutEvent.TakenUp(2));
    assertThat(it.rollout().epoch()).isEqualTo(2);
    assertThat(it.effects(RolloutEffect.WriteHead.class)).hasSize(1);
    assertThat(it.effects(RolloutEffect.WakeAt.class)).hasSize(1);
    it.on(new RolloutEvent.TakenUp(1));
    assertThat(it.effects()).containsExactly(new RolloutEffect.StandDown(2));
    assertThat(RolloutFixture.in(RolloutState.CHECKING).on(new RolloutEvent.TakenUp(2)).effects())
        .contains(new RolloutEffect.Check());
    assertThat(RolloutFixture.in(RolloutState.HELD).on(new RolloutEvent.TakenUp(2)).effects())
        .contains(new RolloutEffect.HoldQueue("hub away"));
  }

  @Test
  void withoutAnyNodeInServiceItGoesStraightIntoForce() {
    RolloutFixture it = RolloutFixture.in(RolloutState.CHECKING, Strategy.SWIFT);
    it.on(
        new RolloutEvent.CheckPassed(
            RolloutFixture.BASE,
            RolloutFixture.DIGEST,
            new TreeSet<>(),
            new TreeSet<>(),
            0,
            List.of()));
    it.written().written().after(Duration.ofSeconds(2)).written();
    assertThat(it.state()).isEqualTo(RolloutState.COMPLETED);
  }

  @Test
  void nodesThatAreAllAwayAreNotAnInstallationWithoutNodes() {
    RolloutFixture it = RolloutFixture.in(RolloutState.CHECKING);
    it.on(
        new RolloutEvent.CheckPassed(
            RolloutFixture.BASE,
            RolloutFixture.DIGEST,
            new TreeSet<>(),
            new TreeSet<>(),
            3,
            List.of()));
    assertThat(it.state()).isEqualTo(RolloutState.CHECKING);
    assertThat(it.rollout().attempts()).isEqualTo(1);
  }

  private static String notTheCanary(RolloutFixture it) {
    return it.rollout().waves().getFirst().stream()
        .filter(node -> !node.equals(it.canary()))
        .findFirst()
        .orElseThrow();
  }
}
