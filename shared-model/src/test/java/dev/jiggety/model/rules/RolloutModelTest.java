package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Cause;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Random events in random order; the invariants are looked at on every step. */
class RolloutModelTest {

  @Property(tries = 60)
  void whateverHappensItEndsRight(@ForAll long seed) {
    walk(seed);
  }

  /** A walk that never gets anywhere would hold every invariant too. */
  @Test
  void theWalksReachEveryState() {
    Set<RolloutState> reached = new HashSet<>();
    for (long seed = 0; seed < 60; seed++) {
      walk(seed)
          .rollouts
          .values()
          .forEach(it -> it.transitions().forEach(step -> reached.add(step.to())));
    }
    assertThat(reached).contains(RolloutState.values());
  }

  private static RolloutWorld walk(long seed) {
    RolloutWorld world = new RolloutWorld(seed);
    int steps = 20 + world.random.nextInt(200);
    for (int i = 0; i < steps; i++) {
      anything(world);
    }
    allIsWell(world);
    return world;
  }

  private static void anything(RolloutWorld world) {
    switch (world.random.nextInt(40)) {
      case 0, 1, 2 -> world.submit();
      case 3, 4, 5, 6 -> world.turn();
      case 7, 8, 9, 10 -> world.check(false);
      case 11, 12, 13, 14, 15, 16 -> world.write(false);
      case 17, 18, 19, 20, 21 -> world.nodeActs(false);
      case 22, 23, 24, 25, 26 -> world.deliver(false);
      case 27, 28, 29, 30, 31 -> world.timePasses(Duration.ofMillis(world.random.nextInt(3000)));
      case 32 -> world.timePasses(Duration.ofSeconds(world.random.nextInt(90)));
      case 33 -> world.timePasses(Duration.ofMinutes(world.random.nextInt(90)));
      case 34 -> world.command();
      case 35 -> world.restart();
      case 36 -> world.awayOrBack();
      case 37 -> {
        if (world.random.nextInt(4) == 0) {
          world.retire();
        }
      }
      default -> world.everyone(new RolloutEvent.Command(Cause.Act.APPROVE, "eve", "looks right"));
    }
  }

  /** Everything answers again: after some time nothing is left to do. */
  private static void allIsWell(RolloutWorld world) {
    world.nodes.values().forEach(node -> node.isAway = false);
    for (int i = 0; i < 1500 && !world.isQuiet(); i++) {
      world.everyone(new RolloutEvent.Command(Cause.Act.RETRY, "eve", "mended"));
      world.turn();
      world.check(true);
      world.write(true);
      world.nodeActs(true);
      world.deliver(true);
      world.timePasses(Duration.ofSeconds(i < 300 ? 1 : 60));
    }
    assertThat(world.isQuiet()).as(() -> "still " + states(world)).isTrue();
    world.nodeActs(true);
    world.invariants.atTheEnd();
  }

  private static List<String> states(RolloutWorld world) {
    return world.rollouts.values().stream()
        .filter(it -> !it.state().isTerminal())
        .map(it -> it.id() + " " + it.transitions())
        .toList();
  }
}
