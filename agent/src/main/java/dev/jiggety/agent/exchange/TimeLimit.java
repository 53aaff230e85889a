package dev.jiggety.agent.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Closes sockets whose time is over, which is all that ends a call on them. One thread sleeps until
 * the earliest end that it knows of, and is woken only for an earlier one: hardly ever, where each
 * measurement has as much time as the one before. For that it may know ends that are no longer
 * anybody's.
 */
final class TimeLimit {
  private static final Set<TimeLimit> LIMITS =
      Collections.newSetFromMap(new IdentityHashMap<>()); // guarded by itself, as all that follows

  /** When the thread wakes by itself; it sleeps on while nothing is to be watched. */
  private static long awake;

  private static boolean sleepsOn;

  static {
    Thread.ofPlatform().daemon().name("time-limits").start(TimeLimit::watch);
  }

  private final Socket socket;
  private final long at;
  private boolean over;

  private TimeLimit(Socket socket, long at) {
    this.socket = socket;
    this.at = at;
  }

  /**
   * Does something on a socket that must be over in time; else the socket is closed.
   *
   * @param left how long it may take, in nanoseconds
   * @throws InterruptedIOException when it was not
   */
  static <T> T during(Socket socket, long left, Dialler.Talk<T> talk) throws IOException {
    TimeLimit limit = new TimeLimit(socket, System.nanoTime() + left);
    limit.begin();
    T result;
    try {
      result = talk.over(socket);
    } catch (IOException e) {
      if (!limit.end()) {
        throw e;
      }
      InterruptedIOException timeout = new InterruptedIOException("timeout");
      timeout.initCause(e);
      throw timeout;
    } catch (RuntimeException | Error e) {
      limit.end();
      throw e;
    }
    if (limit.end()) {
      throw new InterruptedIOException("timeout");
    }
    return result;
  }

  private void begin() {
    synchronized (LIMITS) {
      LIMITS.add(this);
      if (sleepsOn || at - awake < 0) {
        LIMITS.notifyAll();
      }
    }
  }

  /** Whether the time was over before. */
  private boolean end() {
    synchronized (LIMITS) {
      LIMITS.remove(this);
      return over;
    }
  }

  private static void watch() {
    while (true) {
      try {
        due().forEach(TimeLimit::close);
      } catch (InterruptedException e) {
        return; // the process ends
      } catch (RuntimeException | OutOfMemoryError e) {
        // who is due is still there
      }
    }
  }

  /** One that does not close keeps no other open. */
  private void close() {
    try {
      socket.close();
    } catch (IOException | RuntimeException e) {
      // nobody uses it any more
    }
  }

  /** Sleeps, and takes those whose time is over; none when it was woken for something else. */
  private static List<TimeLimit> due() throws InterruptedException {
    synchronized (LIMITS) {
      sleep();
      long now = System.nanoTime();
      List<TimeLimit> due = new ArrayList<>();
      for (TimeLimit limit : LIMITS) {
        if (limit.at - now <= 0) {
          limit.over = true;
          due.add(limit);
        }
      }
      due.forEach(LIMITS::remove);
      return due;
    }
  }

  private static void sleep() throws InterruptedException {
    long now = System.nanoTime();
    sleepsOn = LIMITS.isEmpty();
    if (sleepsOn) {
      LIMITS.wait();
      return;
    }
    long left = Long.MAX_VALUE;
    for (TimeLimit limit : LIMITS) {
      left = Math.min(left, limit.at - now);
    }
    awake = now + left;
    if (left > 0) {
      LIMITS.wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
