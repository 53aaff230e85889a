package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compacts all databases, one after the other, again and again, on one virtual thread. Other
 * writers have their turn in between; a database that fails is left for the next round.
 */
final class Compactor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Compactor.class.getName());

  private final Databases databases;
  private final Duration interval;
  private final Consumer<DocumentStore> afterwards;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<String> failing = new HashSet<>();

  private Compactor(Databases databases, Duration interval, Consumer<DocumentStore> afterwards) {
    this.databases = databases;
    this.interval = interval;
    this.afterwards = afterwards;
  }

  /**
   * Starts.
   *
   * @param interval between two rounds, and before the first
   * @param afterwards what else is done for each database
   */
  static Compactor start(
      Databases databases, Duration interval, Consumer<DocumentStore> afterwards) {
    var compactor = new Compactor(databases, interval, afterwards);
    Thread.ofVirtual().name("hub-compactor").start(compactor::loop);
    return compactor;
  }

  private void loop() {
    while (closed.getCount() > 0) {
      try {
        if (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
          round();
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "interrupted, which only close() has a reason for");
      } catch (RuntimeException | Error e) {
        failed("the data folder", e);
      }
    }
  }

  private void round() {
    for (var name : databases.list()) {
      if (closed.getCount() == 0) {
        return;
      }
      try {
        databases
            .find(name)
            .ifPresent(store -> {
              store.compact();
              afterwards.accept(store);
            });
        failing.remove(name);
      } catch (RuntimeException | Error e) {
        failed(name, e);
      }
    }
  }

  /** Says so once, and not each hour. */
  private void failed(String what, Throwable why) {
    if (closed.getCount() > 0 && failing.add(what)) {
      LOG.log(Level.WARNING, "compaction of " + what + " ended early; it is tried again", why);
    }
  }

  /** No more rounds; what is under way ends with the databases. */
  @Override
  public void close() {
    closed.countDown();
  }
}
