package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent.Command;
import dev.jiggety.model.RolloutState;
import java.util.Objects;

/** What operators ask for. A refusal says why; what is so already is done without a word. */
final class Commands {
  private Commands() {}

  static void obey(Draft draft, Command command) {
    switch (command.act()) {
      case APPROVE -> approve(draft, command);
      case DENY -> {
        if (draft.state() == RolloutState.APPROVING) {
          draft.go(RolloutState.REJECTED, cause(command));
        } else {
          refuse(draft, command, "it does not wait for an approval");
        }
      }
      case CANCEL -> cancel(draft, command);
      case PAUSE -> pause(draft, command);
      case RESUME -> resume(draft, command);
      case ABORT, ROLLBACK -> abort(draft, command);
      case RETRY -> retry(draft, command);
      case SKIP -> {
        if (draft.state() == RolloutState.HELD) {
          BeforeTheRide.skip(draft, RolloutState.CANCELLED, cause(command));
        } else {
          refuse(draft, command, "it is not held");
        }
      }
    }
  }

  /** Abort is safe when nothing goes on; a completed rollout goes back by a new patch. */
  static void afterTheEnd(Draft draft, Command command) {
    Rollout rollout = draft.rollout();
    switch (command.act()) {
      case ABORT -> {}
      case ROLLBACK -> {
        if (rollout.state() == RolloutState.COMPLETED) {
          draft.effect(new RolloutEffect.SubmitReverse(rollout.patchIds(), command.by()));
        }
      }
      case APPROVE, DENY, CANCEL, PAUSE, RESUME, RETRY, SKIP ->
          refuse(draft, command, "it has ended: " + rollout.state().label());
    }
  }

  private static void approve(Draft draft, Command command) {
    if (draft.state() != RolloutState.APPROVING) {
      refuse(draft, command, "it does not wait for an approval");
    } else if (Rollouts.authors(draft.rollout()).contains(command.by())) {
      refuse(draft, command, "another person than the author must approve");
    } else if (!draft.isOverdue()) {
      draft.change(it -> it.approvedBy(command.by()));
      draft.go(RolloutState.SUBMITTED, cause(command));
      BeforeTheRide.ask(draft);
    }
  }

  private static void cancel(Draft draft, Command command) {
    switch (draft.state()) {
      case SUBMITTED, APPROVING, QUEUED, CHECKING, HELD ->
          BeforeTheRide.skip(draft, RolloutState.CANCELLED, cause(command));
      default -> refuse(draft, command, "it is on nodes already; abort it");
    }
  }

  private static void abort(Draft draft, Command command) {
    switch (draft.state()) {
      case SUBMITTED, APPROVING, QUEUED, CHECKING, HELD ->
          BeforeTheRide.skip(draft, RolloutState.CANCELLED, cause(command));
      case ROLLING_BACK -> {}
      default -> Return.turnBack(draft, cause(command));
    }
  }

  private static void pause(Draft draft, Command command) {
    RolloutState from = draft.state();
    switch (from) {
      case STAGING, VERIFYING, PROMOTING, BAKING -> {
        Step writing = draft.rollout().writing();
        if (writing == Step.COMPLETE) {
          refuse(draft, command, "it is being confirmed; abort it or let it complete");
          return;
        }
        draft.change(it -> it.resumeTo(from));
        draft.go(RolloutState.PAUSED, cause(command));
        if (draft.rollout().wave() > 0 && writing == null) {
          draft.write(Step.EXTEND);
        }
      }
      case PAUSED -> {}
      default -> refuse(draft, command, "it is " + from.label());
    }
  }

  private static void resume(Draft draft, Command command) {
    if (draft.state() != RolloutState.PAUSED || draft.isOverdue()) {
      refuse(draft, command, "it is not paused");
      return;
    }
    RolloutState to = Objects.requireNonNull(draft.rollout().resumeTo());
    draft.change(it -> it.resumeTo(null));
    draft.go(to, cause(command));
  }

  private static void retry(Draft draft, Command command) {
    if (draft.state() != RolloutState.HELD) {
      refuse(draft, command, "it is not held");
      return;
    }
    draft.go(RolloutState.CHECKING, cause(command));
    BeforeTheRide.ask(draft);
  }

  private static Cause cause(Command command) {
    return new Cause.Operator(command.act(), command.by(), command.reason());
  }

  private static void refuse(Draft draft, Command command, String reason) {
    draft.effect(new RolloutEffect.Refuse(command.act(), reason));
  }
}
