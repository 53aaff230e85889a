package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.replication.ContinuousReplication;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.result.LocalBatches;
import dev.jiggety.agent.result.Outbox;
import dev.jiggety.agent.result.OutboxOptions;
import dev.jiggety.agent.schedule.Accounts;
import dev.jiggety.agent.schedule.NodeClock;
import dev.jiggety.agent.schedule.Scheduler;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One testing node at work. It starts from its own replica of the configuration, so a hub that is
 * away delays nothing; what it measures is durable here before it goes to the hub.
 *
 * <p>Data flows one way: hub → replica → definitions → scheduler → running tests → outbox → live
 * databases → hub.
 */
public final class TestingNode implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration ACKNOWLEDGE = Duration.ofMillis(500);
  private static final Duration TIDY = Duration.ofHours(1);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration LAST_PUSH = Duration.ofSeconds(8);

  /** Nobody pulls from a replica, so its history may be short. */
  private static final int REPLICA_REVISIONS = 20;

  private final NodeConfig config;
  private final Instant startedAt = Instant.now();
  private final Databases databases;
  private final Outbox outbox;
  private final Hub hub;
  private final HiccupMeter meter = new HiccupMeter();
  private final Scheduler scheduler;
  private final RunningTests running;
  private final ContinuousReplication pull;
  private final Definitions definitions;
  private final LivePushes pushes;
  private final Heartbeat heartbeat;
  private final Latenesses latenesses = new Latenesses();
  private final Chores chores = new Chores();
  private volatile int tests;

  private TestingNode(NodeConfig config, Databases databases, Outbox outbox, Consumer<Run> witness) {
    this.config = config;
    this.databases = databases;
    this.outbox = outbox;
    this.hub = Hub.open(config.hub(), config.options());
    NodeClock clock = NodeClock.system();
    RunExecutor executor =
        new RunExecutor(
            Probes::find, meter, clock, config.concurrent(), RunExecutor.Pause.SLEEP);
    this.running =
        new RunningTests(config.name(), executor, run -> keep(run, witness), this::finished);
    this.scheduler =
        new Scheduler(
            config.name(),
            clock,
            new Accounts.Opening(outbox.opening().accounted(), outbox.opening().era()),
            running::start,
            new Books(outbox));
    DocumentStore replica = databases.findOrCreate(config.names().config());
    replica.setRevsLimit(REPLICA_REVISIONS);
    this.pull = pull(replica, clock);
    this.pushes = new LivePushes(databases, hub, config.names());
    this.heartbeat =
        new Heartbeat(new CouchRepositories(hub, config.names()).nodes(), this::status);
    this.definitions =
        Definitions.follow(
            replica, test -> test.where().includes(config.name(), config.tags()), this::inForce);
  }

  /**
   * Starts a node.
   *
   * @throws dev.jiggety.agent.store.StoreException when the data folder cannot be used: not
   *     writable, or in use by another node
   * @throws java.io.UncheckedIOException when the outbox cannot be opened
   */
  public static TestingNode start(NodeConfig config) {
    return start(config, _ -> {});
  }

  /**
   * Starts a node whose runs are also told to somebody, once they are on their way.
   *
   * @param witness called from many threads; should be quick
   */
  public static TestingNode start(NodeConfig config, Consumer<Run> witness) {
    Databases databases =
        Databases.open(config.data().resolve("databases"), Databases.Options.defaults());
    try {
      OutboxOptions options =
          OutboxOptions.defaults(config.name(), config.names(), NodeClock.system());
      Outbox outbox =
          Outbox.open(
              config.data().resolve("outbox.sqlite"), options, new LocalBatches(databases));
      TestingNode node = new TestingNode(config, databases, outbox, witness);
      node.begin();
      return node;
    } catch (RuntimeException e) {
      databases.close();
      throw e;
    }
  }

  /** What it says of itself just now. */
  public NodeStatus status() {
    return new NodeStatus(
        config.name(),
        config.tags(),
        config.version(),
        startedAt,
        Instant.now(),
        tests,
        outbox.state().backlog(),
        pushes.quarantined(),
        latenesses.p99(),
        hub.clockOffset().orElse(null),
        pull.state().lastSuccess().orElse(null));
  }

  /**
   * Stops testing, writes everything down, and gives the hub some seconds to take what is left.
   * What it does not take goes to it at the next start.
   */
  @Override
  public void close() {
    definitions.close();
    scheduler.close();
    running.close();
    if (outbox.drain(DRAIN)) {
      awaitLastPush();
    }
    chores.close();
    heartbeat.beat();
    pushes.close();
    pull.close();
    hub.close();
    meter.close();
    outbox.close();
    databases.close();
  }

  private void begin() {
    scheduler.start();
    pull.start();
    chores.every(ACKNOWLEDGE, "acknowledging results", this::acknowledge);
    chores.every(HEARTBEAT, "heartbeat", heartbeat::beat);
    chores.every(TIDY, "tidying up", this::tidy);
  }

  private ContinuousReplication pull(DocumentStore replica, NodeClock clock) {
    Replicator replicator =
        new Replicator(
            new HttpPeer(hub.database(replica.name())),
            new StorePeer(replica),
            ReplicationOptions.defaults(),
            id -> new StoreQuarantine(replica, id),
            _ -> {},
            clock,
            RandomGenerator.getDefault());
    return new ContinuousReplication("tests from the hub", replicator, () -> false);
  }

  private void inForce(Collection<TestDefinition> all, Set<String> gone) {
    tests = (int) all.stream().filter(TestDefinition::active).count();
    scheduler.update(all);
    if (!gone.isEmpty()) {
      outbox.forget(gone);
    }
  }

  private void keep(Run run, Consumer<Run> witness) {
    outbox.add(run);
    latenesses.add(run.lateness());
    witness.accept(run);
  }

  private void finished(String testId) {
    scheduler.finished(testId);
  }

  private void acknowledge() {
    pushes.report(outbox::pushed);
  }

  /** Live databases of weeks that are over go when the hub has had all of them for long enough. */
  private void tidy() {
    String current = config.names().live(Instant.now());
    for (String name : databases.list()) {
      DocumentStore store = databases.findOrCreate(name);
      boolean over = config.names().isLive(name) && !name.equals(current);
      if (over && store.info().docCount() == 0) {
        pushes.end(name);
        databases.delete(name);
      } else {
        store.compact();
      }
    }
  }

  private void awaitLastPush() {
    long deadline = System.nanoTime() + LAST_PUSH.toNanos();
    while (System.nanoTime() < deadline
        && pushes.isConnected()
        && outbox.state().backlog() > 0) {
      acknowledge();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** The scheduler's accounts are kept in the outbox. */
  private record Books(Outbox outbox) implements Accounts {
    @Override
    public void skipped(SkippedSlots slots) {
      outbox.add(slots);
    }

    @Override
    public void eraBegins(int era) {
      outbox.era(era);
    }
  }
}
