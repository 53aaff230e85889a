package dev.jiggety.agent.hub;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory for the bodies of all requests together. Who needs more than a little waits for others to
 * end, in the order of asking; who has waited too long is told to come again. Thread-safe.
 */
final class BodyBudget {
  private static final int UNIT = 65_536;

  private final int units;
  private final long waitMillis;
  private final Semaphore free;

  /**
   * A budget.
   *
   * @param bytes of all bodies together; a body longer than this may have it all
   * @param waitMillis most time to wait for room
   */
  BodyBudget(long bytes, long waitMillis) {
    this.units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.waitMillis = waitMillis;
    this.free = new Semaphore(units, true);
  }

  /** What one request holds; for its thread. */
  final class Lease implements AutoCloseable {
    private int held;

    /**
     * Sees to it that there is room for so many bytes of this request; less than 64 KiB are free.
     *
     * @throws CouchError 503, where there is none for too long
     */
    void need(long bytes) {
      var more = (int) Math.min(units, bytes / UNIT) - held;
      if (more <= 0) {
        return;
      }
      try {
        if (!free.tryAcquire(more, waitMillis, TimeUnit.MILLISECONDS)) {
          throw CouchError.busy();
        }
        held += more;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CouchError.busy();
      }
    }

    @Override
    public void close() {
      free.release(held);
      held = 0;
    }
  }

  /** For a new request. */
  Lease lease() {
    return new Lease();
  }
}
