package dev.jiggety.agent.result;

import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.EvidenceRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Keeps every finished run until the hub has it. One thread writes: what is handed over while it
 * waits for the disk goes together in the next step, so durability costs the same for one run and
 * for a thousand. Every method may be called from any thread and waits for the disk only where it
 * says so, or when thousands are waiting already.
 *
 * <p>When the disk takes nothing, testing goes on: results wait in memory, up to a limit; beyond it
 * the oldest are given up, counted, and their slots told as missed as soon as there is room.
 */
public final class Outbox implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());
  private static final int STEP = 2_000;

  /** When more runs than that wait in memory, only their times and errors are kept. */
  private static final int MOST_WITH_EVIDENCE = 1_000;

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How often it looks for old batches when there is nothing to do. */
  private static final long IDLE = Duration.ofSeconds(30).toNanos();

  /** How long it is good to know what is the oldest. */
  private static final long OLDEST_KNOWN = Duration.ofSeconds(5).toNanos();

  /** Between flushes that a change of verdict asks for. */
  private static final long CALM = Duration.ofMillis(200).toNanos();

  private final OutboxOptions options;
  private final OutboxFile file;
  private final Batcher batcher;
  private final Opening opening;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition idle = lock.newCondition();
  private final Pending pending;
  private final Trouble trouble = new Trouble();
  private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
  private final Map<String, Long> pushed = new HashMap<>();
  private final Thread thread;
  private boolean flushNow;
  private boolean draining;
  private boolean closing;
  private boolean busy;
  private long durableRuns;
  private Optional<Instant> oldest = Optional.empty();
  private long oldestAsked;
  private OptionalLong limit = OptionalLong.empty();
  private long flushedAt = System.nanoTime();

  /**
   * What a restart begins with.
   *
   * @param accounted for each test the planned time up to which all slots are accounted for
   * @param era how often the clock was set back so far
   */
  public record Opening(Map<String, Instant> accounted, int era) {
    public Opening {
      accounted = Map.copyOf(accounted);
    }
  }

  /**
   * How it is going.
   *
   * @param backlog runs that the hub does not have, durable or still in memory
   * @param inMemory of these, the ones that are not durable yet
   * @param lost runs that were given up since the start
   * @param oldest when the oldest durable run was made that the hub does not have, as of the last
   *     seconds; empty for none
   * @param trouble what is wrong with the disk, one line; empty when nothing is
   */
  public record State(
      long backlog, long inMemory, long lost, Optional<Instant> oldest, String trouble) {}

  private Outbox(OutboxOptions options, OutboxFile file, Batcher batcher, Opening opening)
      throws SQLException {
    this.options = options;
    this.file = file;
    this.batcher = batcher;
    this.opening = opening;
    this.pending = new Pending(options.names(), options.mostInMemory());
    this.durableRuns = file.waitingRuns() + file.batches().unpushedRuns();
    this.thread = Thread.ofPlatform().daemon().name("outbox").unstarted(this::loop);
  }

  /**
   * Opens an outbox, made anew if there is none; what a crash left half done is finished.
   *
   * @throws UncheckedIOException with one line that names the file, when it cannot be opened
   */
  public static Outbox open(Path path, OutboxOptions options, BatchStore store) {
    try {
      OutboxFile file = OutboxFile.open(path, options.maxFileBytes(), options.clock().instant());
      String stream = file.stream(RandomGenerator.getDefault());
      Batcher batcher = new Batcher(file, options, stream, store);
      Outbox outbox = new Outbox(options, file, batcher, new Opening(file.accounted(), file.era()));
      outbox.thread.start();
      return outbox;
    } catch (SQLException e) {
      throw new UncheckedIOException(
          "cannot open the outbox "
              + path
              + ": "
              + e.getMessage()
              + "; see that the disk has room and the file may be written",
          new IOException(e));
    }
  }

  /** What was durable when it was opened. */
  public Opening opening() {
    return opening;
  }

  /** Keeps a finished run. A change of the test's verdict goes to the hub at once. */
  public void add(Run run) {
    Verdict before = verdicts.put(run.testId(), run.verdict());
    boolean many = state().inMemory() > MOST_WITH_EVIDENCE;
    put(Entry.of(many ? EvidenceRules.bare(run) : run), before != run.verdict());
  }

  /** Keeps the account of skipped slots. */
  public void add(SkippedSlots slots) {
    put(Entry.of(slots), false);
  }

  /** The clock was set back: a new era of planned times begins. */
  public void era(int number) {
    locked(() -> pending.era(number));
  }

  /** These tests are not this node's any more; nothing will be owed for them. */
  public void forget(Collection<String> testIds) {
    List<String> ids = List.copyOf(testIds);
    ids.forEach(verdicts::remove);
    locked(() -> pending.forget(ids));
  }

  /** The hub has all batches of a database up to a sequence of the local store. */
  public void pushed(String database, long seq) {
    locked(() -> pushed.merge(database, seq, Math::max));
  }

  /** Makes batches of what there is, soon. */
  public void flush() {
    locked(() -> flushNow = true);
  }

  /** Bounds the file anew, in bytes; 0 = no limit. */
  public void limit(long bytes) {
    locked(() -> limit = OptionalLong.of(bytes));
  }

  /**
   * The live databases that hold batches which the hub does not have, or has not had for long. As
   * of the last minutes: one that is not needed any more may still be there.
   */
  public Set<String> databasesInUse() {
    return batcher.inUse();
  }

  /** How it is going. */
  public State state() {
    lock.lock();
    try {
      long inMemory = pending.runs();
      return new State(
          durableRuns + inMemory,
          inMemory,
          pending.lostRuns(),
          durableRuns == 0 ? Optional.empty() : oldest,
          trouble.text());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that was handed over is durable and in batches.
   *
   * @return false when that took too long, or the disk takes nothing
   */
  public boolean drain(Duration patience) {
    lock.lock();
    try {
      flushNow = true;
      draining = true;
      work.signal();
      long left = patience.toNanos();
      while ((!pending.isEmpty() || flushNow || busy) && thread.isAlive()) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return pending.isEmpty() && trouble.isOver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      draining = false;
      lock.unlock();
    }
  }

  /** Writes down all there is, makes the last batches and closes the file. */
  @Override
  public void close() {
    drain(Duration.ofSeconds(10));
    locked(() -> closing = true);
    try {
      if (thread.join(Duration.ofSeconds(10))) {
        file.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the outbox did not close well: {0}", e.getMessage());
    }
  }

  /** While the disk works, whoever is faster than it waits; nothing is given up for speed. */
  private void put(Entry entry, boolean urgent) {
    lock.lock();
    try {
      while (pending.isFull() && trouble.isOver() && thread.isAlive()) {
        room.awaitUninterruptibly();
      }
      pending.add(entry);
      flushNow |= urgent;
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    while (true) {
      try {
        if (!turn()) {
          return;
        }
        recovered();
      } catch (SQLException | RuntimeException e) {
        failed(e);
      } catch (InterruptedException e) {
        return; // the process ends
      }
    }
  }

  /** One round: write what is pending, then batches, then what is old. False at the end. */
  private boolean turn() throws SQLException, InterruptedException {
    Pending.Step step;
    boolean flush;
    Map<String, Long> hubHas;
    OptionalLong newLimit;
    lock.lock();
    try {
      busy = false;
      idle.signalAll();
      waitForWork();
      if (closing) {
        return false;
      }
      busy = true;
      step = pending.take(STEP);
      flush = isFlushDue();
      if (flush) { // here, with what is taken: a later wish is about what comes later
        flushNow = false;
        flushedAt = System.nanoTime();
      }
      hubHas = Map.copyOf(pushed);
      newLimit = limit;
      limit = OptionalLong.empty();
    } finally {
      lock.unlock();
    }
    if (newLimit.isPresent()) {
      file.limit(newLimit.getAsLong());
    }
    write(step);
    if (flush || batcher.isFull()) {
      batcher.flush();
    }
    for (Map.Entry<String, Long> one : hubHas.entrySet()) {
      long fewer = file.batches().pushed(one.getKey(), one.getValue(), options.clock().instant());
      locked(() -> {
        pushed.remove(one.getKey(), one.getValue());
        durableRuns -= fewer;
      });
    }
    lookForOldest();
    batcher.purge();
    return true;
  }

  /** Not at every step: it looks at all batches that the hub does not have. */
  private void lookForOldest() throws SQLException {
    long now = System.nanoTime();
    if (oldest.isPresent() && now - oldestAsked < OLDEST_KNOWN) {
      return;
    }
    oldestAsked = now;
    Optional<Instant> found = file.oldestRun();
    locked(() -> oldest = found);
  }

  private void waitForWork() throws InterruptedException {
    long wait = IDLE;
    if (flushNow) {
      wait = CALM - sinceFlush();
    } else if (batcher.hasWaiting()) {
      wait = options.flushEvery().toNanos() - sinceFlush();
    }
    while (wait > 0 && !hasWork()) {
      boolean urgent = flushNow;
      wait = work.awaitNanos(wait);
      if (flushNow && !urgent) {
        wait = Math.min(wait, CALM - sinceFlush());
      }
    }
  }

  private boolean hasWork() {
    return closing || !pending.isEmpty() || !pushed.isEmpty() || limit.isPresent() || isFlushDue();
  }

  private boolean isFlushDue() {
    return (flushNow && (draining || sinceFlush() >= CALM))
        || (batcher.hasWaiting() && sinceFlush() >= options.flushEvery().toNanos());
  }

  private long sinceFlush() {
    return System.nanoTime() - flushedAt;
  }

  private void write(Pending.Step step) throws SQLException {
    boolean empty = step.entries().isEmpty() && step.era().isEmpty() && step.forgotten().isEmpty();
    if (!empty) {
      file.write(step.entries(), step.era(), step.forgotten());
      batcher.came(step.entries());
    }
    long runs = step.entries().stream().filter(Entry::isRun).count();
    locked(() -> {
      pending.done(step);
      room.signalAll();
      durableRuns += runs;
    });
  }

  private void failed(Exception e) {
    lock.lock();
    try {
      trouble.began(e);
      busy = false;
      idle.signalAll();
      room.signalAll();
      long left = RETRY.toNanos();
      while (left > 0 && !closing) {
        left = work.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void recovered() {
    lock.lock();
    try {
      trouble.ended();
    } finally {
      lock.unlock();
    }
  }
}
