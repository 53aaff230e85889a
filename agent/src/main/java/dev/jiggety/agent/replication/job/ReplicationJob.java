package dev.jiggety.agent.replication.job;

import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.ContinuousReplication;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.ReplicationState;
import dev.jiggety.agent.replication.ReplicationStats;
import dev.jiggety.agent.replication.Replicator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One replication that was asked for, from its start to its end. Runs on a virtual thread of its
 * own; all methods may be called from any thread.
 */
public final class ReplicationJob {
  private static final Logger LOG = System.getLogger(ReplicationJob.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** As many events as CouchDB remembers of a job. */
  private static final int HISTORY = 20;

  /** Attempts of a job that somebody waits for; about half a minute. */
  private static final int ATTEMPTS = 5;

  private final String id;
  private final ReplicationRequest request;
  private final Origin origin;
  private final Connector.Connection connection;
  private final Replicator replicator;
  private final Semaphore slots;
  private final RandomGenerator random;
  private final Consumer<ReplicationJob> ended;
  private final Instant startedAt;
  private final CompletableFuture<JsonObject> result = new CompletableFuture<>();
  private final ArrayDeque<Event> history = new ArrayDeque<>();
  private final Thread thread;
  private Status status;
  private volatile boolean closing;
  private volatile @Nullable ContinuousReplication continuous;

  /**
   * Where a job comes from.
   *
   * @param database of replication documents; empty for {@code _replicate}
   * @param document its id there; empty for {@code _replicate}
   * @param user who asked; empty for nobody in particular
   */
  public record Origin(String database, String document, String user) {
    /** Whether a document asked for it. */
    public boolean isDocument() {
      return !document.isEmpty();
    }
  }

  /**
   * Something that happened to a job.
   *
   * @param type {@code added}, {@code started}, {@code crashed}, in CouchDB's words
   */
  public record Event(Instant at, String type, String reason) {}

  /**
   * How a job stands.
   *
   * @param errors attempts in a row that failed
   * @param reason of the last failure; empty while there is none
   * @param since since when
   */
  public record Status(JobState state, int errors, String reason, Instant since) {}

  ReplicationJob(
      String id,
      ReplicationRequest request,
      Origin origin,
      Connector.Connection connection,
      Replicator replicator,
      Semaphore slots,
      RandomGenerator random,
      Consumer<ReplicationJob> ended) {
    this.id = id;
    this.request = request;
    this.origin = origin;
    this.connection = connection;
    this.replicator = replicator;
    this.slots = slots;
    this.random = random;
    this.ended = ended;
    this.startedAt = replicator.clock().instant();
    this.status = new Status(JobState.PENDING, 0, "", startedAt);
    this.history.add(new Event(startedAt, "added", ""));
    this.thread = Thread.ofVirtual().name("replication-job " + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** CouchDB's {@code _local_id}: the replication's name and what it does besides. */
  public String id() {
    return id;
  }

  /** What was asked for. */
  public ReplicationRequest request() {
    return request;
  }

  /** Where it comes from. */
  public Origin origin() {
    return origin;
  }

  /** When it was asked for. */
  public Instant startedAt() {
    return startedAt;
  }

  /** What it has done so far. */
  public ReplicationStats stats() {
    return replicator.stats();
  }

  /** What happened to it, newest first. */
  public synchronized List<Event> history() {
    return new ArrayList<>(history.reversed());
  }

  /** How it stands. */
  public synchronized Status status() {
    var running = continuous;
    return running == null || status.state().isEnd() ? status : status(running.state());
  }

  private Status status(ReplicationState state) {
    return state.connected()
        ? new Status(JobState.RUNNING, 0, "", state.since())
        : status.state() == JobState.CRASHING
            ? new Status(JobState.CRASHING, state.failures(), state.reason(), state.since())
            : status;
  }

  /**
   * What comes of it: the answer to CouchDB's {@code _replicate}; fails with a {@link
   * PeerException} when it was given up, and is cancelled with the job. A continuous one has none.
   */
  public CompletableFuture<JsonObject> result() {
    return result.copy();
  }

  private void run() {
    try {
      slots.acquire();
      try {
        if (request.continuous()) {
          goOn();
        } else {
          once();
        }
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      // Cancelled.
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "replication " + id + " ended by an error", e);
      end(JobState.FAILED, "unexpected error, see the log");
      result.completeExceptionally(e);
    } finally {
      connection.release().run();
      result.cancel(false);
      ended.accept(this);
    }
  }

  private void goOn() throws InterruptedException {
    var name = request.source() + " → " + request.target();
    try (var running =
        new ContinuousReplication(
            name,
            replicator,
            () -> request.createTarget() && connection.makeTarget().getAsBoolean())) {
      try (var _ = running.subscribe(this::heard)) {
        to(new Status(JobState.RUNNING, 0, "", now()), "started");
        continuous = running;
        running.start();
        while (!closing) {
          Thread.sleep(Duration.ofDays(1));
        }
      }
    }
  }

  private synchronized void heard(ReplicationState state) {
    if (state.connected() && status.state() != JobState.RUNNING) {
      to(new Status(JobState.RUNNING, 0, "", state.since()), "started");
    } else if (!state.connected()) {
      to(new Status(JobState.CRASHING, 1, state.reason(), state.since()), "crashed");
    }
  }

  private void once() throws InterruptedException {
    for (var failures = 0; ; failures++) {
      to(new Status(JobState.RUNNING, failures, "", now()), "started");
      try {
        if (request.createTarget()) {
          var _ = connection.makeTarget().getAsBoolean(); // false where there is one already
        }
        if (replicator.quarantine().count() > 0) {
          replicator.retryQuarantined();
        }
        var report = replicator.run();
        end(JobState.COMPLETED, "");
        result.complete(report.log());
        return;
      } catch (PeerException e) {
        if (closing) {
          return;
        }
        var reason = String.valueOf(e.getMessage());
        if (!origin.isDocument() && (failures + 1 == ATTEMPTS || !mayPass(e.kind()))) {
          end(JobState.FAILED, reason);
          result.completeExceptionally(e);
          return;
        }
        to(new Status(JobState.CRASHING, failures + 1, reason, now()), "crashed");
        Thread.sleep(delay(e, failures));
      }
    }
  }

  private Duration delay(PeerException failure, int failures) {
    var options = request.options();
    var backoff =
        failure.kind() == PeerException.Kind.DENIED ? options.deniedBackoff() : options.backoff();
    var delay = backoff.delay(failures, random);
    var asked = failure.retryAfter().orElse(Duration.ZERO);
    return asked.compareTo(delay) > 0 ? asked : delay;
  }

  private static boolean mayPass(PeerException.Kind kind) {
    return switch (kind) {
      case UNAVAILABLE, RECREATED, CONFLICT -> true;
      case DENIED, MISSING, REFUSED -> false;
    };
  }

  private Instant now() {
    return replicator.clock().instant();
  }

  private synchronized void to(Status next, String event) {
    status = next;
    history.add(new Event(next.since(), event, next.reason()));
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
  }

  private synchronized void end(JobState state, String reason) {
    status = new Status(state, reason.isEmpty() ? 0 : status.errors() + 1, reason, now());
  }

  /** Ends it, if it has not ended; what was replicated stays. Returns when it is over. */
  void cancel() throws InterruptedException {
    closing = true;
    thread.interrupt();
    if (!thread.join(PATIENCE)) {
      LOG.log(Level.WARNING, "replication {0} is slow to end", id);
    }
  }
}
