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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs each due slot on a virtual thread of its own and hands the result on. */
final class RunStarter {
  private static final Logger LOG = System.getLogger(RunStarter.class.getName());

  private final String node;
  private final RunExecutor executor;
  private final Ends ends;
  private final Map<Thread, Instant> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

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
    Thread thread = Thread.ofVirtual().name("run " + slot.test().id()).unstarted(() -> run(slot));
    running.put(thread, slot.planned());
    thread.start();
  }

  /** The planned time of the oldest run that is going on; the far future when none is. */
  Instant oldest() {
    return running.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
  }

  /** How many run right now. */
  int running() {
    return running.size();
  }

  /** Waits for what is running; what takes longer is stopped, and its slot will be missed. */
  void stop(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (Thread thread : running.keySet()) {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        if (!thread.join(left)) {
          break;
        }
      }
      stopping = true;
      running.keySet().forEach(Thread::interrupt);
      for (Thread thread : running.keySet()) {
        if (!thread.join(Duration.ofSeconds(2))) {
          LOG.log(Level.WARNING, "{0} does not end", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Slot slot) {
    String testId = slot.test().id();
    try {
      Run run = executor.run(slot.test(), node, slot.planned());
      if (stopping) {
        stopped(slot);
      } else {
        ends.done(run);
      }
    } catch (InterruptedException e) {
      stopped(slot);
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the run of " + testId + " broke", e);
      missed(slot, "the run broke: " + e.getClass().getSimpleName());
    } finally {
      running.remove(Thread.currentThread());
      ends.over(testId);
    }
  }

  /** Said here, since what follows it in the schedule is told next and would hide it. */
  private void stopped(Slot slot) {
    missed(slot, "the node stopped in the middle of the run");
  }

  private void missed(Slot slot, String reason) {
    ends.broken(
        new SkippedSlots(
            slot.test().id(), SkippedSlots.Why.MISSED, slot.planned(), slot.planned(), 1, reason));
  }
}
