package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.NodeProgress.State;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/** Promoting and baking, wave by wave. */
final class Promotion {
  private Promotion() {}

  /** Whether it went on. */
  static boolean promoting(Draft draft) {
    if (Return.ifTooManyFailed(draft)) {
      return true;
    }
    Rollout rollout = draft.rollout();
    if (rollout.writing() == Step.PROMOTE || Tally.isReachedAny(rollout, Promotion::isWaiting)) {
      return false;
    }
    SortedSet<String> reached = Tally.live(rollout, Tally.reached(rollout));
    draft.go(
        RolloutState.BAKING,
        new Cause.Planned(
            "wave "
                + rollout.wave()
                + ": "
                + Tally.in(rollout, reached, State.SWAPPED).size()
                + " of "
                + reached.size()
                + " swapped"));
    return true;
  }

  static void promotingOverdue(Draft draft) {
    Rollout rollout = draft.rollout();
    if (rollout.writing() == Step.PROMOTE) {
      Return.turnBack(draft, new Cause.NotApplied("the head could not be written in time"));
      return;
    }
    SortedSet<String> waiting = Tally.where(rollout, Tally.reached(rollout), Promotion::isWaiting);
    draft.fail(waiting, "has not swapped in time");
  }

  /** Whether it went on. */
  static boolean baking(Draft draft) {
    if (Return.ifTooManyFailed(draft)) {
      return true;
    }
    Rollout rollout = draft.rollout();
    if (rollout.writing() == Step.COMPLETE
        || !draft.isAfter(Deadlines.bake(rollout))
        || !unheard(draft).isEmpty()) {
      return false;
    }
    Instant confirmBy = rollout.confirmBy();
    if (confirmBy != null && !draft.now().isBefore(confirmBy)) {
      tooLate(draft);
      return true;
    }
    if (rollout.wave() >= rollout.waves().size()) {
      draft.write(Step.COMPLETE);
      return false;
    }
    draft.change(it -> it.wave(rollout.wave() + 1));
    draft.go(
        RolloutState.PROMOTING, new Cause.Planned("wave " + rollout.wave() + " baked, no trouble"));
    draft.write(Step.PROMOTE);
    return true;
  }

  /** A silent watcher is a failure; a confirmation that cannot be written may still be tried. */
  static void bakingOverdue(Draft draft) {
    Rollout rollout = draft.rollout();
    SortedSet<String> silent = unheard(draft);
    if (!silent.isEmpty()) {
      draft.fail(silent, "silent while baking");
      Return.turnBack(draft, new Cause.NodesFailed(silent, "silent while baking"));
      return;
    }
    Instant confirmBy = rollout.confirmBy();
    if (confirmBy == null || !draft.now().isBefore(confirmBy)) {
      tooLate(draft);
      return;
    }
    Instant next = draft.now().plus(rollout.strategy().deadlines().bake());
    draft.change(it -> it.deadline(Deadlines.earlier(next, confirmBy)));
    draft.writeAgain();
  }

  private static void tooLate(Draft draft) {
    Return.turnBack(
        draft, new Cause.Deadline("not confirmed before nodes may have gone back by themselves"));
  }

  /** A node that was told to swap, and has not answered. */
  private static boolean isWaiting(NodeProgress told) {
    return told.state() != State.SWAPPED && told.state() != State.FAILED;
  }

  /**
   * Who has to be heard of while it bakes: the canaries, which report at once; where none is left,
   * everybody. Without time to bake it is enough that they have swapped.
   */
  private static SortedSet<String> unheard(Draft draft) {
    Rollout rollout = draft.rollout();
    if (Deadlines.bake(rollout).isZero()) {
      return new TreeSet<>();
    }
    SortedSet<String> watchers = Tally.in(rollout, rollout.canaries(), State.SWAPPED);
    if (watchers.isEmpty()) {
      watchers = Tally.in(rollout, Tally.reached(rollout), State.SWAPPED);
    }
    return Tally.where(rollout, watchers, it -> !Trial.isHeard(draft, it));
  }
}
