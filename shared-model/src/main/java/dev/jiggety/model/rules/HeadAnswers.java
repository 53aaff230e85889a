package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.time.Instant;

/** What came of writing the head. Answers to a change that is not wanted any more say nothing. */
final class HeadAnswers {
  private HeadAnswers() {}

  static void written(Draft draft, RolloutEvent.HeadWritten written) {
    Rollout rollout = draft.rollout();
    Step step = written.step();
    if (rollout.writing() != step || !isWhatIsWanted(rollout, written)) {
      return;
    }
    draft.change(it -> it.writing(null).attempts(0).release(written.head().release()));
    switch (step) {
      case STAGE, TURN_BACK -> restartDeadline(draft);
      case PROMOTE -> {
        confirmBy(draft, RolloutState.PROMOTING, Deadlines.confirmWithin(rollout));
        if (draft.state() == RolloutState.PAUSED) {
          draft.write(Step.EXTEND); // the pause came before the wave was heard of
        }
        restartDeadline(draft);
      }
      case EXTEND -> confirmBy(draft, RolloutState.PAUSED, Deadlines.confirmWithinPause(rollout));
      case COMPLETE ->
          draft.go(
              RolloutState.COMPLETED,
              new Cause.Planned("confirmed as release " + written.head().release()));
      case TAKE_OVER, RENEW -> {}
    }
  }

  /** A late answer must not be taken for that to another try or to another wave. */
  private static boolean isWhatIsWanted(Rollout rollout, RolloutEvent.HeadWritten written) {
    Head head = written.head();
    Generation candidate = head.candidate();
    Head.Reach reach = head.reach();
    boolean isTried = candidate != null && candidate.ride().equals(rollout.id());
    boolean isInForce = head.active().ride().equals(rollout.id());
    return switch (written.step()) {
      case STAGE ->
          isTried
              && candidate != null
              && candidate.digest().equals(rollout.digest())
              && reach != null
              && reach.nodes().equals(rollout.canaries());
      case PROMOTE -> isInForce && reach != null && reach.wave() == rollout.wave();
      case EXTEND, COMPLETE -> isInForce;
      case TURN_BACK -> !isTried && !isInForce;
      case TAKE_OVER, RENEW -> false;
    };
  }

  /** A state that waits for nodes begins when they can know of it; a pause is not prolonged. */
  private static void restartDeadline(Draft draft) {
    if (draft.state() != RolloutState.PAUSED) {
      draft.change(it -> it.deadline(Deadlines.of(draft.rollout(), draft.now())));
    }
  }

  /** Counted from the decision, so that it errs on the safe side however long writing took. */
  private static void confirmBy(Draft draft, RolloutState decided, Duration within) {
    Instant when =
        draft.rollout().transitions().reversed().stream()
            .filter(it -> it.to() == decided && it.from() != RolloutState.PAUSED)
            .map(Rollout.Transition::at)
            .findFirst()
            .orElse(draft.rollout().since());
    draft.change(it -> it.confirmBy(Deadlines.confirmBy(when, within)));
  }

  static void failed(Draft draft, RolloutEvent.HeadFailed failed) {
    Rollout rollout = draft.rollout();
    if (rollout.writing() != failed.step()) {
      return;
    }
    int attempts = rollout.attempts() + 1;
    boolean isStaging = rollout.state() == RolloutState.STAGING;
    if (isStaging && attempts >= rollout.strategy().thresholds().attempts()) {
      BeforeTheRide.hold(draft, failed.error());
      return;
    }
    draft.change(it -> it.attempts(attempts));
    draft.writeAgain();
  }

  static void refused(Draft draft, RolloutEvent.HeadRefused refused) {
    Rollout rollout = draft.rollout();
    if (rollout.writing() != refused.step()) {
      return;
    }
    switch (refused.step()) {
      case STAGE -> checkAnew(draft, refused.error());
      case PROMOTE, EXTEND, COMPLETE ->
          Return.turnBack(draft, new Cause.NotApplied(refused.error()));
      case TURN_BACK -> {
        draft.change(it -> it.attempts(rollout.attempts() + 1));
        draft.effect(
            new RolloutEffect.Alert(rollout.id() + " is not turned back: " + refused.error()));
        draft.writeAgain();
      }
      case TAKE_OVER, RENEW -> {}
    }
  }

  /** What is in force has changed under it: checked against that, but not for ever. */
  private static void checkAnew(Draft draft, String error) {
    Rollout rollout = draft.rollout();
    long before =
        rollout.transitions().stream()
            .filter(
                step -> step.from() == RolloutState.STAGING && step.to() == RolloutState.CHECKING)
            .count();
    if (rollout.state() != RolloutState.STAGING
        || before + 1 >= rollout.strategy().thresholds().attempts()) {
      BeforeTheRide.hold(draft, error);
      return;
    }
    draft.change(it -> it.writing(null));
    draft.go(RolloutState.CHECKING, new Cause.NotApplied(error));
    BeforeTheRide.ask(draft);
  }
}
