package dev.jiggety.agent.schedule;

import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.TestDefinition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts the runs of a node's tests at their planned times, on one thread of its own. It only
 * starts: a run goes on elsewhere, and its end is told by {@link #finished}. Every method may be
 * called from any thread.
 *
 * <p>It watches both clocks of the machine. A wall clock that was set back by more than ten seconds
 * begins a new era: tests go on at once, and their planned times are moved on by a millisecond, so
 * that no time is used twice. One that was set forward, and a machine that slept, leave missed
 * slots.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Scheduler.class.getName());

  /** The longest sleep: how soon a clock that was set is noticed. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration JUMP = Duration.ofSeconds(2);
  private static final Duration JUMP_BACK = JUMP.negated();

  private final NodeClock clock;
  private final Starter starter;
  private final Accounts accounts;
  private final Timetable timetable;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Instant lastWall;
  private long lastNanos;
  private volatile long lookedAt;
  private boolean closed;
  private Optional<ClockJump> lastJump = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  /** Takes over slots that are due. */
  @FunctionalInterface
  public interface Starter {
    /** Begins the run and returns at once. */
    void start(Slot slot);
  }

  /**
   * The wall clock did not go on as time did.
   *
   * @param at what it showed afterwards
   * @param by how far it was moved; negative when it was set back
   */
  public record ClockJump(Instant at, Duration by) {}

  /** A scheduler that does nothing yet; {@link #start} sets it going. */
  public Scheduler(
      String node, NodeClock clock, Accounts.Opening opening, Starter starter, Accounts accounts) {
    this.clock = clock;
    this.starter = starter;
    this.accounts = accounts;
    this.lastWall = clock.instant();
    this.lastNanos = clock.nanos();
    this.lookedAt = lastNanos;
    this.timetable = new Timetable(node, opening, lastWall);
    if (timetable.era() != opening.era()) {
      LOG.log(
          Level.WARNING,
          "the clock was set back while the node was not running; going on from now");
      accounts.eraBegins(timetable.era());
    }
  }

  /** Starts the thread. */
  public void start() {
    Thread loop = new Thread(this::loop, "scheduler");
    loop.setDaemon(true);
    lock.lock();
    try {
      thread = Optional.of(loop);
    } finally {
      lock.unlock();
    }
    loop.start();
  }

  /** Puts these tests into force in place of all others; takes effect at once. */
  public void update(Collection<TestDefinition> tests) {
    lock.lock();
    try {
      step();
      carryOut(timetable.update(tests, lastWall));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The run of this test is over and written down; from now on it may run again. */
  public void finished(String testId) {
    lock.lock();
    try {
      timetable.finished(testId).forEach(this::skipped);
    } finally {
      lock.unlock();
    }
  }

  /** How long it has not looked at the clocks: much more than half a second means that it hangs. */
  public Duration sinceLook() {
    return Duration.ofNanos(clock.nanos() - lookedAt); // without the lock, which may be what hangs
  }

  /** When the clock was last seen to jump; empty when it never did. */
  public Optional<ClockJump> lastJump() {
    lock.lock();
    try {
      return lastJump;
    } finally {
      lock.unlock();
    }
  }

  /** Starts nothing any more; what is owed of tests that are switched off is told. */
  @Override
  public void close() {
    Optional<Thread> loop;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      carryOut(timetable.close(clock.instant()));
      changed.signal();
      loop = thread;
    } finally {
      lock.unlock();
    }
    loop.ifPresent(Scheduler::join);
  }

  /**
   * Looks at the clocks and does what is due.
   *
   * @return how long nothing will be
   */
  Duration step() {
    lock.lock();
    try {
      Instant wall = clock.instant();
      long nanos = clock.nanos();
      Duration moved = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
      String cause = "it was late: the node stood still or had too much to do";
      // Not by abs(), which reckons in decimals: this is looked at with each start of a run.
      if (moved.compareTo(JUMP) > 0 || moved.compareTo(JUMP_BACK) < 0) {
        lastJump = Optional.of(new ClockJump(wall, moved));
        LOG.log(
            Level.WARNING,
            "the clock was set {0} by {1}s",
            moved.isNegative() ? "back" : "forward, or the machine slept,",
            moved.abs().toSeconds());
        cause = "the clock was set forward, or the machine slept";
      }
      if (Duration.between(lastWall, wall).plus(Timetable.WAITED_OUT).isNegative()) {
        Timetable.Decisions decisions = timetable.rebase(lastWall, wall);
        accounts.eraBegins(timetable.era());
        carryOut(decisions);
      }
      lastWall = wall;
      lastNanos = nanos;
      lookedAt = nanos;
      carryOut(timetable.tick(wall, cause));
      return timetable
          .nextWake()
          .map(at -> Duration.between(wall, at))
          .filter(wait -> wait.compareTo(LOOK) < 0)
          .orElse(LOOK);
    } finally {
      lock.unlock();
    }
  }

  private void carryOut(Timetable.Decisions decisions) {
    decisions.skipped().forEach(this::skipped); // first, as they lie before what is due
    decisions.due().forEach(this::begin);
  }

  private void begin(Slot slot) {
    try {
      starter.start(slot);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the run of " + slot.test().id() + " could not be started", e);
      skipped(
          new SkippedSlots(
              slot.test().id(),
              SkippedSlots.Why.MISSED,
              slot.planned(),
              slot.planned(),
              1,
              "it could not be started: " + e));
      timetable.finished(slot.test().id()).forEach(this::skipped);
    }
  }

  private void skipped(SkippedSlots slots) {
    try {
      accounts.skipped(slots);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "slots of " + slots.testId() + " could not be accounted for", e);
    }
  }

  private void loop() {
    while (true) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        Duration wait = step();
        if (wait.isPositive()) {
          changed.awaitNanos(wait.toNanos());
        }
      } catch (InterruptedException e) {
        return; // nobody interrupts it but the end of the process
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the scheduler goes on after a fault", e);
        pause();
      } finally {
        lock.unlock();
      }
    }
  }

  /** After a fault; so that one that stays does not spin. */
  private void pause() {
    try {
      long left = PAUSE.toNanos();
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread loop) {
    try {
      loop.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
