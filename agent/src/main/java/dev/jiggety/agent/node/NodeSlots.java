package dev.jiggety.agent.node;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.Abilities;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.agent.release.AgentUpdates;
import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.schedule.NodeClock;
import dev.jiggety.agent.slot.HeadFeed;
import dev.jiggety.agent.slot.Inspector;
import dev.jiggety.agent.slot.Moment;
import dev.jiggety.agent.slot.SlotFile;
import dev.jiggety.agent.slot.SlotHost;
import dev.jiggety.agent.slot.SlotKeeper;
import dev.jiggety.agent.slot.TestReader;
import dev.jiggety.agent.slot.TestSet;
import dev.jiggety.agent.slot.Timers;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.Ids;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a node runs and why: its slots, the feed that leads them, and the replica behind them. */
final class NodeSlots implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NodeSlots.class.getName());

  /** The scheduler looks twice a second. */
  private static final Duration STALLED = Duration.ofSeconds(5);

  private final Node node;
  private final LatenessWindow lateness;
  private final TrialExecutor trials;
  private final Abilities abilities;
  private final Watchdog watchdog = new Watchdog(this::broke);
  private final SlotKeeper keeper;
  private final AgentUpdates updates;
  private final HeadFeed feed;
  private final ConfigReplica replica;
  private final NodeConfig config;
  private final Instant startedAt;
  private volatile boolean alive = true;
  private volatile boolean confirmed;

  /** What the slots ask of the rest of the node. */
  interface Node {
    /** Puts these tests into force in the place of all others. */
    void inForce(TestSet tests);

    /** Reports soon. */
    void reportSoon(Duration within);

    /** How long the scheduler has not looked at its clock. */
    Duration sinceLook();

    /** Another program takes this one's place: nothing is told any more but by that one. */
    void leaving();

    /** The hub shows what operators want to be run now; null for nothing. */
    void trials(@Nullable JsonObject document);

    /** The hub shows which sealed secrets there are; null for none. */
    void secrets(@Nullable JsonObject document);

    /** Whether a secret that is lacking may come within a moment. */
    boolean isSecretComing();
  }

  NodeSlots(
      NodeConfig config,
      NodeClock clock,
      Hub hub,
      DocumentStore store,
      TrialExecutor trials,
      Secrets secrets,
      LatenessWindow lateness,
      Node node) {
    this.config = config;
    this.node = node;
    this.lateness = lateness;
    this.startedAt = clock.instant();
    this.trials = trials;
    this.abilities = new Abilities(Probes::find, secrets);
    HubDatabase database = hub.database(config.names().config());
    this.updates =
        new AgentUpdates(
            new AgentUpdates.Parts(
                config.data(),
                config.succession().boot(),
                config.version(),
                new CouchRepositories(hub, config.names()).releases(),
                () -> {
                  node.leaving();
                  config.succession().restart().run();
                },
                this::programFailed,
                this::trust,
                this::patience));
    this.keeper =
        new SlotKeeper(
            config.name(),
            new SlotKeeper.Parts(
                SlotFile.open(config.data().resolve("slots.db"), clock),
                config.trust(),
                new Inspector(),
                new TestReader(),
                () -> new Moment(clock.instant(), clock.nanos()),
                Timers.system()),
            new Host());
    this.replica = new ConfigReplica(store, () -> pull(hub, store, clock), keeper::confirmed);
    this.feed =
        new HeadFeed(
            database,
            keeper,
            Map.of(Ids.trials(), node::trials, Ids.secrets(), node::secrets),
            clock,
            RandomGenerator.getDefault());
  }

  /** A pull from the hub in use: how far it came is counted for each hub by itself. */
  private Replicator pull(Hub hub, DocumentStore store, NodeClock clock) {
    return new Replicator(
        new HttpPeer(hub.here().database(config.names().config())),
        new StorePeer(store),
        Lines.OPTIONS,
        id -> new StoreQuarantine(store, id),
        aside ->
            LOG.log(
                Level.ERROR,
                "the configuration''s {0} could not be taken over: {1}",
                aside.id(),
                aside.reason()),
        clock,
        RandomGenerator.getDefault());
  }

  /** Another hub is used. */
  void moved() {
    replica.moved();
  }

  /** Puts into force what was in force, on the calling thread, and begins to listen. */
  void start() {
    keeper.start();
    replica.start();
    feed.start();
  }

  /** It is up, and the boot script waits no longer. */
  void up() {
    updates.ready();
  }

  /** It has run for a while; when it is well, so was its start. */
  void ranFor(Duration time) {
    if (!confirmed && time.compareTo(config.succession().healthyAfter()) >= 0 && isAlive()) {
      confirmed = true;
      updates.confirm();
    }
  }

  /** Whether what is in force is about to be run by another program, which then tells so itself. */
  boolean isLeaving() {
    return keeper.state().head() != null && updates.isLeavingFor(keeper.program());
  }

  /** How long this program stays when another one shall take its place. */
  private Duration patience() {
    long most = keeper.state().isCanary() ? 0 : config.succession().spread().toMillis();
    return Duration.ofMillis(most == 0 ? 0 : RandomGenerator.getDefault().nextLong(most));
  }

  private void programFailed(String why) {
    keeper.programFailed(why);
  }

  /** Hears of each measurement. */
  Watchdog watchdog() {
    return watchdog;
  }

  /** Looks after what should be over; called often. */
  void look() {
    watchdog.look();
    boolean now = isAlive();
    if (now != alive) {
      alive = now;
      LOG.log(
          now ? Level.INFO : Level.ERROR, "the scheduler {0}", now ? "goes on" : "does not move");
      node.reportSoon(Duration.ZERO);
    }
  }

  /** Whom the node believes. */
  Trust trust() {
    return keeper.trust();
  }

  /** What is lacking here to run a test. */
  List<String> lacks(TestDefinition test) {
    return abilities.lacks(test);
  }

  /** Over how long reports that nobody waits for are spread at the moment. */
  Duration spread() {
    Head head = keeper.state().head();
    return head == null ? Duration.ZERO : head.reportWithin();
  }

  /** For the status; null as long as nothing was ever in force. */
  @Nullable SlotReport report() {
    return keeper.report();
  }

  /** What runs. */
  Generation running() {
    return keeper.state().active().generation();
  }

  /** How often to report at the moment. */
  Duration pace() {
    return keeper.pace(config.heartbeat());
  }

  /** When the hub was last heard; null for never. */
  @Nullable Instant lastHeard() {
    return feed.lastHeard();
  }

  boolean isConnected() {
    return feed.lost().isEmpty();
  }

  /** Documents of the configuration that could not be taken over. */
  long quarantined() {
    return replica.quarantined();
  }

  List<String> notices() {
    List<String> notices = new ArrayList<>(keeper.notices());
    notices.addAll(updates.notices());
    String lost = feed.lost();
    if (!lost.isEmpty()) {
      Instant since = feed.lastHeard() == null ? startedAt : feed.lastHeard();
      notices.add("the hub is away since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + lost);
    }
    return notices;
  }

  @Override
  public void close() {
    feed.close();
    replica.close();
    keeper.close();
    updates.close();
  }

  private void broke(String testId, String text) {
    keeper.executorFailed(testId, text);
  }

  private boolean isAlive() {
    return node.sinceLook().compareTo(STALLED) < 0;
  }

  private final class Host implements SlotHost {
    @Override
    public boolean isOurs(TestDefinition test) {
      return test.where().includes(config.name(), config.tags());
    }

    @Override
    public List<String> lacks(TestDefinition test) {
      return abilities.lacks(test);
    }

    @Override
    public void stage(@Nullable AgentChoice choice, Consumer<@Nullable String> done) {
      updates.stage(choice, done);
    }

    @Override
    public boolean isComing() {
      return node.isSecretComing();
    }

    @Override
    public void swap(TestSet tests) {
      node.inForce(tests);
      if (!tests.isNothing()) {
        updates.want(tests.agent());
      }
    }

    @Override
    public void report(Duration within) {
      node.reportSoon(within);
    }

    @Override
    public void pull(Duration within) {
      replica.soon(within);
    }

    @Override
    public void watch(Generation candidate) {
      lateness.mark();
    }

    @Override
    public Health health() {
      return new Health(
          isAlive(), 0, lateness.sinceMark().orElse(null), lateness.beforeMark().orElse(null));
    }

    @Override
    public Verdict run(TestDefinition test) throws InterruptedException {
      return trials.run(test);
    }

    @Override
    public Duration waited(TestDefinition test) {
      return trials.waited(test);
    }
  }
}
