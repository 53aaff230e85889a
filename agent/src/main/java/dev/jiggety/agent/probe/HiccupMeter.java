package dev.jiggety.agent.probe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows when this process stood still: garbage collection, a busy or a suspended machine. Two
 * threads, a platform thread and a virtual one, do nothing but wake up every ten milliseconds; how
 * much too late they wake is how long everybody else stood still too. They run only while somebody
 * measures. Standstills below five milliseconds are not seen.
 */
public final class HiccupMeter implements AutoCloseable {
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final StandstillLog platform = new StandstillLog();
  private final StandstillLog virtual = new StandstillLog();
  private int measuring;
  private boolean closed;

  /** Starts the two threads. */
  public HiccupMeter() {
    Thread.ofPlatform().daemon().name("hiccup-meter").start(() -> watch(platform));
    Thread.ofVirtual().name("hiccup-meter-virtual").start(() -> watch(virtual));
  }

  /** A measurement, from its beginning to {@link #standstill}. */
  public final class Watch implements AutoCloseable {
    private final long from = System.nanoTime();
    private boolean open = true;

    private Watch() {}

    /** How long the process stood still since the beginning, in nanoseconds. */
    public long standstill() {
      long to = System.nanoTime();
      return Math.max(platform.overlap(from, to), virtual.overlap(from, to));
    }

    /** Ends the watch; twice does no harm. */
    @Override
    public void close() {
      if (open) {
        open = false;
        count(-1);
      }
    }
  }

  /** Begins to watch. */
  public Watch watch() {
    count(1);
    return new Watch();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void count(int change) {
    lock.lock();
    try {
      measuring += change;
      if (measuring == 1 && change == 1) {
        long now = System.nanoTime();
        platform.expectUnlessAwaited(now);
        virtual.expectUnlessAwaited(now);
        wanted.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch(StandstillLog log) {
    try {
      while (waitUntilWanted()) {
        long now = System.nanoTime();
        log.woke(now);
        log.expect(now + PERIOD);
        Thread.sleep(PERIOD / 1_000_000);
        log.woke(System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private boolean waitUntilWanted() throws InterruptedException {
    lock.lock();
    try {
      while (measuring == 0 && !closed) {
        wanted.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }
}
