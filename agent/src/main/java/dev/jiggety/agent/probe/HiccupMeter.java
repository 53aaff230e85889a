package dev.jiggety.agent.probe;

import dev.jiggety.agent.exchange.Moments;
import dev.jiggety.model.Sample;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Knows what this process did to a measurement: garbage collection, a busy or a suspended machine.
 *
 * <p>Each measurement runs on a platform thread, of which the system knows how long it was ready
 * and got no processor. For all that stops every thread there is one more, which does nothing but
 * wake up every two milliseconds while somebody measures: how much too late it wakes, and whether
 * there was a collection meanwhile, is how long everybody stood still. What is below half a
 * millisecond is not seen.
 *
 * <p>A standstill counts where the measurement wanted to look at its clock, see {@link Moments}.
 * Where nobody notes such moments all of it counts.
 */
public final class HiccupMeter implements AutoCloseable {
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(2);

  /** How long after a standstill a thread may still be busy with its end. */
  private static final long NEAR = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private final StandstillLog standstills = new StandstillLog();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final MeasuringThreads threads = new MeasuringThreads();
  private int measuring;
  private boolean closed;

  /** Starts the thread. */
  public HiccupMeter() {
    Thread.ofPlatform().daemon().name("hiccup-meter").start(this::watch);
  }

  /**
   * Begins a run on a thread that can take its measurements by itself, as long as there are some.
   */
  void begin(Runnable run) {
    threads.begin(run);
  }

  /**
   * Takes a measurement and marks it with what this process did to it. It runs on a thread of its
   * own, unless the caller was begun on such a one.
   *
   * @throws InterruptedException when the caller is interrupted; then that thread is as well
   */
  public Sample measured(Supplier<Sample> measurement) throws InterruptedException {
    count(1);
    try {
      return threads.call(() -> marked(measurement));
    } finally {
      count(-1);
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    threads.close();
    lock.lock();
    try {
      closed = true;
      wanted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Sample marked(Supplier<Sample> measurement) {
    Moments moments = new Moments();
    Sample sample = moments.during(measurement);
    long late =
        moments.count() == 1
            ? standstills.overlap(moments.at(0), System.nanoTime())
            : lateness(moments);
    return sample.withHiccup(Duration.ofNanos(late < StandstillLog.SMALLEST ? 0 : late));
  }

  /** By how much all the looks at the clock together may have come too late. */
  private long lateness(Moments moments) {
    long sum = moments.elsewhere();
    for (int i = 1; i < moments.count(); i++) {
      long from = moments.at(i - 1);
      long to = moments.at(i);
      long queued = moments.queued(i);
      long still = standstills.overlap(from, to, NEAR + queued + moments.computed(i));
      sum += Math.min(to - from, queued + still);
    }
    return sum;
  }

  private void count(int change) {
    lock.lock();
    try {
      measuring += change;
      if (measuring == 1 && change == 1) {
        standstills.expectUnlessAwaited(System.nanoTime());
        wanted.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      long collections = collections();
      while (waitUntilWanted()) {
        long begin = System.nanoTime();
        standstills.woke(begin);
        standstills.expect(begin + PERIOD);
        TimeUnit.NANOSECONDS.sleep(PERIOD);
        long now = System.nanoTime();
        long before = collections;
        collections = collections();
        if (collections == before) {
          standstills.woke(now);
        } else {
          standstills.stoodStill(begin, now);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private long collections() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : collectors) {
      sum += collector.getCollectionCount();
    }
    return sum;
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
