package dev.jiggety.agent.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Small things that a node does again and again, on one thread; one that fails is tried again. */
final class Chores implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Chores.class.getName());

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("chores").factory());

  /** Begins after a random part of the time, so that nodes started together do not move in step. */
  void every(Duration time, String what, Runnable chore) {
    long nanos = time.toNanos();
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            chore.run();
          } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "{0}: {1}", what, e.getMessage());
          }
        },
        RandomGenerator.getDefault().nextLong(nanos / 4 + 1),
        nanos,
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
