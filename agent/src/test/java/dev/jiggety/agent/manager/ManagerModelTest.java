package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Content;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to managers between any two calls: nothing is lost, nothing is done twice, the
 * order is kept, and everything comes to an end.
 */
class ManagerModelTest {
  private static final Logger LOGGER = Logger.getLogger("dev.jiggety.agent.manager");
  private static final int WORLDS = Integer.getInteger("jiggety.worlds", 8);

  @BeforeAll
  static void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOGGER.setLevel(null);
  }

  @Test
  void patchesComeInForceInOrderWithoutTrouble() {
    ManagerWorld world = new ManagerWorld(1);
    world.bad.clear();
    run(world, 0, 30);
    settle(world);
    check(world, 1);
    assertThat(world.kills + world.freezes + world.lost + world.late).isZero();
    assertThat(world.promoted).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 120, 40})
  void nothingIsLostOrDoubledWhateverGoesWrong(int trouble) {
    int mishaps = 0;
    for (long seed = 1; seed <= WORLDS; seed++) {
      try {
        ManagerWorld world = walk(seed, trouble);
        check(world, seed);
        mishaps += world.kills + world.freezes + world.lost + world.late;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", trouble " + trouble, e);
      }
    }
    assertThat(mishaps).isGreaterThan(WORLDS);
  }

  /** Otherwise a world that has found something could not be looked at again. */
  @Test
  void theSameSeedGivesTheSameWorld() {
    ManagerWorld one = walk(1, 40);
    ManagerWorld other = walk(1, 40);
    assertThat(other.hub.patches).isEqualTo(one.hub.patches);
    assertThat(other.hub.config).isEqualTo(one.hub.config);
    assertThat(other.now).isEqualTo(one.now);
    assertThat(one.kills + one.freezes + one.lost).isPositive();
  }

  private static ManagerWorld walk(long seed, int trouble) {
    ManagerWorld world = new ManagerWorld(seed);
    run(world, trouble, 60);
    settle(world);
    return world;
  }

  private static void run(ManagerWorld world, int trouble, int turns) {
    world.trouble = trouble;
    for (int i = 0; i < turns; i++) {
      if (world.random.nextInt(3) == 0) {
        world.submit();
      }
      if (world.random.nextInt(10) == 0) {
        world.command();
      }
      for (int j = 0; j < 1 + world.random.nextInt(8); j++) {
        world.turn();
      }
    }
  }

  /** From now on nothing goes wrong any more. */
  private static void settle(ManagerWorld world) {
    world.trouble = 0;
    for (int i = 0; i < 6000 && (i % 20 != 0 || !isSettled(world)); i++) {
      world.turn();
      if (i > 2000) {
        world.now = world.now.plusSeconds(120); // what waits for people gives up in the end
      }
    }
    for (int i = 0; i < 40; i++) {
      world.turn();
    }
  }

  private static boolean isSettled(ManagerWorld world) {
    Map<String, Rollout> rollouts = world.rollouts();
    return world.patches.keySet().stream().allMatch(rollouts::containsKey)
        && rollouts.values().stream().allMatch(it -> it.state().isTerminal())
        && world.commands.stream().allMatch(id -> world.hub.patches.containsKey(Ids.answer(id)))
        && world.queue.waiting.isEmpty()
        && world.digestConfirmed().equals(world.digestInForce())
        && transitionsTold(world) >= transitions(rollouts);
  }

  /** The audit log is written when nothing else is to be done: it may lag behind. */
  private static long transitionsTold(ManagerWorld world) {
    return world.hub.patches("audit:", _ -> true).stream()
        .map(AuditDocument.TYPE::read)
        .filter(entry -> entry.event().equals("transition"))
        .count();
  }

  private static long transitions(Map<String, Rollout> rollouts) {
    return rollouts.values().stream().mapToLong(it -> it.transitions().size()).sum();
  }

  private static void check(ManagerWorld world, long seed) {
    Map<String, Rollout> rollouts = world.rollouts();
    assertThat(world.patches.keySet()).as("taken in").allMatch(rollouts::containsKey);
    assertThat(rollouts.values())
        .as("at an end")
        .allSatisfy(it -> assertThat(it.state().isTerminal()).as("%s", it).isTrue());
    assertThat(world.commands)
        .as("answered")
        .allMatch(id -> world.hub.patches.containsKey(Ids.answer(id)));
    assertThat(world.queue.waiting).as("acknowledged").isEmpty();
    assertThat(world.digestConfirmed()).as("confirmed").isEqualTo(world.digestInForce());
    world
        .nodes
        .values()
        .forEach(
            node -> assertThat(node.running.digest()).as("runs").isEqualTo(world.digestInForce()));
    world.patches.keySet().forEach(id -> checkFate(world, rollouts, id));
    checkOrder(rollouts);
    checkAudit(world, rollouts);
    assertThat(seed).isPositive();
  }

  /** What a patch with a test of its own wants is in force exactly when its rollout completed. */
  private static void checkFate(ManagerWorld world, Map<String, Rollout> rollouts, String id) {
    String target = world.patches.get(id).changes().getFirst().target();
    RolloutState end = fate(rollouts, id).state();
    if (target.startsWith("test:t")) {
      Content content = world.confirmed().documents().get(target);
      assertThat(content != null)
          .as("%s has ended as %s", id, end)
          .isEqualTo(end == RolloutState.COMPLETED);
    }
    if (world.bad.contains(id)) {
      assertThat(end).as("the bad %s", id).isNotEqualTo(RolloutState.COMPLETED);
    }
  }

  /** The last rollout that carried a patch. */
  private static Rollout fate(Map<String, Rollout> rollouts, String id) {
    return rollouts.values().stream()
        .filter(it -> it.state() != RolloutState.JOINED && it.patchIds().contains(id))
        .max(Comparator.comparingInt(Rollout::attempt))
        .or(() -> Optional.ofNullable(rollouts.get(id)))
        .orElseThrow();
  }

  /** First attempts were promoted in the order of the line. */
  private static void checkOrder(Map<String, Rollout> rollouts) {
    List<Rollout> staged =
        new ArrayList<>(
            rollouts.values().stream()
                .filter(it -> it.wasStaged() && it.attempt() == 1)
                .sorted(
                    Comparator.comparing((Rollout it) ->
                        it.transitions().stream()
                            .filter(step -> step.to() == RolloutState.STAGING)
                            .findFirst()
                            .orElseThrow()
                            .at()))
                .toList());
    assertThat(staged).isSortedAccordingTo(Comparator.comparingLong(Ledger::firstPlace));
  }

  private static void checkAudit(ManagerWorld world, Map<String, Rollout> rollouts) {
    List<AuditEntry> log =
        world.hub.patches("audit:", _ -> true).stream()
            .map(AuditDocument.TYPE::read)
            .sorted(Comparator.comparingLong(AuditEntry::number))
            .toList();
    String previous = "0".repeat(64);
    for (int i = 0; i < log.size(); i++) {
      assertThat(log.get(i).number()).isEqualTo(i + 1);
      assertThat(log.get(i).previous()).isEqualTo(previous);
      previous = AuditTrail.digest(log.get(i));
    }
    for (Rollout rollout : rollouts.values()) {
      assertThat(log)
          .as("the story of %s", rollout.id())
          .filteredOn(
              it -> it.about().equals(Ids.rollout(rollout.id())) && it.event().equals("transition"))
          .hasSize(rollout.transitions().size());
    }
  }
}
