package dev.jiggety.agent.manager;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The loop of a manager on a thread of its own. Whatever a task throws, the loop goes on. */
final class LoopThread implements Loop, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());

  /** The clock may be set; so no wait is believed for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** After so many tasks something that waits for an idle time has its turn. */
  private static final int MOST_BUSY = 20;

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final Queue<Runnable> idle = new ArrayDeque<>();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::time).thenComparingLong(Planned::number));
  private final AtomicLong numbers = new AtomicLong();
  private final Thread thread;
  private int busy; // tasks since one for idle times
  private boolean closed;
  private volatile long stepped = System.nanoTime();

  private record Planned(Instant time, long number, Runnable task) {}

  LoopThread(InstantSource clock) {
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("patch-manager").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** How long it has been at one task, or has waited for one; waiting, up to a second. */
  Duration sinceStep() {
    return Duration.ofNanos(System.nanoTime() - stepped);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void post(Runnable task) {
    add(() -> ready.add(task));
  }

  @Override
  public void whenIdle(Runnable task) {
    add(() -> idle.add(task));
  }

  @Override
  public Timer at(Instant time, Runnable task) {
    Planned entry = new Planned(time, numbers.incrementAndGet(), task);
    add(() -> planned.add(entry));
    return () -> {
      lock.lock();
      try {
        planned.remove(entry);
      } finally {
        lock.unlock();
      }
    };
  }

  private void add(Runnable adding) {
    lock.lock();
    try {
      if (!closed) {
        adding.run();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (Throwable e) { // whatever it is, nobody else would carry on
        LOG.log(System.Logger.Level.ERROR, "a step of the patch manager failed", e);
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      while (!closed) {
        stepped = System.nanoTime();
        if (busy >= MOST_BUSY && !idle.isEmpty()) {
          busy = 0;
          return idle.poll();
        }
        busy++;
        Planned first = planned.peek();
        Duration wait = first == null ? LONGEST_WAIT : Duration.between(now(), first.time());
        if (first != null && !wait.isPositive()) {
          planned.poll();
          return first.task();
        }
        Runnable task = ready.poll();
        if (task != null) {
          return task;
        }
        busy = 0;
        Runnable other = idle.poll();
        if (other != null) {
          return other;
        }
        Duration nap = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        try {
          long left = changed.awaitNanos(nap.toNanos());
          LOG.log(System.Logger.Level.TRACE, "woken {0} ns early", left);
        } catch (InterruptedException e) {
          LOG.log(System.Logger.Level.DEBUG, "interrupted; closing is told by the flag", e);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it after the task that is running; nothing else is run. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ready.clear();
      idle.clear();
      planned.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      boolean isSelf = Thread.currentThread().threadId() == thread.threadId();
      if (!isSelf && !thread.join(FAREWELL)) {
        LOG.log(System.Logger.Level.WARNING, "the patch manager does not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
