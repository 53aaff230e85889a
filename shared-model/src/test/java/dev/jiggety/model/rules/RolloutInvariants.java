package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold at every step, whatever happens. */
final class RolloutInvariants {
  private final RolloutWorld world;
  private final Set<Long> seqsTaken = new HashSet<>();

  RolloutInvariants(RolloutWorld world) {
    this.world = world;
  }

  void changed(Rollout before, Rollout after) {
    assertThat(after.deadline() == null)
        .as("every state has a deadline, every end has none: %s", after.state())
        .isEqualTo(after.state().isTerminal());
    if (before.state().isTerminal()) {
      assertThat(after.toBuilder().epoch(before.epoch()).build())
          .as("an end is an end")
          .isEqualTo(before);
    }
    if (before.state().isOnNodes() && after.state().isOnNodes()) {
      assertThat(after.canaries()).as("frozen").isEqualTo(before.canaries());
      assertThat(after.waves()).as("frozen").isEqualTo(before.waves());
      assertThat(after.progress().keySet()).as("frozen").isEqualTo(before.progress().keySet());
    }
    assertThat(after.release()).as("releases only grow").isGreaterThanOrEqualTo(before.release());
    assertThat(after.epoch()).isGreaterThanOrEqualTo(before.epoch());
    assertThat(after.transitions())
        .as("the story is only added to")
        .startsWith(before.transitions().toArray(Rollout.Transition[]::new));
    assertThat(
            world.rollouts.values().stream()
                .filter(it -> !it.id().equals(after.id()) && it.state().isUnderWay())
                .count())
        .as("at most one is under way")
        .isLessThanOrEqualTo(after.state().isUnderWay() ? 0 : 1);
  }

  void swapped(Head before, Head next) {
    assertThat(next.version()).isEqualTo(before.version() + 1);
    boolean isOther = !next.digest().equals(before.digest());
    assertThat(next.release() - before.release())
        .as("the release grows exactly when what is in force changes")
        .isEqualTo(isOther ? 1 : 0);
    assertThat(next.epoch()).isGreaterThanOrEqualTo(before.epoch());
    assertThat(next.seq()).isGreaterThanOrEqualTo(before.seq());
    for (long place = before.seq() + 1; place <= next.seq(); place++) {
      assertThat(seqsTaken.add(place)).as("no place is used twice").isTrue();
    }
    assertThat(seqsTaken).as("no place is left out").hasSize((int) next.seq());
    Set<String> underWay =
        world.rollouts.values().stream()
            .filter(it -> it.state().isUnderWay())
            .map(Rollout::id)
            .collect(Collectors.toSet());
    if (next.phase() != Head.Phase.STEADY) {
      Generation tried = next.candidate() == null ? next.active() : next.candidate();
      assertThat(underWay).as("nobody else's candidate").contains(tried.ride());
    }
  }

  void refused(HeadChange change, Heads.Refused refused) {
    assertThat(refused.why())
        .as("an orderly manager is never refused: %s, %s", change, refused.text())
        .isNull();
  }

  void fenced(Heads.Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Heads.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Heads.Refusal.FENCED));
  }

  /** A node swaps to something: never to what failed on the canaries. */
  void runs(SimulatedNode node, Generation generation) {
    Rollout ride = world.rollouts.get(generation.ride());
    if (ride != null) {
      assertThat(ride.patchIds())
          .as("%s runs %s", node.name, generation)
          .doesNotContainAnyElementsOf(world.bad.isEmpty() ? Set.of("none") : world.bad);
    }
  }

  /** The checks of a ride have refused it, alone or with all others: it is done with. */
  private static boolean hasRefused(Rollout ride, String patch) {
    return ride.transitions().stream()
        .anyMatch(step ->
            step.cause() instanceof Cause.Refused refused && refused.patches().contains(patch));
  }

  /** When everything answers again and all is done. */
  void atTheEnd() {
    assertThat(world.head.phase()).isEqualTo(Head.Phase.STEADY);
    assertThat(world.nodes.values())
        .allSatisfy(node -> assertThat(node.running).isEqualTo(world.head.active()));
    for (String patch : world.patches.keySet()) {
      if (world.rollouts.values().stream().anyMatch(it -> hasRefused(it, patch))) {
        continue;
      }
      Rollout last =
          world.rollouts.values().stream()
              .filter(it -> it.patchIds().contains(patch) && it.state() != RolloutState.JOINED)
              .reduce((_, later) -> later)
              .or(() -> Optional.ofNullable(world.rollouts.get(patch)))
              .orElseThrow();
      assertThat(last.again().stream().flatMap(Collection::stream))
          .as("tried once more, as promised: %s", patch)
          .doesNotContain(patch);
      if (world.bad.contains(patch)) {
        assertThat(last.state())
            .as("bad: %s, %s", patch, last.transitions())
            .isNotEqualTo(RolloutState.COMPLETED);
      }
    }
  }
}
