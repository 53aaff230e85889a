package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.schedule.Slot;
import dev.jiggety.model.Run;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The runs that go on just now, each on a virtual thread. A run that is cut off by the end of the
 * node leaves no result; its slot is accounted for as missed at the next start.
 */
final class RunningTests implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RunningTests.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final String node;
  private final RunExecutor executor;
  private final Consumer<Run> results;
  private final Consumer<String> finished;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /**
   * Nothing runs yet.
   *
   * @param results takes each finished run
   * @param finished hears the test's id afterwards, run or no run
   */
  RunningTests(
      String node, RunExecutor executor, Consumer<Run> results, Consumer<String> finished) {
    this.node = node;
    this.executor = executor;
    this.results = results;
    this.finished = finished;
  }

  void start(Slot slot) {
    Thread thread =
        Thread.ofVirtual().name("run " + slot.test().id()).unstarted(() -> run(slot));
    threads.add(thread);
    thread.start();
  }

  /** Lets what goes on come to its end for a little while, then cuts it off. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join(GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Slot slot) {
    try {
      results.accept(executor.run(slot.test(), node, slot.planned()));
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "a run of {0} was cut off", slot.test().id());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a run of " + slot.test().id() + " failed inside the node", e);
    } finally {
      finished.accept(slot.test().id());
      threads.remove(Thread.currentThread());
    }
  }
}
