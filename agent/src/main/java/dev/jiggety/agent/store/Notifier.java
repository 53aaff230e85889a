package dev.jiggety.agent.store;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of commits, on one virtual thread of its own. The writer only leaves the latest
 * sequence behind and goes on; a listener that is slow gets several commits as one.
 */
final class Notifier implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Notifier.class.getName());

  private final String name;
  private final Set<Entry> listeners = ConcurrentHashMap.newKeySet();
  private volatile long latest;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;

  /** A listener; equal to itself alone, so that one may be subscribed twice. */
  private static final class Entry {
    private final StoreListener listener;
    private boolean failing;

    Entry(StoreListener listener) {
      this.listener = listener;
    }
  }

  Notifier(String name) {
    this.name = name;
  }

  /** A commit went up to this sequence. Never blocks. */
  void changed(long seq) {
    latest = seq;
    LockSupport.unpark(thread);
  }

  Subscription subscribe(StoreListener listener) {
    var entry = new Entry(listener);
    synchronized (this) {
      if (closed) {
        listener.closed();
        return () -> {};
      }
      listeners.add(entry);
      if (thread == null) {
        var delivered = latest;
        var made = Thread.ofVirtual().name("store-notifier-" + name);
        var notifying = made.unstarted(() -> loop(delivered));
        // Known before it runs: who wakes it must not find nobody.
        thread = notifying;
        notifying.start();
      }
    }
    return () -> listeners.remove(entry);
  }

  private void loop(long start) {
    var delivered = start;
    while (!closed) {
      var seq = latest;
      if (seq == delivered) {
        LockSupport.park(this);
      } else {
        delivered = seq;
        for (var entry : listeners) {
          tell(entry, seq);
        }
      }
    }
    for (var entry : listeners) {
      tell(entry, -1);
    }
    listeners.clear();
  }

  private void tell(Entry entry, long seq) {
    try {
      if (seq < 0) {
        entry.listener.closed();
      } else {
        entry.listener.changed(seq);
      }
      entry.failing = false;
    } catch (RuntimeException e) {
      if (!entry.failing) {
        LOG.log(Level.WARNING, "a listener of store " + name + " fails", e);
      }
      entry.failing = true;
    }
  }

  /** Tells the listeners that nothing will come any more. */
  @Override
  public synchronized void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
