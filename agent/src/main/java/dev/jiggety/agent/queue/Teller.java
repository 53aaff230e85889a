package dev.jiggety.agent.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Calls a candidate, one call at a time, on a thread of its own: a candidate that takes its time
 * does not keep the connection to the broker from being looked after. Whoever is not active any
 * more hears so before all that was still to be told. It holds as many patches as are delivered
 * without acknowledgement.
 */
final class Teller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Teller.class.getName());

  private final PatchQueue.Candidate candidate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<News> news = new ArrayDeque<>(); // guarded by lock
  private final Thread thread;
  private boolean active; // guarded by lock: whether the last that it was told was so
  private @Nullable String reason; // guarded by lock: why not, as last told
  private boolean closed; // guarded by lock

  private sealed interface News {
    record Active() implements News {}

    record Delivered(QueuedPatch patch) implements News {}

    record Passive(String reason) implements News {}
  }

  Teller(PatchQueue.Candidate candidate) {
    this.candidate = candidate;
    this.thread = Thread.ofVirtual().name("queue-candidate").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void active() {
    add(new News.Active());
  }

  void delivered(QueuedPatch patch) {
    add(new News.Delivered(patch));
  }

  /** Tells it, unless it knows: it is passive already and for the same reason. */
  void passive(String why) {
    lock.lock();
    try {
      news.removeIf(waiting -> !(waiting instanceof News.Passive));
      News last = news.peekLast();
      String known = last instanceof News.Passive passive ? passive.reason() : reason;
      boolean knows = (last != null || !active) && Objects.equals(known, why);
      if (!knows) {
        news.clear();
        news.add(new News.Passive(why));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No call begins after this; one that is under way may still end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(News what) {
    lock.lock();
    try {
      if (!closed) {
        news.add(what);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (News next = next(); next != null; next = next()) {
      try {
        tell(next);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "the candidate for the queue failed at " + next, e);
      }
    }
  }

  private void tell(News next) {
    switch (next) {
      case News.Active() -> candidate.active();
      case News.Delivered(QueuedPatch patch) -> candidate.delivered(patch);
      case News.Passive(String why) -> candidate.passive(why);
    }
  }

  /** What is to be told next, noted as told; null at the end. */
  private @Nullable News next() {
    lock.lock();
    try {
      while (news.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      News next = closed ? null : news.poll();
      switch (next) {
        case null -> {}
        case News.Active() -> {
          active = true;
          reason = null;
        }
        case News.Delivered _ -> {}
        case News.Passive(String why) -> {
          active = false;
          reason = why;
        }
      }
      return next;
    } finally {
      lock.unlock();
    }
  }
}
