package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.ArtemisQueue;
import dev.jiggety.agent.secret.SealerNotice;
import dev.jiggety.agent.store.Subscription;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Incident;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.LogRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A patch manager: stands for being the active one, and carries patches out while it is. Safe for
 * any thread.
 */
public final class PatchManager implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PatchManager.class.getName());
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Hub hub;
  private final ArtemisQueue queue;
  private final LoopThread loop;
  private final Duty duty;
  private final SigningKey key;
  private final Notices notices = new Notices();
  private final ManagerHealth health;
  private final SealerNotice sealer;
  private final LogRepository logs;
  private final List<ExecutorService> lanes = new CopyOnWriteArrayList<>();

  private PatchManager(
      ManagerConfig config,
      Hub hub,
      Boards boards,
      List<Companion> companions,
      ArtemisQueue queue,
      SigningKey key,
      SealingKey sealing,
      Beliefs beliefs) {
    this.hub = hub;
    this.queue = queue;
    this.key = key;
    InstantSource clock = config.hubOptions().clock();
    this.loop = new LoopThread(new HubClock(clock, System::nanoTime, hub::clockOffset));
    ManagerPorts ports = new ManagerPorts(boards.patches(), boards.config(), boards.fleet(), queue);
    RandomGenerator random = RandomGenerator.getDefault();
    this.duty = new Duty(ports, loop, key, beliefs, notices, random, companions, this::lane);
    CouchRepositories there = new CouchRepositories(hub, config.names());
    this.logs = there.logs();
    this.health =
        new ManagerHealth(
            there.health(), there.nodes(), there.incidents(), this::status, config.data(), clock);
    this.sealer = SealerNotice.begin(hub, config.names(), key, sealing);
  }

  /**
   * Starts one. Neither the hub nor a broker elsewhere need be there.
   *
   * @param boards how it talks to the hub: {@code CouchBoards::on}
   * @param companions what it does besides while it is the active one
   * @throws IllegalArgumentException when its key cannot be read or made, or what it believed last
   *     cannot be read; one line for people
   * @throws dev.jiggety.agent.queue.QueueException when its own broker cannot be started
   */
  public static PatchManager start(
      ManagerConfig config, Boards.Factory boards, Companion.Factory companions) {
    SigningKey key = ManagerKey.open(config);
    SealingKey sealing = SealerNotice.key(config.data().resolve("sealing-key"));
    Beliefs beliefs =
        new Beliefs(
            MemoryFile.open(config.data().resolve("believed.json")),
            key.trusted(),
            config.trusted(),
            config.acceptedHead());
    ArtemisQueue queue = ArtemisQueue.open(config.queue());
    Hub hub = open(config, beliefs.hub());
    Boards there = boards.on(hub, config.names());
    PatchManager manager =
        new PatchManager(
            config,
            hub,
            there,
            companions.on(hub, config.names(), sealing, config.data()),
            queue,
            key,
            sealing,
            beliefs);
    // Told by several hubs only: then everything has to be read again, at the other one.
    hub.onMove(() -> manager.loop.post(manager.duty::moved));
    manager.loop.start();
    manager.loop.post(manager.duty::stand);
    manager.health.start();
    return manager;
  }

  /**
   * @param last where the head stood that was believed last: there it begins, and leaves as
   *     everybody does
   */
  private static Hub open(ManagerConfig config, String last) {
    HubAddress first =
        config.hubs().stream()
            .filter(it -> it.toString().equals(last))
            .findFirst()
            .orElse(config.hubs().getFirst());
    DatabaseNames names = config.names();
    return Hub.open(
        config.hubs(),
        config.hubOptions(),
        List.of(names.config(), names.patches(), names.incidents()),
        first);
  }

  private ExecutorService lane(String companion) {
    ThreadFactory threads = Thread.ofVirtual().name("manager-" + companion).factory();
    ExecutorService lane = Executors.newSingleThreadExecutor(threads);
    lanes.add(lane);
    return lane;
  }

  /** Its key, of which nodes have to believe the public half. */
  public SigningKey key() {
    return key;
  }

  /** How it is. */
  public ManagerStatus status() {
    return duty.status();
  }

  /** Where its last log lines go. */
  public LogRepository logs() {
    return logs;
  }

  /** How long its loop has been at one step; up to a second while there is nothing to do. */
  public Duration sinceStep() {
    return loop.sinceStep();
  }

  /** How it reports itself. */
  public ManagerReport report() {
    return health.report();
  }

  /** Rollouts that have not ended, by state; empty while it is not active. */
  public Map<RolloutState, Integer> rollouts() {
    return duty.rollouts();
  }

  /** Incidents that last, by kind; empty where this manager does not decide about them now. */
  public Optional<Map<Incident.Kind, Integer>> incidents() {
    return health.incidents();
  }

  /**
   * Tells of each rollout that ends, on the thread of the manager: to be quick.
   *
   * @return ends it
   */
  public Subscription subscribe(Consumer<Rollout> ended) {
    return notices.subscribe(ended);
  }

  /** Ends it, so that another one can go on at once. What is under way stays as it is. */
  @Override
  public void close() {
    health.close();
    sealer.close();
    duty.cut();
    CountDownLatch closed = new CountDownLatch(1);
    loop.post(() -> {
      try {
        duty.close();
      } finally {
        closed.countDown();
      }
    });
    try {
      boolean isClosed = closed.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      for (ExecutorService lane : lanes) {
        lane.shutdown();
        isClosed &= lane.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      }
      if (!isClosed) {
        LOG.log(System.Logger.Level.INFO, "a call to the hub is cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hub.close();
    loop.close();
    queue.close();
  }
}
