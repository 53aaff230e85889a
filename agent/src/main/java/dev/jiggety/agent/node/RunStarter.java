package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.schedule.Slot;
import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs each due slot on a thread of its own and hands the result on. */
final class RunStarter {
  private static final Logger LOG = System.getLogger(RunStarter.class.getName());

  private final String node;
  private final RunExecutor executor;
  private final Ends ends;
  private final Set<Going> running = ConcurrentHashMap.newKeySet();

  /** What becomes of runs. Called from many threads. */
  interface Ends {
    /** A run is over. */
    void done(Run run);

    /** It broke or was stopped, and there is no result. */
    void broken(SkippedSlots slot);

    /** Told after either, and after a run that was stopped. */
    void over(String testId);
  }

  RunStarter(String node, RunExecutor executor, Ends ends) {
    this.node = node;
    this.executor = executor;
    this.ends = ends;
  }

  void start(Slot slot) {
    Going going = new Going(slot);
    running.add(going);
    try {
      executor.begin(going);
    } catch (RuntimeException | Error e) {
      running.remove(going); // who wanted it started tells what became of it
      throw e;
    }
  }

  /** The planned time of the oldest run that is going on; the far future when none is. */
  Instant oldest() {
    return running.stream()
        .map(going -> going.slot.planned())
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /** How many run right now. */
  int running() {
    return running.size();
  }

  /** Waits for what is running; what takes longer is given up, and its slot is missed. */
  void stop(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (Going going : running) {
        if (!going.over.await(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          break;
        }
      }
      for (Going going : running) {
        try {
          going.stop();
        } catch (RuntimeException e) { // like a disk that is full: the others end all the same
          LOG.log(Level.ERROR, "the end of the run of " + going.slot.test().id() + " is lost", e);
        }
      }
      for (Going going : running) { // those that were just handing their result on
        if (!going.over.await(2, TimeUnit.SECONDS)) {
          LOG.log(Level.WARNING, "the run of {0} does not end", going.slot.test().id());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A run that has begun, or will at once. Its end is told once, by whoever is first to know. */
  private final class Going implements Runnable {
    private final Slot slot;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    Going(Slot slot) {
      this.slot = slot;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      if (ended.get()) {
        return;
      }
      try {
        Run run = executor.run(slot.test(), node, slot.planned());
        end(() -> ends.done(run));
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error e) {
        end(() -> broke(e));
      }
    }

    /**
     * The node stops. Told here, since what follows it in the schedule is told next and would hide
     * it; the thread may be in a call that nothing ends but its own timeout.
     */
    void stop() {
      try {
        end(() -> missed("the node stopped in the middle of the run"));
      } finally {
        Thread known = thread;
        if (known != null) {
          known.interrupt();
        }
      }
    }

    private void end(Runnable word) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      try {
        word.run();
      } catch (RuntimeException | Error e) {
        broke(e);
      } finally {
        running.remove(this);
        try {
          ends.over(slot.test().id());
        } finally {
          over.countDown();
        }
      }
    }

    private void broke(Throwable e) {
      LOG.log(Level.ERROR, "the run of " + slot.test().id() + " broke", e);
      missed("the run broke: " + e.getClass().getSimpleName());
    }

    private void missed(String reason) {
      ends.broken(
          new SkippedSlots(
              slot.test().id(),
              SkippedSlots.Why.MISSED,
              slot.planned(),
              slot.planned(),
              1,
              reason));
    }
  }
}
