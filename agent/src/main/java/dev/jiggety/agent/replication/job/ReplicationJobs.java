package dev.jiggety.agent.replication.job;

import dev.jiggety.agent.replication.Replicator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * All replications that this server runs. One and the same replication runs once, however often it
 * is asked for. For any thread.
 */
public final class ReplicationJobs implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ReplicationJobs.class.getName());

  /** As many as CouchDB runs at a time; more wait. */
  private static final int MOST = 500;

  private final Connector connector;
  private final String server;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore slots = new Semaphore(MOST);
  private final Map<String, ReplicationJob> jobs = new HashMap<>();
  private boolean closed;

  /**
   * No jobs yet.
   *
   * @param server this server's uuid: two servers that run the same replication between two others
   *     must not share checkpoints
   */
  public ReplicationJobs(
      Connector connector, String server, InstantSource clock, RandomGenerator random) {
    this.connector = connector;
    this.server = server;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Starts a job, unless it runs already.
   *
   * @param ended called on the job's thread when it has ended, cancelled or not
   * @return the new job, or the one that runs: then its origin is perhaps another one
   * @throws IllegalStateException when this is closed
   */
  public ReplicationJob start(
      ReplicationRequest request, ReplicationJob.Origin origin, Consumer<ReplicationJob> ended) {
    var marked = marked(request);
    var connection = connector.connect(marked);
    var replicator = replicator(marked, connection);
    var id = id(marked, replicator);
    synchronized (this) {
      if (closed) {
        connection.release().run();
        throw new IllegalStateException("the server is closing");
      }
      var known = jobs.get(id);
      if (known != null) {
        connection.release().run();
        return known;
      }
      Consumer<ReplicationJob> whenEnded =
          job -> {
            forget(job);
            ended.accept(job);
          };
      var job =
          new ReplicationJob(id, marked, origin, connection, replicator, slots, random, whenEnded);
      jobs.put(id, job);
      job.start();
      return job;
    }
  }

  private synchronized void forget(ReplicationJob job) {
    jobs.remove(job.id(), job);
  }

  private ReplicationRequest marked(ReplicationRequest request) {
    var begin = request.options().begin();
    var mine =
        new dev.jiggety.agent.replication.ReplicationOptions.Begin(
            begin.since(), begin.checkpoints(), server);
    return request.withOptions(request.options().withBegin(mine));
  }

  private Replicator replicator(ReplicationRequest request, Connector.Connection connection) {
    return new Replicator(
        connection.source(),
        connection.target(),
        request.options(),
        connection.quarantine(),
        refused ->
            LOG.log(
                Level.WARNING,
                "{0} → {1}: {2} {3} was refused: {4}",
                request.source(),
                request.target(),
                refused.id(),
                refused.rev(),
                refused.error()),
        clock,
        random);
  }

  private static String id(ReplicationRequest request, Replicator replicator) {
    return replicator.id()
        + (request.continuous() ? "+continuous" : "")
        + (request.createTarget() ? "+create_target" : "");
  }

  /** The name under which this request would run, or runs. */
  public String id(ReplicationRequest request) {
    var marked = marked(request);
    var connection = connector.connect(marked);
    try {
      return id(marked, replicator(marked, connection));
    } finally {
      connection.release().run();
    }
  }

  /** The job of this name, if it has not ended. */
  public synchronized Optional<ReplicationJob> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** All that have not ended, oldest first. */
  public synchronized List<ReplicationJob> list() {
    return jobs.values().stream()
        .sorted(Comparator.comparing(ReplicationJob::startedAt).thenComparing(ReplicationJob::id))
        .toList();
  }

  /** Ends a job; returns when it is over. */
  public void cancel(ReplicationJob job) throws InterruptedException {
    job.cancel();
  }

  /** Ends all jobs. */
  @Override
  public void close() {
    List<ReplicationJob> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(jobs.values());
    }
    try {
      var ends = all.stream().map(job -> Thread.ofVirtual().start(() -> end(job))).toList();
      for (var end : ends) {
        end.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(ReplicationJob job) {
    try {
      job.cancel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
