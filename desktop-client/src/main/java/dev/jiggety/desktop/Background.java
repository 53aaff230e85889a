package dev.jiggety.desktop;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Threads for work off the FX thread. They do not keep the program alive, so its end waits for
 * them: what was typed last is still on its way to the disk, and programs that were called have to
 * be ended.
 */
final class Background implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("desktop-", 0).factory());
  private final Duration patience;

  /**
   * Threads.
   *
   * @param patience how long the end waits for work before it interrupts it, and then once more
   */
  Background(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /** Lets work come to its end, and interrupts what does not in time. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!isOver()) {
        threads.shutdownNow();
        if (!isOver()) {
          LOG.log(System.Logger.Level.INFO, "some work did not end with the program");
        }
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOver() throws InterruptedException {
    return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
