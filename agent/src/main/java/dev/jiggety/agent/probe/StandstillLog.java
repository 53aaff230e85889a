package dev.jiggety.agent.probe;

/**
 * The last standstills, as spans of the monotonic clock. Holds a thousand: with one every fifteen
 * milliseconds, the worst there can be, those of the last fifteen seconds. Safe for any thread.
 */
final class StandstillLog {
  private static final int SIZE = 1024;

  private final long[] from = new long[SIZE];
  private final long[] to = new long[SIZE];
  private long count;

  /** Adds a span that begins after all others have ended. */
  synchronized void add(long begin, long end) {
    int at = (int) (count++ % SIZE);
    from[at] = begin;
    to[at] = end;
  }

  /** How much of a span was standstill, in nanoseconds. */
  synchronized long overlap(long begin, long end) {
    long sum = 0;
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
