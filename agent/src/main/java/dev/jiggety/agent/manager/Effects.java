package dev.jiggety.agent.manager;

import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.rules.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Does what rollouts ask for, once they are stored. */
final class Effects {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Context context;
  private final Parts parts;
  private final Runnable line;
  private final Consumer<Runnable> step;
  private final Map<String, Wake> wakes = new HashMap<>();

  /** When a rollout wants to be looked at, and the timer for that. */
  private record Wake(Instant time, Loop.Timer timer) {}

  /**
   * Nothing is asked for yet.
   *
   * @param line puts what wants a place onto the queue
   * @param step runs something as a step of the manager
   */
  Effects(Context context, Parts parts, Runnable line, Consumer<Runnable> step) {
    this.context = context;
    this.parts = parts;
    this.line = line;
    this.step = step;
  }

  /** Does what a rollout that is stored asks for. */
  void carryOut(Rollout rollout, RolloutEffect effect) {
    switch (effect) {
      case RolloutEffect.Enqueue enqueue -> {
        parts.places.want(enqueue.patchId());
        line.run();
      }
      case RolloutEffect.AskApproval ask ->
          context
              .notices()
              .info(
                  "%s waits for the approval of another person than %s"
                      .formatted(rollout.id(), String.join(", ", ask.notBy())));
      case RolloutEffect.Check _ -> parts.checks.check(rollout);
      case RolloutEffect.WriteHead write -> {
        boolean wasInDoubt = parts.writer.isInDoubt();
        parts.writer.write(rollout, write);
        if (wasInDoubt && !parts.writer.isInDoubt()) {
          parts.tidings.tell();
        }
      }
      case RolloutEffect.WakeAt wake -> wakeAt(rollout.id(), wake.time());
      case RolloutEffect.HoldQueue hold -> {
        context.notices().trouble("the queue of patches", "it is held: " + hold.reason());
        parts.mender.held(rollout.id());
      }
      case RolloutEffect.ReleaseQueue _ -> context.notices().fine("the queue of patches");
      case RolloutEffect.Acknowledge done -> parts.applier.acknowledge(done.patchIds());
      case RolloutEffect.RideAgain again -> rideAgain(rollout, again.groups());
      case RolloutEffect.Quarantine quarantine -> parts.roster.quarantine(quarantine.nodes());
      case RolloutEffect.Alert alert -> context.notices().alert(context.now(), alert.text());
      case RolloutEffect.Audit audit -> {
        parts.trail.transition(rollout, audit.transition());
        parts.intake.settled(rollout);
      }
      case RolloutEffect.SubmitReverse _, RolloutEffect.Refuse _ -> {} // the answer says it
      case RolloutEffect.StandDown down -> throw new FencedException(down.epoch());
    }
  }

  /** A rollout is over, and stored. */
  void ended(Rollout rollout) {
    context.notices().ended(rollout);
    Wake wake = wakes.remove(rollout.id());
    if (wake != null) {
      wake.timer().cancel();
    }
  }

  /** Groups of a ride that failed get their records at once, so that none is forgotten. */
  void rideAgain(Rollout failed, List<List<String>> groups) {
    for (List<String> group : groups) {
      Rollouts.Step next = Rollouts.startAgain(failed, group, parts.inForce.epoch(), context.now());
      String id = next.rollout().id();
      if (parts.ledger.find(id).isEmpty() && context.ports().board().rollout(id).isEmpty()) {
        parts.ledger.begin(next);
      }
    }
    parts.ledger.store();
  }

  private void wakeAt(String rolloutId, Instant time) {
    Wake before = wakes.remove(rolloutId);
    if (before != null) {
      before.timer().cancel();
    }
    // Asked for a time that it was woken at already: whatever that is, the rest must not starve.
    boolean isAgain = before != null && before.time().equals(time) && !context.now().isBefore(time);
    Instant soonest = isAgain ? context.now().plus(AGAIN) : time;
    wakes.put(
        rolloutId,
        new Wake(time, context.loop().at(soonest, () -> step.accept(() -> wake(rolloutId)))));
  }

  private void wake(String rolloutId) {
    parts.ledger.apply(rolloutId, new RolloutEvent.TimePassed());
  }

  /** Wakes nobody any more. */
  void close() {
    wakes.values().forEach(wake -> wake.timer().cancel());
    wakes.clear();
  }
}
