package dev.jiggety.desktop.fx;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The ticker of the running program: one daemon thread. */
public final class SystemTicker implements Ticker, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SystemTicker.class.getName());

  private final ScheduledExecutorService executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("desktop-ticker").factory());

  @Override
  public Pin every(Duration period, Runnable action) {
    ScheduledFuture<?> future =
        executor.scheduleAtFixedRate(
            () -> guarded(action), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a periodic action failed; it goes on", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
