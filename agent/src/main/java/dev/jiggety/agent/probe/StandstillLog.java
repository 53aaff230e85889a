package dev.jiggety.agent.probe;

import java.util.concurrent.TimeUnit;

/**
 * The last standstills, as spans of the monotonic clock. Holds a thousand: with one every fifteen
 * milliseconds, the worst there can be, those of the last fifteen seconds. Safe for any thread.
 */
final class StandstillLog {
  private static final int SIZE = 1024;

  private final long[] from = new long[SIZE];
  private final long[] to = new long[SIZE];
  private long count;
  private boolean awaited;
  private long due;

  /** Standstills below this are not seen, in nanoseconds. */
  static final long SMALLEST = TimeUnit.MILLISECONDS.toNanos(5);

  /** Somebody should wake up at that time. */
  synchronized void expect(long time) {
    awaited = true;
    due = time;
  }

  /** The same, unless somebody sleeps already. */
  synchronized void expectUnlessAwaited(long time) {
    if (!awaited) {
      expect(time);
    }
  }

  /** Who was expected, if anybody was, is awake. */
  synchronized void woke(long now) {
    if (awaited && now - due >= SMALLEST) {
      add(due, now);
    }
    awaited = false;
  }

  /** Adds a span that begins after all others have ended. */
  synchronized void add(long begin, long end) {
    int at = (int) (count++ % SIZE);
    from[at] = begin;
    to[at] = end;
  }

  /**
   * How much of a span was standstill, in nanoseconds. One that goes on counts: whoever asks may
   * have woken before the one who would have told of it.
   */
  synchronized long overlap(long begin, long end) {
    long sum = awaited && end - due >= SMALLEST ? end - (due - begin > 0 ? due : begin) : 0;
    for (long i = count - 1; i >= 0 && i >= count - SIZE; i--) {
      int at = (int) (i % SIZE);
      if (to[at] - begin <= 0) {
        break; // the ones before ended earlier still
      }
      long first = from[at] - begin > 0 ? from[at] : begin;
      long last = to[at] - end < 0 ? to[at] : end;
      sum += Math.max(0, last - first);
    }
    return sum;
  }
}
