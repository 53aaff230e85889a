package dev.jiggety.model.rules;

import static dev.jiggety.model.rules.RolloutFixture.PASSES;
import static dev.jiggety.model.rules.RolloutFixture.STRATEGY;
import static dev.jiggety.model.rules.RolloutFixture.WELL;
import static dev.jiggety.model.rules.RolloutFixture.patch;
import static dev.jiggety.model.rules.RolloutFixture.planning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.SlotReport.Stage;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Several patches that ride together. */
class RolloutRideTest {

  @Test
  void ofSeveralEachNeedsItsResults() {
    RolloutFixture it = several(RolloutState.VERIFYING);
    it.after(Duration.ofSeconds(3))
        .on(planning(2, it.standby(it.canary(), Stage.READY, WELL, PASSES)));
    assertThat(it.state()).as("nothing is known of the others").isEqualTo(RolloutState.VERIFYING);
  }

  @Test
  void ofSeveralTheGuiltyOneIsFoundByItsTest() {
    RolloutFixture it = several(RolloutState.VERIFYING);
    Shadow bad = new Shadow("search", 2, 0, 0, 2);
    it.on(it.standby(it.canary(), Stage.READY, WELL, bad)).written();
    it.on(it.inForce(it.canary()));
    assertThat(it.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(it.rollout().again()).containsExactly(List.of("p1", "p3"));
    Rollout next =
        Rollouts.startAgain(it.rollout(), it.rollout().again().getFirst(), 1, it.now()).rollout();
    assertThat(next.id()).isEqualTo("p1.2");
    assertThat(next.state()).isEqualTo(RolloutState.QUEUED);
    assertThat(next.riders()).extracting(Rollout.Rider::seq).containsExactly(1L, 3L);
  }

  @Test
  void ofSeveralTheGuiltyOneIsFoundByHalves() {
    RolloutFixture it = several(RolloutState.VERIFYING);
    it.on(it.standby(it.canary(), Stage.READY, new Health(true, 1, null, null))).written();
    it.on(it.inForce(it.canary()));
    assertThat(it.rollout().again()).containsExactly(List.of("p1"), List.of("p2", "p3"));
    assertThat(it.effects()).contains(new RolloutEffect.RideAgain(it.rollout().again()));
    RolloutFixture aborted = several(RolloutState.VERIFYING).command(Act.ABORT).written();
    aborted.on(aborted.inForce(aborted.canary()));
    assertThat(aborted.rollout().again()).as("an operator ended it").isEmpty();
  }

  @Test
  void ofSeveralOnlyTheRefusedOneLeaves() {
    RolloutFixture it = several(RolloutState.CHECKING);
    it.on(
        new RolloutEvent.CheckRefused(
            new TreeSet<>(List.of("p2")), List.of("test:search was changed")));
    assertThat(it.state()).isEqualTo(RolloutState.CHECKING);
    assertThat(it.rollout().patchIds()).containsExactly("p1", "p3");
    assertThat(it.effects()).contains(new RolloutEffect.Acknowledge(List.of("p2")));
    it.on(RolloutFixture.checked()).written();
    assertThat(it.head().seq()).as("its place is given up, not left out").isEqualTo(3);
  }

  /** Three patches in one ride. */
  private static RolloutFixture several(RolloutState state) {
    RolloutFixture it = RolloutFixture.in(RolloutState.QUEUED);
    it.on(
        new RolloutEvent.Takes(
            List.of(patch("p2", "search").rider(2), patch("p3", "cart").rider(3))));
    it.on(new RolloutEvent.Turn());
    if (state == RolloutState.VERIFYING) {
      it.on(RolloutFixture.checked()).written();
      it.on(it.standby(it.canary(), Stage.READY, WELL));
    }
    assertThat(it.state()).isEqualTo(state);
    assertThat(it.rollout().strategy()).isEqualTo(STRATEGY);
    return it;
  }
}
