package dev.jiggety.couch;

import java.util.HashSet;
import java.util.Set;

/**
 * Ends requests from another thread: a long poll or a feed that was given this returns {@link
 * Outcome.Unavailable} within moments. Can be shared by several requests; once cancelled it stays
 * so. Safe for any thread.
 */
public final class Cancellation {
  private final Set<Runnable> running = new HashSet<>();
  private boolean cancelled;

  /** Cuts the requests that run under this, and those that will. */
  public void cancel() {
    Set<Runnable> cut;
    synchronized (running) {
      cancelled = true;
      cut = Set.copyOf(running);
      running.clear();
    }
    cut.forEach(Runnable::run);
  }

  /** Whether {@link #cancel} was called. */
  public boolean isCancelled() {
    synchronized (running) {
      return cancelled;
    }
  }

  /** Remembers how to cut a request; cuts it at once when it is too late already. */
  void enter(Runnable cut) {
    boolean late;
    synchronized (running) {
      late = cancelled;
      if (!late) {
        running.add(cut);
      }
    }
    if (late) {
      cut.run();
    }
  }

  void leave(Runnable cut) {
    synchronized (running) {
      running.remove(cut);
    }
  }
}
