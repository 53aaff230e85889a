package dev.jiggety.agent.exchange;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The moments at which a measurement looked at the clock. What keeps a thread from looking makes
 * the time that it then reads wrong; what happens between two looks, while it waits for the site,
 * does not. So a standstill of the process counts only where it ends in such a moment.
 *
 * <p>Whoever measures notes each look, on the thread that measures; whoever wants to know collects
 * them. For one thread.
 */
public final class Moments {
  private static final ScopedValue<Moments> CURRENT = ScopedValue.newInstance();

  private long[] at = new long[16];
  private long[] queued = new long[16];
  private long[] computed = new long[16];
  private int count;
  private long elsewhere;

  /** Takes a measurement on this thread and gathers its moments here. */
  public <T> T during(Supplier<T> measurement) {
    add(System.nanoTime());
    return ScopedValue.where(CURRENT, this).call(measurement::get);
  }

  /** A measurement has looked at the clock, now; in nanoseconds of the monotonic clock. */
  static void note(long now) {
    if (CURRENT.isBound()) {
      CURRENT.get().add(now);
    }
  }

  /**
   * Another thread worked for the measurement, and may have been late by this much, in nanoseconds.
   */
  static void lateBy(long nanos) {
    if (CURRENT.isBound()) {
      CURRENT.get().elsewhere += Math.max(0, nanos);
    }
  }

  /** By how much other threads that worked for the measurement may have been late. */
  public long elsewhere() {
    return elsewhere;
  }

  /** How many there are; the first is the beginning of the measurement. */
  public int count() {
    return count;
  }

  /** One of them, in nanoseconds of the monotonic clock. */
  public long at(int index) {
    return at[index];
  }

  /**
   * How long the thread had to wait for a processor between the moment before and this one, in
   * nanoseconds: by so much it may have looked too late.
   */
  public long queued(int index) {
    return index == 0 ? 0 : queued[index] - queued[index - 1];
  }

  /** How long the thread computed between the moment before and this one, in nanoseconds. */
  public long computed(int index) {
    return index == 0 ? 0 : computed[index] - computed[index - 1];
  }

  private void add(long now) {
    if (count == at.length) {
      at = Arrays.copyOf(at, count * 2);
      queued = Arrays.copyOf(queued, count * 2);
      computed = Arrays.copyOf(computed, count * 2);
    }
    at[count] = now;
    computed[count] = OwnThread.cpu();
    queued[count++] = OwnThread.queued();
  }
}
