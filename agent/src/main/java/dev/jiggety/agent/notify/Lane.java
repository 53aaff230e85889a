package dev.jiggety.agent.notify;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One channel's own thread and its short queue, so that one that hangs keeps no other waiting. What
 * does not fit stays with the desk. The loop ends by {@link #close} alone.
 */
final class Lane implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());
  private static final int LENGTH = 32;
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final BlockingQueue<Stored<Notice>> queue = new ArrayBlockingQueue<>(LENGTH);
  private final ReentrantLock writing = new ReentrantLock();
  private final Thread thread;
  private final Work work;
  private volatile boolean closed;

  /** Handles one notice; holds the lock while the thread must not be interrupted. */
  interface Work {
    void handle(Stored<Notice> notice, Lock writing) throws InterruptedException;
  }

  Lane(String channel, Work work) {
    this.work = work;
    this.thread = Thread.ofVirtual().name("notify-" + channel).start(this::run);
  }

  /** Takes it, unless it has enough to do. */
  boolean offer(Stored<Notice> notice) {
    return queue.offer(notice);
  }

  private void run() {
    while (!closed) {
      try {
        work.handle(queue.take(), writing);
      } catch (InterruptedException e) {
        if (closed) {
          return;
        }
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "a notice could not be handled", e);
      }
    }
  }

  /** What is written down at this moment is finished first, if that takes no longer than a bit. */
  @Override
  public void close() {
    closed = true;
    boolean isFree = false;
    try {
      isFree = writing.tryLock(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      thread.interrupt();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    } finally {
      if (isFree) {
        writing.unlock();
      }
    }
  }
}
