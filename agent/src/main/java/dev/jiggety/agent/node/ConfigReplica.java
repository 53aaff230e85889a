package dev.jiggety.agent.node;

import com.google.gson.JsonObject;
import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.store.Change;
import dev.jiggety.agent.store.ChangeRows;
import dev.jiggety.agent.store.ChangesQuery;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.base.Backoff;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The replica of the configuration's documents: pulled once in a while, when the slots ask for it
 * or after a long time, so that it costs the hub nothing while patches travel. It tells the
 * confirmed documents after each pull, and those that it has at the start. On a virtual thread of
 * its own; the loop cannot die.
 */
final class ConfigReplica implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ConfigReplica.class.getName());
  private static final Duration USUAL = Duration.ofMinutes(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** CouchDB locks out whoever tries wrong credentials too often. */
  private static final Duration DENIED = Duration.ofMinutes(2);

  /** So that not all nodes pull at once after a hub was lost. */
  private static final Duration MOVED = Duration.ofSeconds(5);

  private final DocumentStore store;
  private final Supplier<Replicator> replicators;
  private final Consumer<Configuration> listener;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SortedMap<String, Content> documents = new TreeMap<>();
  private final Thread thread;
  private long due = System.nanoTime();
  private long since;
  private int failures;
  private volatile Replicator replicator;
  private volatile boolean closing;

  /**
   * @param replicators makes a pull from the hub that is used at the moment
   */
  ConfigReplica(
      DocumentStore store, Supplier<Replicator> replicators, Consumer<Configuration> listener) {
    this.store = store;
    this.replicators = replicators;
    this.replicator = replicators.get();
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("configuration").unstarted(this::loop);
  }

  /** Tells what is there, on the calling thread, and begins to pull. */
  ConfigReplica start() {
    tell();
    thread.start();
    return this;
  }

  /** Pulls at a time by chance within that; zero for at once. */
  void soon(Duration within) {
    long wait = within.isPositive() ? random.nextLong(within.toNanos() + 1) : 0;
    lock.lock();
    try {
      long wanted = System.nanoTime() + wait;
      if (wanted - due < 0 && failures == 0) {
        due = wanted;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Pulls from the hub that is used now, at a time by chance within some seconds. */
  void moved() {
    lock.lock();
    try {
      replicator = replicators.get();
      failures = 0;
    } finally {
      lock.unlock();
    }
    soon(MOVED);
  }

  /** Documents that could not be taken over. */
  long quarantined() {
    return replicator.quarantine().count();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(Duration.ofSeconds(5))) {
        LOG.log(Level.WARNING, "the pull of the configuration does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      while (await()) {
        pull();
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the pull of the configuration ends");
    }
  }

  /** Waits until a pull is due; false at the end. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      long wait = due - System.nanoTime();
      while (!closing && wait > 0) {
        changed.awaitNanos(wait);
        wait = due - System.nanoTime();
      }
      // Now, so that what is asked for while it is pulled counts.
      due = System.nanoTime() + USUAL.toNanos() + random.nextLong(USUAL.toNanos() / 5);
      return !closing;
    } finally {
      lock.unlock();
    }
  }

  private void pull() throws InterruptedException {
    Replicator now = replicator;
    try {
      if (now.quarantine().count() > 0) {
        now.retryQuarantined();
      }
      now.run();
      tried(0, null);
      tell();
    } catch (PeerException e) {
      if (failures == 0) {
        LOG.log(Level.DEBUG, "the configuration could not be pulled: {0}", e.getMessage());
      }
      tried(
          failures + 1,
          switch (e.kind()) {
            case DENIED, REFUSED -> DENIED;
            case UNAVAILABLE, MISSING, RECREATED, CONFLICT -> BACKOFF.delay(failures, random);
          });
    } catch (RuntimeException e) {
      if (!closing) {
        LOG.log(Level.ERROR, "the pull of the configuration goes on after a fault", e);
      }
      tried(failures + 1, BACKOFF.delay(failures, random));
    }
  }

  private void tried(int times, @Nullable Duration again) {
    lock.lock();
    try {
      failures = times;
      if (again != null) {
        due = System.nanoTime() + again.toNanos();
      }
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    long reached = since;
    try (ChangeRows rows = store.changes(ChangesQuery.since(since).withDocs())) {
      while (rows.hasNext()) {
        Change change = rows.next();
        reached = Math.max(reached, change.seq());
        if (Ids.isOfConfiguration(change.id())) {
          take(change);
        }
      }
    }
    since = reached;
    listener.accept(new Configuration(documents));
  }

  private void take(Change change) {
    StoredDocument document = change.document();
    if (change.deleted() || document == null) {
      documents.remove(change.id());
    } else {
      JsonObject json = document.body();
      json.addProperty("_id", change.id());
      documents.put(change.id(), Contents.of(json));
    }
  }
}
