package dev.jiggety.agent.vitals;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows whether an executor still carries tasks out: gives it a small one every second, never a
 * second before the first is done. Its own thread is one of the platform.
 */
public final class Pulse implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Pulse.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Executor executor;
  private final Runnable task;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long beaten = System.nanoTime();

  private Pulse(Executor executor, Runnable task) {
    this.executor = executor;
    this.task = task;
  }

  /**
   * Begins.
   *
   * @param task small, and harmless to repeat; that it fails is no sign of death
   */
  public static Pulse start(String what, Executor executor, Runnable task) {
    Pulse pulse = new Pulse(executor, task);
    Thread.ofPlatform().name("pulse-" + what).daemon().start(pulse::loop);
    return pulse;
  }

  /** How long nothing was carried out; usually up to a second. */
  public Duration since() {
    return Duration.ofNanos(System.nanoTime() - beaten);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void loop() {
    try {
      do {
        if (isAsked.compareAndSet(false, true)) {
          ask();
        }
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private void ask() {
    try {
      executor.execute(this::beat);
    } catch (RejectedExecutionException e) {
      isAsked.set(false); // full, or closing: then it is away until there is room
    }
  }

  private void beat() {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the task of a pulse failed", e);
    } finally {
      beaten = System.nanoTime();
      isAsked.set(false);
    }
  }
}
