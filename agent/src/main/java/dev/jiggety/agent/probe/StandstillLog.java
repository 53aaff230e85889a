package dev.jiggety.agent.probe;

import java.util.concurrent.TimeUnit;

/**
 * The last standstills, as spans of the monotonic clock. Holds four thousand: with one every two
 * milliseconds, the worst there can be, those of the last eight seconds. Safe for any thread.
 */
final class StandstillLog {
  private static final int SIZE = 4096;

  private final long[] from = new long[SIZE];
  private final long[] to = new long[SIZE];
  private long count;
  private boolean awaited;
  private long due;

  /** Standstills below this are not seen, in nanoseconds. */
  static final long SMALLEST = TimeUnit.MICROSECONDS.toNanos(500);

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

  /** Who was expected is awake, and knows of a standstill somewhere in this span. */
  synchronized void stoodStill(long begin, long end) {
    add(begin, end);
    awaited = false;
  }

  /** Adds a span that ends after all others. */
  synchronized void add(long begin, long end) {
    int at = (int) (count++ % SIZE);
    from[at] = begin;
    to[at] = end;
  }

  /** How much of a span was standstill, in nanoseconds. */
  long overlap(long begin, long end) {
    return overlap(begin, end, end - begin);
  }

  /**
   * How much of a span was standstill that ended near the end of it, in nanoseconds. One that goes
   * on counts: whoever asks may have woken before the one who would have told of it.
   *
   * @param near what ended earlier than this before the end of the span is over and forgotten
   */
  synchronized long overlap(long begin, long end, long near) {
    long sum = awaited && end - due >= SMALLEST ? end - later(due, begin) : 0;
    for (long i = count - 1; i >= 0 && i >= count - SIZE; i--) {
      int at = (int) (i % SIZE);
      if (to[at] - begin <= 0 || end - to[at] > near) {
        break; // the ones before ended earlier still
      }
      long last = to[at] - end < 0 ? to[at] : end;
      sum += Math.max(0, last - later(from[at], begin));
    }
    return Math.min(sum, end - begin);
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
