package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.Candidate;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEffect;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.Signatures;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head, one change at a time: reads it, asks the rules what comes next, signs that and
 * swaps it in. What became of a write whose answer was lost is seen by reading again.
 */
final class HeadWriter {
  static final Duration LIFETIME = Duration.ofHours(24);

  /** While the hub is away for a moment that is no failure yet: about three seconds. */
  private static final int QUIET_TRIES = 5;

  private static final Backoff QUIET = new Backoff(Duration.ofMillis(150), Duration.ofSeconds(2));
  private static final Backoff BETWEEN = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
  private static final int SWAPS = 5;
  private static final Duration LONGEST_SPREAD = Duration.ofSeconds(5);

  private final Context context;
  private final InForce inForce;
  private final Ledger ledger;
  private final Patches patches;
  private final IntSupplier nodes;
  private final Consumer<Runnable> step;
  private Loop.@Nullable Timer timer;
  private int quiet;
  private boolean inDoubt;

  /**
   * @param nodes how many nodes there are
   * @param step runs something as a step of the manager
   */
  HeadWriter(
      Context context,
      InForce inForce,
      Ledger ledger,
      Patches patches,
      IntSupplier nodes,
      Consumer<Runnable> step) {
    this.context = context;
    this.inForce = inForce;
    this.ledger = ledger;
    this.patches = patches;
    this.nodes = nodes;
    this.step = step;
  }

  /** What every head says: how long it is believed and over how long reports are spread. */
  static Heads.Terms terms(int nodes) {
    Duration spread = Duration.ofMillis(5L * nodes);
    return new Heads.Terms(
        LIFETIME, spread.compareTo(LONGEST_SPREAD) > 0 ? LONGEST_SPREAD : spread);
  }

  /** Whether a write may have been done of which nothing is known: nodes may know more. */
  boolean isInDoubt() {
    return inDoubt;
  }

  /** A rollout wants this change; replaces what it wanted before. */
  void write(Rollout rollout, RolloutEffect.WriteHead wanted) {
    quiet = 0;
    cancel();
    if (wanted.attempt() == 0) {
      attempt(rollout.id(), wanted.change());
    } else {
      later(BETWEEN.delay(wanted.attempt() - 1, context.random()), rollout.id(), wanted.change());
    }
  }

  private void later(Duration delay, String ride, HeadChange change) {
    timer =
        context
            .loop()
            .at(context.now().plus(delay), () -> step.accept(() -> attempt(ride, change)));
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void attempt(String ride, HeadChange change) {
    HeadChange.Step wanted = ledger.find(ride).map(Rollout::writing).orElse(null);
    if (wanted != change.step()) {
      inDoubt = false; // the next change finds out what stands there
      return;
    }
    try {
      ledger.apply(ride, outcome(change));
      context.notices().fine("writing the head");
      ledger
          .find(ride)
          .filter(it -> it.state() == RolloutState.COMPLETED)
          .filter(inForce::completed)
          .ifPresent(it -> ledger.holdBack(it.id()));
    } catch (HubException e) {
      if (e.kind() == HubException.Kind.UNAVAILABLE && quiet < QUIET_TRIES) {
        later(QUIET.delay(quiet++, context.random()), ride, change);
        return;
      }
      failed(ride, change, e.getMessage());
    } catch (HeldException e) {
      failed(ride, change, e.getMessage());
    }
  }

  private void failed(String ride, HeadChange change, @Nullable String error) {
    String text = error == null ? "the head cannot be written" : error;
    context.notices().trouble("writing the head", text);
    ledger.apply(ride, new RolloutEvent.HeadFailed(change.step(), text));
  }

  private RolloutEvent outcome(HeadChange change) {
    Heads.Outcome outcome = swap(change);
    inDoubt = false;
    return switch (outcome) {
      case Heads.Write written -> new RolloutEvent.HeadWritten(change.step(), written.head());
      case Heads.AlreadySo so -> new RolloutEvent.HeadWritten(change.step(), so.head());
      case Heads.Refused refused ->
          refused.why() == Heads.Refusal.CONFLICTING
              ? new RolloutEvent.HeadFailed(change.step(), refused.text())
              : new RolloutEvent.HeadRefused(change.step(), refused.text());
    };
  }

  /** Says the same once more, so that it does not expire. */
  void renew() {
    swap(new HeadChange.Renew());
  }

  /**
   * Tries until the head is changed, or must not be.
   *
   * @throws FencedException when another manager is active
   */
  private Heads.Outcome swap(HeadChange change) {
    for (int i = 0; i < SWAPS; i++) {
      ConfigBoard.FoundHead found = context.ports().config().head();
      JsonObject document = found.document();
      if (document == null) {
        throw new HeldException("the head is gone from the hub; restore it from a backup");
      }
      Fences.check(found, inForce.epoch());
      Head head = Fences.believed(document, inForce.trust());
      if (Heads.stay(head.epoch()) == Heads.stay(inForce.head().epoch())
          && head.version() < inForce.head().version()
          && !found.conflicting()) {
        throw new HeldException(
            "the head on the hub is %d, but it was %d already: the hub was put back, maybe from a backup; to go on from there, start this manager once with --accept-older-head %d"
                .formatted(head.version(), inForce.head().version(), head.version()));
      }
      inForce.head(head);
      Heads.Outcome outcome =
          Heads.next(
              head,
              found.conflicting(),
              change,
              inForce.epoch(),
              context.now(),
              terms(nodes.getAsInt()));
      switch (outcome) {
        case Heads.Write write -> {
          if (written(found, change, write.head())) {
            inForce.head(write.head());
            return outcome;
          }
        }
        case Heads.AlreadySo _, Heads.Refused _ -> {
          return outcome;
        }
      }
    }
    throw new HeldException("somebody else writes the head all the time");
  }

  private boolean written(ConfigBoard.FoundHead found, HeadChange change, Head next) {
    if (change instanceof HeadChange.Stage stage) {
      Rollout rollout = ledger.find(stage.ride()).orElseThrow();
      context.mustBeActive();
      context
          .ports()
          .config()
          .candidate(new Candidate(stage.ride(), patches.documents(rollout.patchIds())));
    }
    JsonObject signed = Signatures.sign(HeadDocument.TYPE.write(next), context.key());
    context.mustBeActive();
    inDoubt = true;
    return context.ports().config().swap(signed, found);
  }
}
