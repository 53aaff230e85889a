package dev.jiggety.agent.notify;

import com.google.gson.JsonObject;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.repository.ConfigurationFeed;
import dev.jiggety.repository.HubFeed.Connection;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NoticeRepository;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the feeds tell, put together under one lock; whoever waits for something new waits here.
 * Safe for any thread.
 */
final class Board {
  /** What comes together is looked at together. */
  private static final Duration BREATH = Duration.ofMillis(50);

  private static final int FEEDS = 3;

  private final Term term;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Picture picture = new Picture(); // with the lock
  private final Set<String> heard = new HashSet<>(); // with the lock
  private boolean isDirty; // with the lock
  private boolean mustPlan; // with the lock
  private boolean closed; // with the lock

  Board(Term term) {
    this.term = term;
  }

  /** To be held by whoever looks at the picture. */
  ReentrantLock lock() {
    return lock;
  }

  /** Only with the lock. */
  Picture picture() {
    return picture;
  }

  /** Waits until everything is known; false when it is closed. */
  boolean await() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && heard.size() < FEEDS) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something new, no longer than that. */
  void sleep(Duration pause, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long nanos = Math.min(pause.toNanos(), longest.toNanos());
      while (!closed && !isDirty && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
    TimeUnit.MILLISECONDS.sleep(BREATH.toMillis());
  }

  /** Whether there is something new to plan by; from now on there is not. */
  boolean take() {
    lock.lock();
    try {
      boolean plans = mustPlan;
      isDirty = false;
      mustPlan = false;
      return plans;
    } finally {
      lock.unlock();
    }
  }

  /**
   * There is something new.
   *
   * @param plans whether it can have notices follow
   */
  void changed(boolean plans) {
    put(() -> {
      isDirty = true;
      return plans;
    });
  }

  private void put(BooleanSupplier body) {
    lock.lock();
    try {
      mustPlan |= body.getAsBoolean();
      isDirty |= mustPlan;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits here any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void hears(String feed, Connection connection) {
    switch (connection) {
      case Connection.Connected() -> {
        put(() -> {
          heard.add(feed);
          return true;
        });
        term.fine(feed);
      }
      case Connection.Away(var _, String reason) ->
          term.trouble(feed, "nothing is heard of the " + feed + ": " + reason);
    }
  }

  ConfigurationFeed.Listener ofConfiguration() {
    return new OfConfiguration();
  }

  IncidentRepository.Listener ofIncidents() {
    return new OfIncidents();
  }

  NoticeRepository.Listener ofNotices() {
    return new OfNotices();
  }

  private final class OfConfiguration implements ConfigurationFeed.Listener {
    @Override
    public void document(String id, @Nullable JsonObject document) {
      put(() -> picture.put(id, document));
    }

    @Override
    public void connection(Connection connection) {
      hears("configuration", connection);
    }
  }

  private final class OfIncidents implements IncidentRepository.Listener {
    @Override
    public void incident(Stored<Incident> incident) {
      put(() -> picture.put(incident.value()));
    }

    @Override
    public void act(IncidentAct act) {
      put(() -> picture.put(act));
    }

    @Override
    public void connection(Connection connection) {
      hears("incidents", connection);
    }
  }

  private final class OfNotices implements NoticeRepository.Listener {
    @Override
    public void notice(Stored<Notice> notice) {
      put(() -> {
        isDirty |= picture.put(notice);
        return false;
      });
    }

    @Override
    public void request(NoticeRequest request) {
      put(() -> {
        picture.put(request);
        isDirty = true;
        return false;
      });
    }

    @Override
    public void connection(Connection connection) {
      hears("notices", connection);
    }
  }
}
