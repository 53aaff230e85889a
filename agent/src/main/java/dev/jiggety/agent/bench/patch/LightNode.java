package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.slot.HeadFeed;
import dev.jiggety.agent.slot.Slot;
import dev.jiggety.agent.slot.SlotHost;
import dev.jiggety.agent.slot.SlotKeeper;
import dev.jiggety.agent.slot.SlotState;
import dev.jiggety.agent.slot.SlotStore;
import dev.jiggety.agent.slot.TestSet;
import dev.jiggety.agent.slot.Timers;
import dev.jiggety.model.Generation;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Settings;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Shadows;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node that does everything that a node does with patches and makes no checks: its own feed, its
 * own slots and reports; what a test says to it is in the test's address, see {@link
 * Shelf.Conduct}.
 */
final class LightNode implements SlotHost, AutoCloseable {
  private static final Duration CHECK = Duration.ofMillis(5);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** As a node's own default; more than that is not borne, nor is it less. */
  private static final int CONFIRMATIONS = 2;

  private final String name;
  private final FarmParts farm;
  private final Watcher watcher;
  private final SlotKeeper keeper;
  private final Confirmed confirmed;
  private final HeadFeed feed;
  private final Instant startedAt = Instant.now();
  private final ReentrantLock reporting = new ReentrantLock();
  private final Object schedule = new Object();
  private Timers.@Nullable Timer timer;
  private long dueNanos;
  private boolean closed;
  private volatile TestSet inForce =
      new TestSet("", new TreeMap<>(), List.of(), Settings.DEFAULT, null);

  /** Hears what becomes of the slots of nodes; quick, and from many threads. */
  interface Watcher {
    /** Something about its slots has changed. */
    void changed(String node, SlotState state);

    /** It runs these tests now. */
    void swapped(String node, Slot active, TestSet tests);
  }

  /** Starts a node with that name. */
  LightNode(String name, FarmParts farm, SlotStore store, Watcher watcher) {
    this.name = name;
    this.farm = farm;
    this.watcher = watcher;
    this.confirmed = new Confirmed(farm);
    this.keeper = new SlotKeeper(name, farm.parts(store, Trust.NONE), this);
    keeper.start();
    this.feed =
        new HeadFeed(farm.config(), keeper, InstantSource.system(), RandomGenerator.getDefault())
            .start();
    report(Duration.ZERO);
  }

  /** The name of the node of that number. */
  static String name(int number) {
    return String.format(Locale.ROOT, "light-%04d", number);
  }

  /** The executor crashes over a test in force that is made for it; nothing where there is none. */
  void crash() {
    inForce.tests().values().stream()
        .filter(test -> Shelf.Conduct.of(test) == Shelf.Conduct.SPOILING)
        .findFirst()
        .ifPresent(test -> keeper.executorFailed(test.id(), "crashed on purpose"));
  }

  /** What people should look at, one line each; empty when all is well. */
  List<String> notices() {
    return keeper.notices();
  }

  @Override
  public boolean isOurs(TestDefinition test) {
    return true;
  }

  @Override
  public void swap(TestSet tests) {
    inForce = tests;
    watcher.swapped(name, keeper.state().active(), tests);
  }

  @Override
  public void report(Duration within) {
    watcher.changed(name, keeper.state());
    long nanos = within.isZero() ? 0 : ThreadLocalRandom.current().nextLong(within.toNanos());
    reportAfter(Duration.ofNanos(nanos));
  }

  @Override
  public void pull(Duration within) {
    long nanos = within.isZero() ? 0 : ThreadLocalRandom.current().nextLong(within.toNanos());
    farm.timers().after(Duration.ofNanos(nanos), this::pull);
  }

  @Override
  public void watch(Generation candidate) {
    // Nothing is late here that could have been late before.
  }

  @Override
  public SlotReport.Health health() {
    return SlotReport.Health.GOOD;
  }

  @Override
  public Verdict run(TestDefinition test) throws InterruptedException {
    Thread.sleep(CHECK);
    return switch (Shelf.Conduct.of(test)) {
      case GOOD, SPOILING -> Verdict.UP;
      case BAD -> Verdict.DOWN;
      case CRASHING -> throw new IllegalStateException("crashed on purpose");
    };
  }

  @Override
  public void close() {
    feed.close();
    keeper.close();
    synchronized (schedule) {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
    }
  }

  /** Whether what it tries has proved to be at fault, or has crashed. */
  static boolean isCritical(SlotState state) {
    return state.trying().crashes() > 0
        || state.trying().runs().values().stream()
            .anyMatch(runs -> Shadows.judge(runs, CONFIRMATIONS) == Shadows.Judgement.AT_FAULT);
  }

  private void pull() {
    if (confirmed.update()) {
      keeper.confirmed(confirmed.configuration());
    } else {
      farm.timers().after(AGAIN, this::pull);
    }
  }

  /** At the earlier one of this time and the one that was wanted before. */
  private void reportAfter(Duration wait) {
    long due = System.nanoTime() + wait.toNanos();
    synchronized (schedule) {
      if (closed || (timer != null && dueNanos - due <= 0)) {
        return;
      }
      if (timer != null) {
        timer.cancel();
      }
      dueNanos = due;
      timer = farm.timers().after(wait, this::reportNow);
    }
  }

  private void reportNow() {
    synchronized (schedule) {
      timer = null;
    }
    Duration next = keeper.pace(farm.heartbeat());
    reporting.lock();
    try {
      farm.nodes().report(status());
    } catch (HubException e) {
      next = AGAIN;
    } finally {
      reporting.unlock();
    }
    reportAfter(next);
  }

  private NodeStatus status() {
    Instant now = Instant.now();
    return new NodeStatus(
        name,
        new TreeSet<>(),
        "bench",
        startedAt,
        now,
        inForce.tests().size(),
        0,
        0,
        null,
        null,
        now,
        keeper.report());
  }
}
