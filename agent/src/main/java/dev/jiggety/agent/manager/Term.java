package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.PatchQueue;
import dev.jiggety.agent.queue.QueueException;
import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.base.Backoff;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One time of being the active manager, from taking over until it is fenced off, told to stop, or
 * in doubt about what it knows. All of it happens on the loop; nothing of it outlives it.
 */
final class Term {
  private static final System.Logger LOG = System.getLogger(Term.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final Context context;
  private final End end;
  private final Parts parts;
  private final Effects effects;
  private final Rounds rounds;
  private final Inbox inbox;
  private Loop.@Nullable Timer retry;
  private int failures;
  private boolean isBegun;

  /** How a term ends by itself. Told on the loop. */
  interface End {
    /** Another manager is active. */
    void fenced(long epoch);

    /** What it knows may not be so; everything has to be read again. */
    void inDoubt(String reason);

    /** Something may have changed. */
    void changed();
  }

  Term(Context context, PatchQueue.Candidacy candidacy, TakeUp.Taken taken, End end) {
    this.context = context;
    this.end = end;
    parts = new Parts(context, candidacy, taken, this::step);
    effects = new Effects(context, parts, this::putIntoLine, this::step);
    rounds = new Rounds(context, parts, this::step);
    inbox = new Inbox(context, () -> step(this::read, this::readAgain));
  }

  InForce inForce() {
    return parts.inForce;
  }

  Ledger ledger() {
    return parts.ledger;
  }

  /**
   * Takes up what there is.
   *
   * @throws HubException when that cannot be done now; another term has to be begun
   */
  void begin(TakeUp.Taken taken) {
    new Opening(context, parts, effects).takeUp(taken);
    isBegun = true;
    inbox.open();
    rounds.begin();
    step(parts.tidings::tell);
  }

  /** Ends it; what it had begun is left as it is. */
  void close() {
    inbox.close();
    effects.close();
  }

  /** A message from the queue has come. */
  void delivered(QueuedPatch message) {
    step(() -> parts.applier.delivered(message), () -> delivered(message));
  }

  /** Runs something, and then whatever that asks for. */
  void step(Runnable body) {
    step(body, () -> {});
  }

  /**
   * @param again what to do later where the hub cannot be asked
   */
  private void step(Runnable body, Runnable again) {
    if (context.over().getAsBoolean()) {
      return;
    }
    try {
      try {
        body.run();
      } catch (HubException e) {
        away(e.getMessage());
        context.loop().at(context.now().plus(RETRY.delay(2, context.random())), again);
      }
      if (isBegun) {
        settle();
      }
      end.changed();
    } catch (OverException e) {
      LOG.log(System.Logger.Level.DEBUG, e.getMessage());
    } catch (FencedException e) {
      end.fenced(e.epoch());
    } catch (StaleException e) {
      end.inDoubt(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a step of the patch manager failed", e);
      end.inDoubt("a step failed: " + e);
    }
  }

  /** Stores, does and begins until there is nothing left to be done now. */
  private void settle() {
    try {
      do {
        putIntoLine();
        parts.ledger.store();
        work();
        confirm();
      } while (parts.applier.next());
      parts.ledger.store();
      work();
      parts.ledger.storeReports();
      failures = 0;
      context.notices().fine("the hub");
      if (!parts.places.isIdle()) {
        context.loop().post(() -> step(() -> {}));
      }
    } catch (HubException e) {
      away(e.getMessage());
    }
  }

  private void away(@Nullable String reason) {
    context.notices().trouble("the hub", reason == null ? "the hub cannot be asked" : reason);
    settleLater();
  }

  private void settleLater() {
    if (retry == null) {
      Duration wait = RETRY.delay(failures++, context.random());
      retry = context.loop().at(context.now().plus(wait), this::settleAgain);
    }
  }

  private void settleAgain() {
    retry = null;
    step(() -> {});
  }

  private void putIntoLine() {
    try {
      parts.places.flush(parts.inForce.head().seq());
      context.notices().fine("the queue");
    } catch (QueueException e) {
      context.notices().trouble("the queue", String.valueOf(e.getMessage()));
      settleLater();
    }
  }

  private void confirm() {
    if (parts.inForce.isConfirming()) {
      try {
        parts.inForce.confirm();
        parts.ledger.release();
        context.notices().fine("confirming");
      } catch (HubException | HeldException e) {
        context.notices().trouble("confirming", "not confirmed yet: " + e.getMessage());
        away(e.getMessage());
      }
    }
  }

  private void work() {
    for (var todo = parts.ledger.next(); todo.isPresent(); todo = parts.ledger.next()) {
      Ledger.Todo now = todo.get();
      try {
        switch (now) {
          case Ledger.Todo.Effect effect -> effects.carryOut(effect.rollout(), effect.effect());
          case Ledger.Todo.Later later -> later.work().run(later.rollout());
          case Ledger.Todo.Ended ended -> effects.ended(ended.rollout());
        }
      } catch (HubException e) {
        parts.ledger.putBack(now);
        throw e;
      }
      parts.ledger.store();
    }
  }

  private void read() {
    parts.roster.heard(inbox.nodes(), context.now());
    parts.tidings.tell();
    inbox.commands(parts.orders::obey);
    inbox.patches(parts.intake::take);
  }

  private void readAgain() {
    inbox.again();
  }
}
