package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.NodeProgress.State;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;

/** Staging and verifying: the candidate is in standby slots, nobody has swapped. */
final class Trial {
  private Trial() {}

  /** Whether it went on. */
  static boolean staging(Draft draft) {
    Rollout rollout = draft.rollout();
    if (Return.ifTooManyFailed(draft)) {
      return true;
    }
    SortedSet<String> canaries = Tally.live(rollout, rollout.canaries());
    if (rollout.writing() != null || isWithoutCanaries(rollout, canaries)) {
      return false;
    }
    if (Tally.in(rollout, canaries, State.READY).size() < canaries.size()) {
      return false;
    }
    SortedSet<String> others =
        Tally.where(rollout, Tally.members(rollout), it -> it.state() != State.FAILED);
    others.removeAll(canaries);
    int ready = Tally.in(rollout, others, State.READY).size();
    if (ready < rollout.strategy().ready().of(others.size())) {
      return false;
    }
    draft.go(
        RolloutState.VERIFYING,
        new Cause.Planned("ready on " + (canaries.size() + ready) + ", canaries " + canaries));
    return true;
  }

  static void stagingOverdue(Draft draft) {
    Rollout rollout = draft.rollout();
    if (rollout.writing() != null) {
      BeforeTheRide.hold(draft, "the head could not be written in time");
      return;
    }
    SortedSet<String> canaries = Tally.live(rollout, rollout.canaries());
    if (isWithoutCanaries(rollout, canaries)) {
      pause(draft, "no canary is left");
      return;
    }
    SortedSet<String> silent =
        Tally.where(rollout, Tally.members(rollout), it -> isUnready(it.state()));
    draft.fail(silent, "not ready in time");
    // What is borne is settled next; with those counted as failed the gate is open or they are
    // too many.
  }

  /** Whether it went on. */
  static boolean verifying(Draft draft) {
    if (Return.ifTooManyFailed(draft)) {
      return true;
    }
    Rollout rollout = draft.rollout();
    SortedSet<String> canaries = Tally.live(rollout, rollout.canaries());
    if (isWithoutCanaries(rollout, canaries)) {
      return false;
    }
    Sample sample = Sample.of(rollout, canaries);
    boolean isEnough =
        sample.judged() == sample.planned() || isEnoughOfSome(draft, canaries, sample);
    if (!isEnough || sample.judged() < sample.needed()) {
      return false;
    }
    draft.change(it -> it.wave(1));
    draft.go(RolloutState.PROMOTING, new Cause.Planned(sample.text()));
    draft.write(Step.PROMOTE);
    return true;
  }

  /**
   * Whether some of the results may do: nothing that has failed waits for its confirmation, and
   * each canary was heard after it had the time for it. What was not heard yet may be the failure.
   */
  private static boolean isEnoughOfSome(Draft draft, SortedSet<String> canaries, Sample sample) {
    Rollout rollout = draft.rollout();
    Instant gate = rollout.since().plus(rollout.strategy().enoughAfter());
    return draft.isAfter(rollout.strategy().enoughAfter())
        && sample.doubtful() == 0
        && canaries.stream()
            .map(canary -> Tally.of(rollout, canary).heardAt())
            .allMatch(heardAt -> heardAt != null && !heardAt.isBefore(gate));
  }

  static void verifyingOverdue(Draft draft) {
    Rollout rollout = draft.rollout();
    SortedSet<String> canaries = Tally.live(rollout, rollout.canaries());
    SortedSet<String> silent = Tally.where(rollout, canaries, it -> isSilent(draft, it));
    if (!silent.isEmpty()) {
      draft.fail(silent, "silent while verifying");
      Return.turnBack(draft, new Cause.NodesFailed(silent, "silent while verifying"));
      return;
    }
    pause(
        draft,
        isWithoutCanaries(rollout, canaries)
            ? "no canary is left"
            : Sample.of(rollout, canaries).text());
  }

  /** Canaries say something every few seconds: one that said nothing for so long stands still. */
  private static boolean isSilent(Draft draft, NodeProgress progress) {
    Duration half = draft.rollout().strategy().deadlines().verify().dividedBy(2);
    return progress.heardAt() == null || progress.heardAt().isBefore(draft.now().minus(half));
  }

  /** Whether it was heard of after the rollout came into its state. */
  static boolean isHeard(Draft draft, NodeProgress progress) {
    return progress.heardAt() != null && progress.heardAt().isAfter(draft.rollout().since());
  }

  /** All canaries were retired; without any the patch would go unproved. */
  private static boolean isWithoutCanaries(Rollout rollout, Collection<String> canaries) {
    return canaries.isEmpty() && !rollout.canaries().isEmpty();
  }

  /** Also one that runs it already, as where the hub was put back: nobody has told it to. */
  private static boolean isUnready(State state) {
    return !Set.of(State.READY, State.FAILED, State.RETIRED).contains(state);
  }

  private static void pause(Draft draft, String evidence) {
    RolloutState from = draft.state();
    draft.change(it -> it.resumeTo(from));
    draft.go(RolloutState.PAUSED, new Cause.Inconclusive(evidence));
    draft.effect(
        new RolloutEffect.Alert(draft.rollout().id() + " is paused, inconclusive: " + evidence));
  }

  /** Results of changed tests on the canaries. */
  private record Sample(int planned, int judged, int doubtful, int needed) {
    static Sample of(Rollout rollout, Collection<String> canaries) {
      int planned = 0;
      int judged = 0;
      int doubtful = 0;
      for (String canary : canaries) {
        planned += Tally.of(rollout, canary).planned();
        judged += Tally.of(rollout, canary).judged();
        doubtful += Tally.of(rollout, canary).doubtful();
      }
      int wanted = rollout.strategy().minimumSample() * rollout.riders().size();
      return new Sample(planned, judged, doubtful, Math.min(wanted, planned));
    }

    String text() {
      return judged
          + " of "
          + planned
          + " results, "
          + needed
          + " needed"
          + (doubtful == 0 ? "" : ", " + doubtful + " in doubt");
    }
  }
}
