package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.NodeProgress.State;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutState;
import java.util.SortedSet;

/** Turning back, from wherever it is. */
final class Return {
  private Return() {}

  static void turnBack(Draft draft, Cause cause) {
    draft.change(it -> it.resumeTo(null).confirmBy(null));
    draft.go(RolloutState.ROLLING_BACK, cause);
    draft.write(Step.TURN_BACK);
  }

  /** Turns back when more nodes fail than are borne; whether it did. */
  static boolean ifTooManyFailed(Draft draft) {
    SortedSet<String> failed = Tally.tooManyFailed(draft.rollout());
    if (failed.isEmpty()) {
      return false;
    }
    String error = Tally.of(draft.rollout(), failed.first()).error();
    turnBack(draft, new Cause.NodesFailed(failed, error == null ? "failed" : error));
    return true;
  }

  /** Whether everybody is back. */
  static boolean back(Draft draft) {
    Rollout rollout = draft.rollout();
    if (rollout.writing() != null || !astray(rollout).isEmpty()) {
      return false;
    }
    end(
        draft,
        RolloutState.ROLLED_BACK,
        new Cause.Planned(Tally.touched(rollout).size() + " nodes are back"));
    return true;
  }

  /**
   * As long as the head does not say so, nothing is turned back: then that is tried on. Nodes that
   * hear no confirmation meanwhile go back by themselves.
   */
  static void overdue(Draft draft) {
    Rollout rollout = draft.rollout();
    if (rollout.writing() != null) {
      draft.change(it -> it.deadline(Deadlines.of(rollout, draft.now())));
      draft.effect(new RolloutEffect.Alert(rollout.id() + " cannot be turned back on the head"));
      draft.writeAgain();
      return;
    }
    SortedSet<String> astray = astray(rollout);
    end(draft, RolloutState.ROLLBACK_INCOMPLETE, new Cause.NodesFailed(astray, "not back in time"));
    quarantine(draft);
    draft.effect(
        new RolloutEffect.Alert(
            rollout.id() + " is not turned back on " + String.join(", ", astray)));
  }

  /** Names the nodes that are not back, where there are any. */
  static void quarantine(Draft draft) {
    if (draft.state() == RolloutState.ROLLBACK_INCOMPLETE) {
      draft.effect(new RolloutEffect.Quarantine(astray(draft.rollout())));
    }
  }

  private static SortedSet<String> astray(Rollout rollout) {
    return Tally.where(rollout, Tally.touched(rollout), it -> it.state() != State.REVERTED);
  }

  private static void end(Draft draft, RolloutState end, Cause cause) {
    draft.change(it -> it.again(Rides.again(draft.rollout())));
    draft.go(end, cause);
  }
}
