package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.HeadChange.Step;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A rollout in the course of one event: the value so far, and the effects so far. */
final class Draft {
  private final Instant now;
  private final List<RolloutEffect> effects = new ArrayList<>();
  private Rollout rollout;

  Draft(Rollout rollout, Instant now) {
    this.rollout = rollout;
    this.now = now.truncatedTo(ChronoUnit.MILLIS); // as documents keep it
  }

  Rollout rollout() {
    return rollout;
  }

  RolloutState state() {
    return rollout.state();
  }

  Instant now() {
    return now;
  }

  List<RolloutEffect> effects() {
    return effects;
  }

  void effect(RolloutEffect effect) {
    effects.add(effect);
  }

  void change(UnaryOperator<Rollout.Builder> change) {
    rollout = change.apply(rollout.toBuilder()).build();
  }

  /** Goes to a state, with its deadline, its line in the story and in the audit log. */
  void go(RolloutState to, Cause cause) {
    RolloutState from = rollout.state();
    Rollout.Transition transition =
        new Rollout.Transition(now, from, to, cause, rollout.release(), rollout.epoch());
    List<Rollout.Transition> story = new ArrayList<>(rollout.transitions());
    story.add(transition);
    change(it -> it.state(to, now).attempts(0).transitions(story));
    change(it -> it.deadline(Deadlines.of(rollout, now)));
    if (from == RolloutState.HELD) {
      effect(new RolloutEffect.ReleaseQueue());
    }
    effect(new RolloutEffect.Audit(transition));
    if (to.isTerminal()) {
      change(it -> it.writing(null).confirmBy(null).resumeTo(null));
      ended();
    }
  }

  /** What an end asks for; asked again when the rollout is taken up at its end. */
  void ended() {
    if (!rollout.again().isEmpty()) {
      effect(new RolloutEffect.RideAgain(rollout.again()));
    }
    if (rollout.state() != RolloutState.JOINED && rollout.seq() > 0) {
      effect(new RolloutEffect.Acknowledge(rollout.patchIds()));
    }
  }

  /** Wants a change of the head; replaces one that is not confirmed yet. */
  void write(Step step) {
    change(it -> it.writing(step).attempts(0));
    writeAgain();
  }

  /** Asks once more for the change that is not confirmed yet. */
  void writeAgain() {
    Step step = rollout.writing();
    if (step != null) {
      effect(new RolloutEffect.WriteHead(HeadChanges.of(rollout, step), rollout.attempts()));
    }
  }

  /** Marks nodes as failed that have not come where they should be. */
  void fail(Collection<String> nodes, String error) {
    SortedMap<String, NodeProgress> all = new TreeMap<>(rollout.progress());
    nodes.forEach(
        node -> all.computeIfPresent(node, (_, was) -> was.in(NodeProgress.State.FAILED, error)));
    change(it -> it.progress(all));
  }

  boolean isAfter(Duration time) {
    return !now.isBefore(rollout.since().plus(time));
  }

  boolean isOverdue() {
    Instant deadline = rollout.deadline();
    return deadline != null && !now.isBefore(deadline);
  }
}
