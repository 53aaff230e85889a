package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Rollouts;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A patch that waits for approval has no place in the line by which it could be found again. */
class IntakeTest {
  private static final Logger LOGGER = Logger.getLogger("dev.jiggety.agent.manager");

  private final ManagerWorld world = new ManagerWorld(3);

  @BeforeAll
  static void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOGGER.setLevel(null);
  }

  @Test
  void itsDenialIsLoggedThoughTheManagerDiesBeforeThat() {
    waitsForApproval();
    world.handIn(
        CommandDocument.TYPE.write(
            new OperatorCommand("c1", "p1", Cause.Act.DENY, "ada", "not today", world.now)));
    killedWhen(() -> state() == RolloutState.REJECTED);
    assertThat(logged()).as("the end is not logged yet").hasSize(1);
    restarted();
    assertThat(logged())
        .extracting(AuditEntry::text)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("approving"),
            last -> assertThat(last).startsWith("approving → rejected").contains("not today"));
  }

  @Test
  void soIsThatItHasExpired() {
    waitsForApproval();
    world.now = world.now.plus(Duration.ofHours(3));
    killedWhen(() -> state() == RolloutState.EXPIRED);
    assertThat(logged()).hasSize(1);
    restarted();
    assertThat(logged())
        .extracting(AuditEntry::text)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("approving"),
            last -> assertThat(last).startsWith("approving → expired"));
  }

  @Test
  void onlyThenIsItTakenIn() {
    waitsForApproval();
    assertThat(world.hub.takenIn).doesNotContain("patch:p1");
    world.now = world.now.plus(Duration.ofHours(3));
    turns(20);
    assertThat(logged()).hasSize(2);
    assertThat(world.hub.takenIn).contains("patch:p1");
  }

  @Test
  void aRecordThatTheManagerBeforeMadeJustAfterTheLookForOpenOnesIsTakenUp() {
    turns(20);
    world.managers.forEach(SimManager::die);
    world.managers.clear();
    SimManager next = new SimManager(world, world.memories.get(0), 0);
    world.managers.add(next);
    for (int i = 0; i < 100 && next.duty.status().stand() != ManagerStatus.Stand.ACTIVE; i++) {
      world.queue.tick();
      next.step();
    }
    Patch patch = Papers.patch("p1");
    world.hub.put(
        world.hub.patches,
        RolloutDocument.TYPE.write(Rollouts.start(patch, Strategy.SWIFT, 1, world.now).rollout()),
        0);
    world.patches.put("p1", patch);
    world.handIn(PatchDocument.TYPE.write(patch));
    turns(100);
    assertThat(state()).isEqualTo(RolloutState.COMPLETED);
    assertThat(logged()).as("from the beginning").hasSizeGreaterThan(5);
  }

  private void turns(int turns) {
    for (int i = 0; i < turns; i++) {
      world.turn();
    }
  }

  private void waitsForApproval() {
    turns(20);
    world.handIn(
        PatchDocument.TYPE.write(
            new Patch(
                "p1",
                "ada",
                world.now,
                "",
                new StrategyChoice.Named("careful"),
                world.now.plus(Duration.ofHours(2)),
                List.of(Contents.put(Samples.test("shop"), null)))));
    turns(20);
    assertThat(state()).isEqualTo(RolloutState.APPROVING);
    assertThat(logged()).hasSize(1);
  }

  private RolloutState state() {
    Rollout rollout = world.rollout("p1");
    return rollout == null ? RolloutState.SUBMITTED : rollout.state();
  }

  private List<AuditEntry> logged() {
    return world.hub.patches("audit:", _ -> true).stream()
        .map(AuditDocument.TYPE::read)
        .filter(it -> it.about().equals(Ids.rollout("p1")) && it.event().equals("transition"))
        .toList();
  }

  /** All managers die right after the step that made it so. */
  private void killedWhen(BooleanSupplier isSo) {
    for (int i = 0; i < 2000 && !isSo.getAsBoolean(); i++) {
      world.now = world.now.plusMillis(1);
      world.queue.tick();
      for (SimManager manager : world.managers) {
        manager.tell();
        if (!isSo.getAsBoolean()) {
          manager.step();
        }
      }
    }
    assertThat(isSo.getAsBoolean()).isTrue();
    world.managers.forEach(SimManager::die);
    world.managers.clear();
  }

  private void restarted() {
    world.managers.add(new SimManager(world, world.memories.get(0), 0));
    turns(50);
  }
}
