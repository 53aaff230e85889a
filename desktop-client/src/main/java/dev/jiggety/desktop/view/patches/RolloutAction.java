package dev.jiggety.desktop.view.patches;

import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.Rollout;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that an operator can ask for now.
 *
 * @param act what
 * @param isFinal whether it cannot be undone, so that it is asked once more
 * @param isPossible whether this operator may
 */
public record RolloutAction(Act act, boolean isFinal, boolean isPossible) {

  /** The key of the word on its button. */
  String word() {
    return "action." + act.label();
  }

  /** The key of the question before it. */
  String question() {
    return word() + ".question";
  }

  /** The key of what follows from it; of why it cannot be asked for where that is so. */
  String consequence() {
    return word() + (isPossible ? ".consequence" : ".not");
  }

  /**
   * All of them, the most likely first.
   *
   * @param me the operator's name; empty without a key
   */
  static List<RolloutAction> of(Rollout rollout, String me) {
    List<RolloutAction> actions = new ArrayList<>();
    boolean can = !me.isEmpty();
    switch (rollout.state()) {
      case APPROVING -> {
        boolean second =
            can && rollout.riders().stream().noneMatch(rider -> rider.author().equals(me));
        actions.add(new RolloutAction(Act.APPROVE, false, second));
        actions.add(new RolloutAction(Act.DENY, true, second));
        actions.add(cancel(can));
      }
      case SUBMITTED, QUEUED, CHECKING -> actions.add(cancel(can));
      case HELD -> {
        actions.add(new RolloutAction(Act.RETRY, false, can));
        actions.add(new RolloutAction(Act.SKIP, true, can));
      }
      case STAGING, VERIFYING, PROMOTING, BAKING -> {
        actions.add(new RolloutAction(Act.PAUSE, false, can));
        actions.add(abort(can));
      }
      case PAUSED -> {
        actions.add(new RolloutAction(Act.RESUME, false, can));
        actions.add(abort(can));
      }
      case COMPLETED -> actions.add(new RolloutAction(Act.ROLLBACK, false, can));
      case ROLLING_BACK,
          REJECTED,
          CANCELLED,
          EXPIRED,
          JOINED,
          ROLLED_BACK,
          ROLLBACK_INCOMPLETE -> {}
    }
    return List.copyOf(actions);
  }

  private static RolloutAction cancel(boolean can) {
    return new RolloutAction(Act.CANCEL, true, can);
  }

  private static RolloutAction abort(boolean can) {
    return new RolloutAction(Act.ABORT, true, can);
  }
}
