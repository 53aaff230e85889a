package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replicates for as long as it is open: what changes at the source is at the target moments later,
 * or as soon as the line is there again. Being offline for a week is normal: it is logged once when
 * it begins and once when it ends. The loop runs on a virtual thread of its own and cannot die; all
 * methods may be called from any thread.
 */
public final class ContinuousReplication implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ContinuousReplication.class.getName());
  private static final Duration POLITE_END = Duration.ofSeconds(2);
  private static final Duration LAST_END = Duration.ofSeconds(5);

  /** Longest pause after answers that came at once and brought nothing. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private final String name;
  private final Replicator replicator;
  private final BooleanSupplier onMissingTarget;
  private final Pause pause;
  private final CopyOnWriteArrayList<Consumer<ReplicationState>> listeners =
      new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile ReplicationState state;
  private volatile boolean closing;
  private @Nullable ReplicationSession session;
  private boolean fresh;
  private boolean awayTold;
  private Instant nextVerify;
  private volatile Instant nextQuarantineRetry = Instant.MIN;
  private int failures;
  private int emptyAnswers;

  /** How the loop waits; another one in tests. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * Makes a replication that does not run yet.
   *
   * @param name for logs and people: {@code results → hub}
   * @param onMissingTarget called when the target database does not exist; makes it if that is ours
   *     to do, and says whether it did
   */
  public ContinuousReplication(
      String name, Replicator replicator, BooleanSupplier onMissingTarget) {
    this(name, replicator, onMissingTarget, Thread::sleep);
  }

  ContinuousReplication(
      String name, Replicator replicator, BooleanSupplier onMissingTarget, Pause pause) {
    this.name = name;
    this.replicator = replicator;
    this.onMissingTarget = onMissingTarget;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("replication " + name).unstarted(this::loop);
    var now = replicator.clock().instant();
    this.nextVerify = now;
    this.state =
        new ReplicationState(
            name,
            false,
            now,
            "not connected yet",
            Optional.empty(),
            Checkpoint.START,
            -1,
            replicator.quarantine().count(),
            0,
            0);
  }

  /** Starts the loop; once only. */
  public ContinuousReplication start() {
    thread.start();
    return this;
  }

  /** What it is doing. */
  public ReplicationState state() {
    return state;
  }

  /** What was put aside. */
  public Quarantine quarantine() {
    return replicator.quarantine();
  }

  /**
   * Tries what was put aside again when the present request for changes ends: in a minute or so.
   */
  public void retryQuarantined() {
    nextQuarantineRetry = Instant.MIN;
  }

  /**
   * Tells the listener whenever the connection comes or goes. It is called on the thread that
   * replicates, so it should be quick; what it throws is logged.
   */
  public Subscription subscribe(Consumer<ReplicationState> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * Ends the loop: cuts what it waits for, lets it write a last checkpoint if that goes quickly,
   * and returns when it is over, after seven seconds at most.
   */
  @Override
  public void close() {
    closing = true;
    var interrupted = false;
    for (var patience : new Duration[] {POLITE_END, LAST_END}) {
      thread.interrupt();
      try {
        if (thread.getState() == Thread.State.NEW || thread.join(patience)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closing) {
      try {
        var delay = safeTurn();
        if (!closing && delay.isPositive()) {
          pause.sleep(delay);
        }
      } catch (InterruptedException e) {
        // Only close() interrupts; if something else did, the loop goes on.
      }
    }
    var last = session;
    if (last != null) {
      Thread.interrupted();
      try {
        last.checkpoint();
      } catch (PeerException e) {
        LOG.log(Level.DEBUG, "{0}: no last checkpoint: {1}", name, e.getMessage());
      }
    }
  }

  private Duration safeTurn() throws InterruptedException {
    try {
      return turn();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, name + ": the loop goes on after an error", e);
      drop();
      return replicator.options().backoff().cap();
    }
  }

  /** One turn of the loop; returns how long to wait before the next. */
  Duration turn() throws InterruptedException {
    try {
      var current = session;
      if (current == null) {
        current = replicator.open();
        session = current;
        fresh = true;
        nextVerify = replicator.clock().instant().plus(replicator.options().times().verify());
      }
      retryQuarantinedIfDue();
      return advance(current);
    } catch (PeerException e) {
      drop();
      return failed(e);
    } catch (InterruptedException e) {
      drop();
      throw e;
    } catch (RuntimeException e) {
      drop();
      if (!closing && failures == 0) {
        LOG.log(Level.ERROR, name + ": unexpected error", e);
      }
      return failed(new PeerException(PeerException.Kind.UNAVAILABLE, name, e.toString()));
    }
  }

  /** After any failure a new session; at the end the old one is kept for its last checkpoint. */
  private void drop() {
    if (!closing) {
      session = null;
    }
  }

  private Duration advance(ReplicationSession current) throws InterruptedException {
    var clock = replicator.clock();
    var asked = clock.instant();
    // The first look does not wait: it shows that the line is there.
    var wait = fresh ? Duration.ZERO : waitFor(current);
    fresh = false;
    var before = current.seq();
    current.pass(wait, () -> succeeded(current));
    failures = 0;
    var now = clock.instant();
    if (!current.seq().equals(before)) {
      emptyAnswers = 0;
      return Duration.ZERO;
    }
    if (current.dirty() && current.untilCheckpoint().isZero()) {
      current.checkpoint();
    }
    if (!now.isBefore(nextVerify)) {
      nextVerify = now.plus(replicator.options().times().verify());
      current.verify();
    }
    return calm(Duration.between(asked, now), wait);
  }

  /** A server that does not wait though asked to must not make this loop spin. */
  private Duration calm(Duration took, Duration wait) {
    emptyAnswers =
        wait.isPositive() && took.compareTo(wait.dividedBy(10)) < 0 ? emptyAnswers + 1 : 0;
    if (emptyAnswers < 3) {
      return Duration.ZERO;
    }
    var delay = replicator.options().backoff().delay(emptyAnswers - 3, replicator.random());
    return delay.compareTo(CALM) < 0 ? delay : CALM;
  }

  private Duration waitFor(ReplicationSession current) {
    var longest = replicator.options().times().patience().toMillis();
    var wait = longest - replicator.random().nextLong(longest / 3 + 1);
    if (current.dirty()) {
      wait = Math.min(wait, current.untilCheckpoint().toMillis());
    }
    return Duration.ofMillis(Math.max(1, wait));
  }

  private void retryQuarantinedIfDue() {
    var now = replicator.clock().instant();
    if (replicator.quarantine().count() > 0 && !now.isBefore(nextQuarantineRetry)) {
      nextQuarantineRetry = now.plus(replicator.options().times().quarantine());
      replicator.retryQuarantined();
    }
  }

  private void succeeded(ReplicationSession current) {
    var now = replicator.clock().instant();
    var was = state;
    if (!current.seq().equals(was.seq())) {
      failures = 0;
    }
    state =
        was.up(now)
            .progress(
                now,
                current.seq(),
                current.pending(),
                replicator.quarantine().count(),
                replicator.written());
    if (!was.connected()) {
      awayTold = false;
      LOG.log(Level.INFO, "{0}: connected", name);
      tell();
    }
  }

  private Duration failed(PeerException failure) {
    if (closing) {
      return Duration.ZERO;
    }
    var options = replicator.options();
    var attempt = failures++;
    var again =
        switch (failure.kind()) {
          case RECREATED, CONFLICT -> attempt == 0;
          case MISSING ->
              failure.peer().equals(replicator.target().identity())
                  && onMissingTarget.getAsBoolean()
                  && attempt == 0;
          case UNAVAILABLE, DENIED, REFUSED -> false;
        };
    if (again) {
      LOG.log(Level.INFO, "{0}: {1}; beginning anew", name, failure.getMessage());
      return Duration.ZERO;
    }
    var was = state;
    state =
        was.down(replicator.clock().instant(), String.valueOf(failure.getMessage()), attempt + 1);
    if (!awayTold) {
      awayTold = true;
      LOG.log(Level.WARNING, "{0}: away: {1}", name, failure.getMessage());
      tell();
    }
    var backoff =
        switch (failure.kind()) {
          case DENIED, REFUSED -> options.deniedBackoff();
          case UNAVAILABLE, MISSING, RECREATED, CONFLICT -> options.backoff();
        };
    var delay = backoff.delay(attempt, replicator.random());
    var asked = failure.retryAfter().orElse(Duration.ZERO);
    return asked.compareTo(delay) > 0 ? asked : delay;
  }

  private void tell() {
    for (var listener : listeners) {
      try {
        listener.accept(state);
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, name + ": a listener failed", e);
      }
    }
  }
}
