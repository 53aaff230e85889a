package dev.jiggety.agent.store;

import dev.jiggety.agent.store.StoreException.Kind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store's session open while it is used, lets it rest when asked, and opens it again with
 * the next call. What is closed for good stays closed.
 */
final class SessionKeeper {

  private final Path file;
  private final StoreOptions options;
  private final LongConsumer afterCommit;
  // Every call holds the read side while it uses the session; closing takes the write side.
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable StoreSession session;
  private volatile @Nullable String closedBecause;
  private volatile boolean checked;
  private volatile long lastUse = System.nanoTime();
  private volatile OpenReport report = new OpenReport(false, Optional.empty(), "");

  SessionKeeper(Path file, StoreOptions options, LongConsumer afterCommit) {
    this.file = file;
    this.options = options;
    this.afterCommit = afterCommit;
  }

  /** Does something with the session, which stays open at least as long. */
  <T extends @Nullable Object> T use(Function<StoreSession, T> work) {
    use.readLock().lock();
    try {
      lastUse = System.nanoTime();
      return work.apply(session());
    } finally {
      use.readLock().unlock();
    }
  }

  private StoreSession session() {
    var because = closedBecause;
    if (because != null) {
      throw new StoreException(Kind.CLOSED, file + ": " + because);
    }
    var open = session;
    return open != null ? open : open();
  }

  private StoreSession open() {
    opening.lock();
    try {
      var open = session;
      if (open == null) {
        open = StoreSession.open(file, options, options.checkAtOpen() && !checked, afterCommit);
        if (!checked || open.report().setAside().isPresent()) {
          report = open.report();
        }
        checked = true;
        session = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  /** What the first opening found, or a later one that found damage. */
  OpenReport report() {
    return report;
  }

  /** Whether the session is open. */
  boolean awake() {
    return session != null;
  }

  /** When it was last used, by {@link System#nanoTime}. */
  long lastUse() {
    return lastUse;
  }

  /** Closes the session unless somebody uses it right now. */
  boolean rest() {
    if (!use.writeLock().tryLock()) {
      return false;
    }
    try {
      closeSession();
      return true;
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Waits until nobody uses it, then closes it for good; false if it was closed already. */
  boolean close(String because) {
    use.writeLock().lock();
    try {
      if (closedBecause != null) {
        return false;
      }
      closedBecause = because;
      closeSession();
      return true;
    } finally {
      use.writeLock().unlock();
    }
  }

  private void closeSession() {
    var open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
