package dev.jiggety.model.rules;

import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.SlotReport.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node with two slots that follows the head, as far as the rules of rollouts care. */
final class SimulatedNode {
  final String name;
  private final RolloutWorld world;
  boolean isAway;
  Generation running;
  private @Nullable Generation standby;
  private @Nullable Generation before;
  private @Nullable Head known;
  private @Nullable Instant heardAt;
  private long number;

  SimulatedNode(String name, RolloutWorld world) {
    this.name = name;
    this.world = world;
    this.running = world.head.active();
  }

  void follow(Head head) {
    if (isAway || !Heads.accept(known, head, world.now).isAccepted()) {
      return;
    }
    known = head;
    heardAt = world.now;
    Generation wanted = Heads.wanted(head, name);
    if (wanted != null && !wanted.equals(running)) {
      before = running;
      running = wanted;
      world.invariants.runs(this, wanted);
    }
    standby = head.candidate();
  }

  /** Without news for too long it goes back by itself. */
  void watchTheClock() {
    Head head = known;
    if (head != null
        && heardAt != null
        && head.confirmWithin() != null
        && before != null
        && running.equals(head.active())
        && !world.now.isBefore(heardAt.plus(head.confirmWithin()))) {
      running = before;
      before = null;
    }
  }

  Optional<SlotReport> report() {
    if (isAway) {
      return Optional.empty();
    }
    Head head = known;
    boolean isCanary =
        head != null
            && head.phase() == Head.Phase.TRIAL
            && head.reach() != null
            && head.reach().includes(name);
    List<Shadow> runs = new ArrayList<>();
    int crashes = 0;
    if (isCanary && standby != null) {
      for (Rollout.Rider rider : world.rollouts.get(standby.ride()).riders()) {
        String test = rider.targets().first().substring("test:".length());
        boolean isBad = world.bad.contains(rider.patchId());
        boolean crashesIt = isBad && rider.patchId().hashCode() % 2 == 0;
        crashes += crashesIt ? 1 : 0;
        runs.add(isBad ? new Shadow(test, 2, 0, 0, 2) : new Shadow(test, 1, 0, 1, 0));
      }
    }
    number++;
    return Optional.of(
        new SlotReport(
            name,
            number,
            running,
            standby,
            standby == null ? Stage.NONE : Stage.READY,
            null,
            isCanary ? runs.size() : SlotReport.NOT_ASKED,
            crashes > 0 ? List.of() : runs,
            new Health(true, crashes, null, null)));
  }
}
