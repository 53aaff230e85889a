package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DatabaseListener;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happened to databases since the hub began. As CouchDB, of each database the latest event of
 * each kind; of more than there is room for the oldest are forgotten. Thread-safe.
 */
final class DatabaseUpdates implements DatabaseListener, AutoCloseable {
  private static final int MOST_KEPT = 10_000;

  // A sequence of another run of the hub says nothing about this one.
  private final String token = UUID.randomUUID().toString().replace("-", "");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Kind, Long> latest = new LinkedHashMap<>();
  private final Subscription subscription;
  private long seq;
  private boolean closed;

  private record Kind(String database, String type) {}

  /** Something happened: {@code created}, {@code updated} or {@code deleted}. */
  record Event(long seq, String database, String type) {}

  DatabaseUpdates(Databases databases) {
    this.subscription = databases.subscribe(this);
  }

  @Override
  public void created(String name) {
    add(name, "created");
  }

  @Override
  public void updated(String name) {
    add(name, "updated");
  }

  @Override
  public void deleted(String name) {
    add(name, "deleted");
  }

  private void add(String database, String type) {
    var kind = new Kind(database, type);
    lock.lock();
    try {
      latest.remove(kind); // to stand at the end
      latest.put(kind, ++seq);
      if (latest.size() > MOST_KEPT) {
        latest.remove(latest.keySet().iterator().next());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The events after a sequence, in order. */
  List<Event> after(long since, long limit) {
    lock.lock();
    try {
      var events = new ArrayList<Event>();
      latest.forEach((kind, at) -> {
        if (at > since && events.size() < limit) {
          events.add(new Event(at, kind.database, kind.type));
        }
      });
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an event after a sequence; returns whether there is none yet. */
  boolean await(long since, long nanos) throws InterruptedException {
    lock.lock();
    try {
      var left = nanos;
      while (seq <= since && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return seq <= since;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will come any more. */
  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** A sequence as clients see it. */
  String write(long number) {
    return number + "-" + token;
  }

  /** Reads one; what is none of this run's is the beginning. */
  long read(String text) {
    var bare = text.replace("\"", "");
    if (bare.equals("now")) {
      lock.lock();
      try {
        return seq;
      } finally {
        lock.unlock();
      }
    }
    var dash = bare.indexOf('-');
    return dash > 0 && bare.substring(dash + 1).equals(token) && bare.matches("\\d{1,18}-.*")
        ? Long.parseLong(bare.substring(0, dash))
        : 0;
  }

  /** Hears no more, and wakes who waits. */
  @Override
  public void close() {
    subscription.close();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
