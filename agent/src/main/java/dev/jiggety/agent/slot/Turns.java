package dev.jiggety.agent.slot;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does things one after the other, on whichever thread brings one while nobody else does, so that a
 * node needs no thread for its slots. What is brought by something that is being done comes after
 * it.
 */
final class Turns {
  private static final Logger LOG = System.getLogger(Turns.class.getName());

  private final String node;
  private final Runnable afterwards;
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean working = new AtomicBoolean();
  private boolean ended;

  /**
   * Nothing waits yet.
   *
   * @param afterwards what is done whenever nothing waits any more, before anything else comes
   */
  Turns(String node, Runnable afterwards) {
    this.node = node;
    this.afterwards = afterwards;
  }

  /** Does it now, or leaves it to the thread that is at it. From any thread. */
  void add(Runnable task) {
    waiting.add(task);
    while (!waiting.isEmpty() && working.compareAndSet(false, true)) {
      try {
        Runnable next = waiting.poll();
        while (next != null) {
          safely(next);
          next = waiting.poll();
        }
        afterwards.run();
      } finally {
        working.set(false);
      }
    }
  }

  /** Drops whatever comes later. To be called in a turn. */
  void end() {
    ended = true;
  }

  /** Whether all is over. To be asked in a turn, or afterwards. */
  boolean isEnded() {
    return ended;
  }

  private void safely(Runnable task) {
    try {
      if (!ended) {
        task.run();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the slots of " + node + " stumbled; they go on", e);
    }
  }
}
