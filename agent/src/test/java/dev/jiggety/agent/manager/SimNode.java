package dev.jiggety.agent.manager;

import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.rules.Heads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node with two slots in a simulated installation. */
final class SimNode {
  private final String name;
  private final ManagerWorld world;
  private @Nullable Head known;
  private Instant heardAt = Instant.EPOCH;
  Generation running = new Generation("", 0, "");
  private @Nullable Generation before;
  private @Nullable Generation standby;
  private long number;

  SimNode(String name, ManagerWorld world) {
    this.name = name;
    this.world = world;
  }

  void act() {
    if (world.trouble > 0 && world.random.nextInt(3) == 0) {
      return; // slow
    }
    Head head = world.head();
    if (head != null && Heads.accept(known, head, world.now).isAccepted()) {
      known = head;
      heardAt = world.now;
      Generation wanted = Heads.wanted(head, name);
      if (wanted != null && !wanted.equals(running)) {
        before = running;
        running = wanted;
      }
      standby = head.candidate();
    }
    watchTheClock();
    say();
  }

  private void watchTheClock() {
    Head head = known;
    Generation back = before;
    if (head != null
        && head.confirmWithin() != null
        && back != null
        && running.equals(head.active())
        && !world.now.isBefore(heardAt.plus(head.confirmWithin()))) {
      running = back;
      before = null;
    }
  }

  private void say() {
    Head head = known;
    Generation slot = standby;
    List<Shadow> shadow = new ArrayList<>();
    boolean isCanary =
        head != null
            && slot != null
            && head.phase() == Head.Phase.TRIAL
            && head.reach() != null
            && head.reach().includes(name);
    if (isCanary) {
      Rollout ride = world.rollout(slot.ride());
      if (ride != null) {
        for (Rollout.Rider rider : ride.riders()) {
          String test = rider.targets().first().substring("test:".length());
          shadow.add(
              world.bad.contains(rider.patchId())
                  ? new Shadow(test, 2, 0, 0, 2)
                  : new Shadow(test, 1, 0, 1, 0));
        }
      }
    }
    number++;
    SlotReport slots =
        new SlotReport(
            name,
            number,
            running,
            slot,
            slot == null ? SlotReport.Stage.NONE : SlotReport.Stage.READY,
            null,
            shadow.size(),
            shadow,
            SlotReport.Health.GOOD);
    world.hub.nodes.put(
        name,
        new NodeStatus(
            name,
            new TreeSet<>(),
            "",
            Instant.EPOCH,
            world.now,
            0,
            0,
            0,
            null,
            Duration.ZERO,
            null,
            slots));
  }
}
