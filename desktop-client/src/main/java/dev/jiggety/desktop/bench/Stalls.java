package dev.jiggety.desktop.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;

/**
 * Asks the FX thread for a sign of life again and again: the longest wait for one is how long
 * nothing would have happened to a click.
 */
final class Stalls implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final AtomicLong longest = new AtomicLong();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("bench-stalls").unstarted(this::ask);
  private volatile boolean closed;

  private Stalls() {}

  /** Begins to ask. */
  static Stalls begin() {
    Stalls stalls = new Stalls();
    stalls.thread.start();
    return stalls;
  }

  /** The longest wait so far, in milliseconds. */
  double longestMillis() {
    return longest.get() / 1e6;
  }

  private void ask() {
    while (!closed) {
      long asked = System.nanoTime();
      AtomicLong answered = new AtomicLong();
      Platform.runLater(() -> {
        answered.set(System.nanoTime());
        LockSupport.unpark(thread);
      });
      while (answered.get() == 0 && !closed) {
        LockSupport.parkNanos(this, Duration.ofSeconds(1).toNanos());
      }
      longest.accumulateAndGet(answered.get() - asked, Math::max);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
