package dev.jiggety.agent.bench.timing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A bad neighbour in the same process: a thread that does nothing but make garbage, and keeps some
 * of it for a while so that the collector has something to move.
 */
final class Neighbour implements AutoCloseable {
  private static final int PIECE = 16 << 10;
  private static final int KEPT = 4000;

  private volatile boolean over;
  private final Thread thread;

  Neighbour() {
    thread = Thread.ofPlatform().daemon().name("neighbour").start(this::litter);
  }

  private void litter() {
    Deque<byte[]> kept = new ArrayDeque<>();
    while (!over) {
      kept.add(new byte[PIECE]);
      if (kept.size() > KEPT) {
        kept.remove();
      }
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
