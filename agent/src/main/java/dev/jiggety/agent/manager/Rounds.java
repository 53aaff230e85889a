package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.QueueException;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.function.Consumer;

/** What has to be looked at once in a while though nobody asks for it. */
final class Rounds {
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final Duration NODES_ASKED = Duration.ofSeconds(30);
  private static final Duration MENDED = Duration.ofSeconds(10);
  private static final Duration RENEW_AGAIN = Duration.ofMinutes(1);

  private final Context context;
  private final Parts parts;
  private final Consumer<Runnable> step;
  private Instant nodesAsked;
  private Instant mended;

  /**
   * The nodes were asked just now.
   *
   * @param step runs something as a step of the manager
   */
  Rounds(Context context, Parts parts, Consumer<Runnable> step) {
    this.context = context;
    this.parts = parts;
    this.step = step;
    nodesAsked = context.now();
    mended = nodesAsked;
  }

  /** Begins with them. */
  void begin() {
    tick();
    renew();
  }

  private void tick() {
    context.loop().at(context.now().plus(TICK), () -> step.accept(this::ticked));
  }

  private void ticked() {
    tick();
    parts.tidings.tell();
    for (QueuedPatch missing : parts.applier.missing()) {
      putAgain(missing);
    }
    if (!context.now().isBefore(mended.plus(MENDED)) && !parts.inForce.isConfirming()) {
      mended = context.now();
      mend();
    }
    Rollout underWay = parts.ledger.underWay().orElse(null);
    if (underWay != null && !context.now().isBefore(nodesAsked.plus(NODES_ASKED))) {
      nodesAsked = context.now();
      SortedSet<String> gone = parts.roster.all(context.ports().fleet().nodes(), context.now());
      if (!gone.isEmpty()) {
        parts.ledger.apply(underWay.id(), new RolloutEvent.Retired(gone));
      }
    }
  }

  /** After two hubs could not hear each other, what they made of one document is two things. */
  private void mend() {
    try {
      context.mustBeActive();
      if (context.ports().config().mend(parts.inForce.confirmed())) {
        parts.writer.renew();
      }
      context.notices().fine("mending");
    } catch (HubException | HeldException e) {
      context.notices().trouble("mending", String.valueOf(e.getMessage()));
    }
  }

  private void putAgain(QueuedPatch missing) {
    try {
      context.mustBeActive();
      context.ports().queue().put(missing);
    } catch (QueueException e) {
      context.notices().trouble("the queue", String.valueOf(e.getMessage()));
    }
  }

  /** The head must not expire while nothing is carried out. */
  private void renew() {
    Instant next = halfLife();
    if (!context.now().isBefore(next)) {
      try {
        parts.writer.renew();
        context.notices().fine("renewing the head");
        next = halfLife();
      } catch (HubException | HeldException e) {
        context.notices().trouble("renewing the head", String.valueOf(e.getMessage()));
        next = context.now().plus(RENEW_AGAIN);
      }
    }
    context.loop().at(next, () -> step.accept(this::renew));
  }

  private Instant halfLife() {
    return parts.inForce.head().expires().minus(HeadWriter.LIFETIME.dividedBy(2));
  }
}
