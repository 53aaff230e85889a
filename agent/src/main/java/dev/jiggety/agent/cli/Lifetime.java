package dev.jiggety.agent.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The life of a command that runs until it is told to stop. Ctrl-C and SIGTERM end the waiting; the
 * process then stays until this is closed, so that everything opened in between is closed in order
 * and nothing is cut off in the middle.
 */
final class Lifetime implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::tell, "stop-signal");

  private Lifetime() {}

  static Lifetime begin() {
    Lifetime lifetime = new Lifetime();
    Runtime.getRuntime().addShutdownHook(lifetime.hook);
    return lifetime;
  }

  /**
   * Waits for the signal.
   *
   * @param limit ends the waiting by itself; null for never
   * @return whether the signal came, rather than the limit
   */
  boolean await(@Nullable Duration limit) {
    long millis = limit == null ? Long.MAX_VALUE : limit.toMillis();
    try {
      return told.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the waiting as a signal would. */
  void end() {
    told.countDown();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      told.countDown(); // the shutdown is under way: the hook is what waits for us
    }
  }

  private void tell() {
    told.countDown();
    try {
      if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println(
            "jiggety: did not stop within " + PATIENCE.toSeconds() + " s, giving up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
