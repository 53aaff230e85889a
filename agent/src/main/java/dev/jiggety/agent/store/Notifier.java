package dev.jiggety.agent.store;

import java.lang.System.Logger.Level;
import java.util.Map;
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
  private final Map<Object, StoreListener> listeners = new ConcurrentHashMap<>();
  private volatile long latest;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;

  Notifier(String name) {
    this.name = name;
  }

  /** A commit went up to this sequence. Never blocks. */
  void changed(long seq) {
    latest = seq;
    LockSupport.unpark(thread);
  }

  Subscription subscribe(StoreListener listener) {
    var token = new Object();
    synchronized (this) {
      if (closed) {
        listener.closed();
        return () -> {};
      }
      listeners.put(token, listener);
      if (thread == null) {
        var delivered = latest;
        thread = Thread.ofVirtual().name("store-notifier-" + name).start(() -> loop(delivered));
      }
    }
    return () -> listeners.remove(token);
  }

  private void loop(long start) {
    var delivered = start;
    while (!closed) {
      var seq = latest;
      if (seq == delivered) {
        LockSupport.park(this);
      } else {
        delivered = seq;
        for (var listener : listeners.values()) {
          tell(listener, seq);
        }
      }
    }
    for (var listener : listeners.values()) {
      tell(listener, -1);
    }
    listeners.clear();
  }

  private void tell(StoreListener listener, long seq) {
    try {
      if (seq < 0) {
        listener.closed();
      } else {
        listener.changed(seq);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener of store " + name + " failed", e);
    }
  }

  /** Tells the listeners that nothing will come any more. */
  @Override
  public synchronized void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
