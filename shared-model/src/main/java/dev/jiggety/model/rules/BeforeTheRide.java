package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** From submitting to staging: nothing has reached a node yet. */
final class BeforeTheRide {
  private BeforeTheRide() {}

  /** What a state asks of the manager as long as it lasts. */
  static void ask(Draft draft) {
    Rollout rollout = draft.rollout();
    switch (rollout.state()) {
      case SUBMITTED ->
          rollout.patchIds().forEach(id -> draft.effect(new RolloutEffect.Enqueue(id)));
      case APPROVING -> draft.effect(new RolloutEffect.AskApproval(Rollouts.authors(rollout)));
      case CHECKING -> draft.effect(new RolloutEffect.Check());
      case HELD -> draft.effect(new RolloutEffect.HoldQueue(lastCause(rollout)));
      default -> {}
    }
  }

  static void queued(Draft draft, long seq) {
    if (draft.state() == RolloutState.SUBMITTED) {
      draft.change(
          it -> it.riders(draft.rollout().riders().stream().map(rider -> rider.at(seq)).toList()));
      draft.go(RolloutState.QUEUED, new Cause.Planned("durable on the queue as number " + seq));
    }
  }

  static void turn(Draft draft) {
    if (draft.state() == RolloutState.QUEUED && !draft.isOverdue()) {
      draft.go(RolloutState.CHECKING, new Cause.Planned("its turn"));
      ask(draft);
    }
  }

  static void joined(Draft draft, String ride) {
    if (draft.state() == RolloutState.QUEUED && !ride.equals(draft.rollout().id())) {
      draft.go(RolloutState.JOINED, new Cause.Joined(ride));
    }
  }

  /** Those that are aboard already stay there once. */
  static void takes(Draft draft, List<Rollout.Rider> more) {
    if (draft.state() == RolloutState.QUEUED) {
      List<String> aboard = draft.rollout().patchIds();
      List<Rollout.Rider> riders = new ArrayList<>(draft.rollout().riders());
      more.stream().filter(rider -> !aboard.contains(rider.patchId())).forEach(riders::add);
      draft.change(it -> it.riders(riders));
    }
  }

  static void passed(Draft draft, RolloutEvent.CheckPassed passed) {
    if (draft.state() != RolloutState.CHECKING) {
      return;
    }
    if (passed.nodes().isEmpty() && passed.absent() > 0) {
      checkFailed(draft, "none of " + passed.absent() + " nodes in service was heard of lately");
      return;
    }
    Rollout rollout = draft.rollout();
    Waves.Members members =
        Waves.freeze(rollout.strategy(), rollout.id(), passed.nodes(), passed.preferred());
    SortedMap<String, NodeProgress> progress = new TreeMap<>();
    for (String node : passed.nodes()) {
      NodeProgress before = Tally.of(rollout, node); // of an earlier try: its reports are old news
      progress.put(
          node,
          new NodeProgress(
              NodeProgress.State.PENDING, null, before.report(), before.heardAt(), 0, 0, 0));
    }
    SortedSet<Long> tombstones = new TreeSet<>(rollout.tombstones());
    tombstones.addAll(passed.tombstones());
    draft.change(it ->
        it.digests(passed.base(), passed.digest())
            .tombstones(List.copyOf(tombstones))
            .members(members.canaries(), members.waves())
            .progress(progress)
            .wave(0));
    int count = passed.nodes().size();
    draft.go(
        RolloutState.STAGING,
        new Cause.Planned(
            "checked; " + count + (count == 1 ? " node" : " nodes") + ", " + members.canaries()));
    draft.write(HeadChange.Step.STAGE);
  }

  /** Of several only the refused ones leave. */
  static void refused(Draft draft, RolloutEvent.CheckRefused refused) {
    if (draft.state() != RolloutState.CHECKING) {
      return;
    }
    Rollout rollout = draft.rollout();
    List<Rollout.Rider> staying =
        rollout.riders().stream()
            .filter(rider -> !refused.patchIds().contains(rider.patchId()))
            .toList();
    Cause cause = new Cause.Refused(refused.patchIds(), refused.problems());
    boolean isLeadRefused =
        refused.patchIds().isEmpty() || refused.patchIds().contains(rollout.patchIds().getFirst());
    if (isLeadRefused) { // the record is the first patch's: the others go on in one of their own
      List<String> others = staying.stream().map(Rollout.Rider::patchId).toList();
      boolean areAll = refused.patchIds().isEmpty() || others.isEmpty();
      draft.change(it -> it.again(areAll ? List.of() : List.of(others)));
      draft.go(RolloutState.REJECTED, cause);
      return;
    }
    List<Long> tombstones = new ArrayList<>(rollout.tombstones());
    List<String> leaving = new ArrayList<>(rollout.patchIds());
    leaving.removeAll(staying.stream().map(Rollout.Rider::patchId).toList());
    rollout.riders().stream()
        .filter(rider -> leaving.contains(rider.patchId()))
        .forEach(rider -> tombstones.add(rider.seq()));
    draft.change(it -> it.riders(staying).tombstones(tombstones));
    draft.go(RolloutState.CHECKING, cause);
    draft.effect(new RolloutEffect.Acknowledge(leaving));
    ask(draft);
  }

  static void nothingToDo(Draft draft) {
    if (draft.state() == RolloutState.CHECKING) {
      draft.go(RolloutState.COMPLETED, new Cause.Planned("all of it was in force already"));
    }
  }

  /** Tries again, and in the end holds the queue: going on without it would break the order. */
  static void checkFailed(Draft draft, String error) {
    int attempts = draft.rollout().attempts() + 1;
    if (attempts >= draft.rollout().strategy().thresholds().attempts()) {
      hold(draft, error);
      return;
    }
    draft.change(it -> it.attempts(attempts).deadline(Deadlines.of(draft.rollout(), draft.now())));
    ask(draft);
  }

  static void hold(Draft draft, String error) {
    draft.change(it -> it.writing(null));
    draft.go(RolloutState.HELD, new Cause.NotApplied(error));
    ask(draft);
    draft.effect(new RolloutEffect.Alert("the queue of patches is held: " + error));
  }

  /** Gives up one that is held; what may stand on the head is taken away first. */
  static void skip(Draft draft, RolloutState end, Cause cause) {
    if (draft.rollout().wasStaged()) {
      Return.turnBack(draft, cause);
    } else {
      draft.go(end, cause);
    }
  }

  static void overdue(Draft draft) {
    Rollout rollout = draft.rollout();
    switch (rollout.state()) {
      case SUBMITTED -> {
        if (draft.now().isBefore(rollout.expires())) {
          draft.change(it -> it.deadline(Deadlines.of(rollout, draft.now())));
          ask(draft);
        } else {
          draft.go(RolloutState.EXPIRED, new Cause.Deadline("the queue did not confirm in time"));
        }
      }
      case APPROVING ->
          draft.go(RolloutState.EXPIRED, new Cause.Deadline("nobody approved it in time"));
      case QUEUED ->
          draft.go(RolloutState.EXPIRED, new Cause.Deadline("its turn did not come in time"));
      case CHECKING -> checkFailed(draft, "the checks gave no answer in time");
      case HELD ->
          skip(draft, RolloutState.EXPIRED, new Cause.Deadline("held, and nobody mended it"));
      default -> {}
    }
  }

  private static String lastCause(Rollout rollout) {
    return rollout.transitions().getLast().cause() instanceof Cause.NotApplied(String error)
        ? error
        : "held";
  }
}
