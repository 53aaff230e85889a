package dev.jiggety.agent.node;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.ReferenceTargets;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.agent.result.Outbox;
import dev.jiggety.agent.schedule.Accounts;
import dev.jiggety.agent.schedule.NodeClock;
import dev.jiggety.agent.schedule.Scheduler;
import dev.jiggety.agent.secret.NodeSecrets;
import dev.jiggety.agent.slot.TestSet;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.agent.trial.NodeTrials;
import dev.jiggety.agent.vitals.Machine;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.document.SecretReferences;
import dev.jiggety.model.Generation;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.LogRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SealingKey;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A testing node. Starts without waiting for the hub: it tests by what its own replica of the
 * configuration says, and everything else catches up when the hub is there. Closing it finishes
 * what is running, keeps all results, and tries for a moment to send the last ones. Every method
 * may be called from any thread.
 */
public final class TestingNode implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TestingNode.class.getName());
  private static final Duration LAST_RUNS = Duration.ofSeconds(3);

  /** Where the next program waits: what takes longer is missed, as little else is then. */
  private static final Duration LAST_RUNS_BEFORE_ANOTHER = Duration.ofSeconds(1);

  private static final Duration LAST_PUSH = Duration.ofSeconds(3);
  private static final Duration TICK = Duration.ofMillis(500);

  /** Nobody pulls from a replica, so its history may be short. */
  private static final int REPLICA_REVISIONS = 20;

  /** Ticks between looks for databases that are not needed any more: an hour. */
  private static final long HOUSEKEEPING = Duration.ofHours(1).dividedBy(TICK);

  private final NodeConfig config;
  private final NodeClock clock;
  private final Instant startedAt;
  private final NodeResources resources;
  private final Databases databases;
  private final Outbox outbox;
  private final Hub hub;
  private final HiccupMeter meter = new HiccupMeter();
  private final NodeWorkers workers;
  private final ReferenceTargets references = new ReferenceTargets();
  private final NodeBooks books;
  private final RunStarter starter;
  private final Scheduler scheduler;
  private final NodeSlots slots;
  private final NodeTrials trials;
  private final @Nullable NodeSecrets sealed;
  private final LogRepository logs;
  private final ResultPush push;
  private final NodePacks packs;
  private final Heartbeat heartbeat;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean leaving;
  private final Doubles doubles;
  private volatile Set<String> ours = Set.of();
  private volatile Collection<TestDefinition> tests = List.of();

  private TestingNode(NodeConfig config, NodeClock clock, NodeResources resources) {
    this.config = config;
    this.resources = resources;
    this.packs = resources.packs();
    this.clock = clock;
    this.startedAt = clock.instant();
    this.doubles = new Doubles(clock);
    this.databases = resources.databases();
    this.outbox = resources.outbox();
    this.hub = resources.hub();
    this.books = new NodeBooks(outbox, startedAt, this::over);
    DocumentStore replica = databases.findOrCreate(config.names().config());
    replica.setRevsLimit(REPLICA_REVISIONS);
    this.workers = new NodeWorkers(config);
    CouchRepositories repositories = new CouchRepositories(hub, config.names());
    this.sealed = sealed(repositories);
    Secrets secrets = sealed == null ? config.secretFiles() : sealed;
    this.slots =
        new NodeSlots(
            config,
            clock,
            hub,
            replica,
            new TrialExecutor(config.name(), workers.onTrial(), meter, clock, secrets),
            secrets,
            books.lateness(),
            new Surroundings());
    RunExecutor executor =
        new RunExecutor(
            Probes::find,
            workers.inForce(),
            meter,
            clock,
            config.concurrency(),
            RunExecutor.Pause.SLEEP,
            slots.watchdog(),
            secrets,
            references);
    this.logs = repositories.logs();
    this.trials =
        new NodeTrials(
            new OnRequest(
                config,
                slots,
                new RunExecutor(
                    Probes::find,
                    workers.onRequest(),
                    meter,
                    clock,
                    OnRequest.AT_ONCE,
                    RunExecutor.Pause.SLEEP,
                    RunExecutor.Monitor.NONE,
                    secrets,
                    references),
                clock),
            repositories.trials(),
            clock);
    this.starter = new RunStarter(config.name(), executor, books);
    packs.oldestRun(starter::oldest);
    Outbox.Opening opening = outbox.opening();
    this.scheduler =
        new Scheduler(
            config.name(),
            clock,
            new Accounts.Opening(opening.accounted(), opening.era()),
            starter::start,
            books);
    this.push = new ResultPush(databases, hub, config.names(), clock);
    this.heartbeat = new Heartbeat(repositories.nodes(), this::reported, slots::pace, doubles);
    // What was taken out of force while this process was not there is not owed any more.
    this.ours = Set.copyOf(opening.accounted().keySet());
  }

  /** For a node that is enrolled: what is not sealed to it may be in files. */
  private @Nullable NodeSecrets sealed(CouchRepositories repositories) {
    SealingKey key = config.sealing();
    return key == null
        ? null
        : new NodeSecrets(
            config.name(),
            key,
            config.data().resolve("sealed-secrets.json"),
            repositories.secrets(),
            () -> slots().trust(),
            () -> slots().spread(),
            config.secretFiles());
  }

  private NodeSlots slots() {
    return slots;
  }

  /**
   * Starts a node.
   *
   * @throws NodeStartException when its data folder cannot be used, or another node uses it
   */
  public static TestingNode start(NodeConfig config) {
    return start(config, _ -> {});
  }

  /**
   * Starts a node and tells somebody of each finished run, from the first on.
   *
   * @param listener called on the thread that made the run; should be quick
   * @throws NodeStartException when its data folder cannot be used, or another node uses it
   */
  public static TestingNode start(NodeConfig config, Consumer<Run> listener) {
    return start(config, NodeClock.system(), listener);
  }

  /**
   * Starts a node that goes by other clocks than this machine's.
   *
   * @param listener called on the thread that made the run; should be quick
   * @throws NodeStartException when its data folder cannot be used, or another node uses it
   */
  public static TestingNode start(NodeConfig config, NodeClock clock, Consumer<Run> listener) {
    Probes.load(); // before any name is looked up, as they decide what Java remembers of names
    NodeResources resources = NodeResources.open(config, clock);
    try {
      TestingNode node = new TestingNode(config, clock, resources);
      node.books.subscribe(listener);
      node.begin();
      return node;
    } catch (StoreException | UncheckedIOException e) {
      resources.close();
      throw new NodeStartException(
          "cannot use the data folder " + config.data() + ": " + e.getMessage(), e);
    }
  }

  private void begin() {
    slots.start();
    if (sealed != null) {
      sealed.start();
    }
    scheduler.start();
    heartbeat.start();
    slots.up();
    hub.onMove(this::moved);
    Thread.ofVirtual().name("node-ticker").start(this::tick);
    LOG.log(
        Level.INFO, "node {0} runs {1} tests, hub {2}", config.name(), ours.size(), hub.address());
  }

  /** What the node would report now. */
  public NodeStatus status() {
    Outbox.State results = outbox.state();
    return new NodeStatus(
        config.name(),
        config.tags(),
        config.version(),
        startedAt,
        clock.instant(),
        ours.size(),
        results.backlog(),
        push.quarantined() + slots.quarantined(),
        books.lateness().p99().orElse(null),
        hub.clockOffset().orElse(null),
        slots.lastHeard(),
        slots.report(),
        results.oldest().orElse(null),
        results.lost(),
        Machine.look(config.data(), notices()),
        doubles.instance());
  }

  /** What is told to the hub; of what another program is about to run, that one tells. */
  private NodeStatus reported() {
    NodeStatus now = status();
    if (slots.isLeaving()) {
      heartbeat.silence();
    }
    return now;
  }

  /** How it is, in more detail than it reports. */
  public NodeReading figures() {
    Map<String, String> kinds = new HashMap<>();
    tests.forEach(test -> kinds.put(test.id(), test.check().kind()));
    return new NodeReading(status(), kinds, books.skips(), starter.running(), workers.size());
  }

  /** What people should look at, one line each; empty when all is well. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>(slots.notices());
    notices.addAll(doubles.notices());
    notices.addAll(workers.notices());
    if (sealed != null) {
      notices.addAll(sealed.notices());
    }
    Outbox.State results = outbox.state();
    if (!results.trouble().isEmpty()) {
      notices.add(results.trouble());
    }
    if (!packs.trouble().isEmpty()) {
      notices.add(packs.trouble());
    }
    if (results.lost() > 0) {
      notices.add(results.lost() + " results had to be given up while the disk was full");
    }
    Optional<Scheduler.ClockJump> jump = scheduler.lastJump();
    jump.ifPresent(known ->
        notices.add("the clock jumped by " + known.by().toSeconds() + "s, to " + known.at()));
    return notices;
  }

  /** Where its last log lines go. */
  public LogRepository logs() {
    return logs;
  }

  /** How long its scheduler has not looked at the clocks: much over half a second, it hangs. */
  public Duration sinceLook() {
    return scheduler.sinceLook();
  }

  /** Which state of the configuration it runs. */
  public Generation running() {
    return slots.running();
  }

  /** Whether the configuration comes from the hub at the moment. */
  public boolean isConnected() {
    return slots.isConnected();
  }

  /** Tells of each finished run, on the thread that made it. */
  public Subscription subscribe(Consumer<Run> listener) {
    return books.subscribe(listener);
  }

  @Override
  public void close() {
    if (closed.getCount() == 0) {
      return;
    }
    slots.close();
    trials.close();
    if (sealed != null) {
      sealed.close();
    }
    scheduler.close();
    starter.stop(leaving ? LAST_RUNS_BEFORE_ANOTHER : LAST_RUNS);
    workers.close();
    outbox.drain(Duration.ofSeconds(5));
    if (!leaving) { // else the next program sends them, and starts the sooner
      sendLast();
    }
    closed.countDown();
    heartbeat.close();
    push.close();
    meter.close();
    resources.close();
  }

  /** Another hub is used: what counts one hub's sequences begins anew there. */
  private void moved() {
    slots.moved();
    heartbeat.soon(Duration.ZERO);
    Thread.ofVirtual().name("results go elsewhere").start(push::moved);
  }

  /** The hub that is used at the moment. */
  public HubAddress hub() {
    return hub.address();
  }

  /** A moment for the last results, where the hub is there. */
  private void sendLast() {
    long end = System.nanoTime() + LAST_PUSH.toNanos();
    try {
      while (push.isConnected() && outbox.state().backlog() > 0 && System.nanoTime() < end) {
        push.progress(outbox::pushed);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void inForce(TestSet tests) {
    if (tests.isNothing()) {
      return; // a new node, or one whose slots were damaged: then everything is owed that was
    }
    Set<String> before = ours;
    ours = Set.copyOf(tests.tests().keySet());
    this.tests = tests.tests().values();
    references.use(tests.settings().references());
    if (sealed != null) {
      tests.tests().values().forEach(test -> sealed.want(SecretReferences.in(test)));
    }
    workers.expect(tests.tests().values());
    scheduler.update(tests.tests().values());
    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(ours);
    if (!gone.isEmpty()) {
      outbox.forget(gone);
    }
    heartbeat.soon(Duration.ZERO);
  }

  /** A run is over, and written down. */
  private void over(String testId) {
    scheduler.finished(testId);
    if (!ours.contains(testId)) {
      outbox.forget(List.of(testId)); // taken away meanwhile; the result brought it back
    }
  }

  private void tick() {
    try {
      for (long i = 1; !closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS); i++) {
        try {
          slots.look();
          slots.ranFor(TICK.multipliedBy(i));
          push.progress(outbox::pushed);
          if (i % HOUSEKEEPING == 0) {
            tidy();
          }
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "a chore of the node failed; it is done again later", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  /** What is packed and at the hub goes; what stays gets small. */
  private void tidy() {
    packs.tidy(push, outbox.databasesInUse());
    databases.list().forEach(name -> databases.find(name).ifPresent(DocumentStore::compact));
  }

  private final class Surroundings implements NodeSlots.Node {
    @Override
    public void inForce(TestSet tests) {
      TestingNode.this.inForce(tests);
    }

    @Override
    public void reportSoon(Duration within) {
      heartbeat.soon(within);
    }

    @Override
    public Duration sinceLook() {
      return scheduler.sinceLook();
    }

    @Override
    public void leaving() {
      leaving = true;
      heartbeat.silence();
    }

    @Override
    public void trials(@Nullable JsonObject document) {
      trials.shown(document);
    }

    @Override
    public void secrets(@Nullable JsonObject document) {
      if (sealed != null) {
        sealed.shown(document);
      }
    }

    @Override
    public boolean isSecretComing() {
      return sealed != null && sealed.isComing();
    }
  }
}
