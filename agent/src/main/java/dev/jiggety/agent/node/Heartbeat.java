package dev.jiggety.agent.node;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.NodeRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Reports the node's status to the hub, again and again; the hub may be away. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

  /** So that news in a row make one report; more where a report takes long. */
  private static final Duration CALM = Duration.ofMillis(50);

  private static final int CALM_FACTOR = 10;

  /** After a failure. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  /** After a refusal; CouchDB locks out whoever tries wrong credentials too often. */
  private static final Duration DENIED = Duration.ofMinutes(2);

  private final NodeRepository nodes;
  private final Doubles doubles;
  private final Supplier<NodeStatus> status;
  private final Supplier<Duration> every;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private long due;
  private long notBefore;
  private boolean closing;
  private volatile boolean silent;
  private boolean away;

  /**
   * A heartbeat that does not beat yet.
   *
   * @param every how often, at the moment; up to a third more by chance
   * @param doubles is told what others write in this node's name
   */
  Heartbeat(
      NodeRepository nodes,
      Supplier<NodeStatus> status,
      Supplier<Duration> every,
      Doubles doubles) {
    this.nodes = nodes;
    this.doubles = doubles;
    this.status = status;
    this.every = every;
    this.due = System.nanoTime();
    this.notBefore = due;
    this.thread = Thread.ofVirtual().name("heartbeat").unstarted(this::loop);
  }

  /** Begins to report, at once. */
  void start() {
    thread.start();
  }

  /** There is news; it goes out at a time by chance within that, zero for at once. */
  void soon(Duration within) {
    long wait = within.isPositive() ? random.nextLong(within.toNanos() + 1) : 0;
    lock.lock();
    try {
      long wanted = System.nanoTime() + wait;
      if (wanted - due < 0) {
        due = wanted;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is reported any more: another program does that. */
  void silence() {
    silent = true;
  }

  /** Reports a last time, if the hub is there. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(Duration.ofSeconds(3))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      boolean last = false;
      while (!last) {
        last = await();
        if (!last || !away) { // at the end nobody would hear it, and somebody waits
          Duration calm = report();
          lock.lock();
          try {
            notBefore = System.nanoTime() + calm.toNanos();
          } finally {
            lock.unlock();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to stop
    }
  }

  /** Waits until a report is due; whether it is the last one. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (!closing) {
        long now = System.nanoTime();
        long wait = Math.max(due - now, notBefore - now);
        if (wait <= 0) {
          long usual = every.get().toNanos();
          due = now + usual + random.nextLong(usual / 3 + 1);
          return false;
        }
        changed.awaitNanos(wait);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** How long to keep still afterwards. */
  private Duration report() {
    long begin = System.nanoTime();
    try {
      NodeStatus now = status.get();
      if (!silent) {
        doubles.spoke(now);
        nodes.report(now, doubles::heard);
      }
      if (away) {
        LOG.log(Level.INFO, "the hub hears this node again");
      }
      away = false;
      Duration took = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(CALM_FACTOR);
      return took.compareTo(CALM) < 0 ? CALM : took;
    } catch (HubException e) {
      if (!away) {
        LOG.log(Level.WARNING, "the hub does not hear this node: {0}", e.getMessage());
      }
      away = true;
      return e.kind() == HubException.Kind.UNAUTHORIZED ? DENIED : AGAIN;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the status could not be reported", e);
      return AGAIN;
    }
  }
}
