package dev.jiggety.agent.exchange;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * When something must be over.
 *
 * @param at in nanoseconds of the monotonic clock
 * @param timeout what was allowed in all, for the words of a failure
 */
public record Deadline(long at, Duration timeout) {

  /** So long after a moment of the monotonic clock. */
  public static Deadline after(long start, Duration timeout) {
    return new Deadline(start + timeout.toNanos(), timeout);
  }

  /**
   * What is left, in nanoseconds.
   *
   * @throws InterruptedIOException when nothing is
   */
  public long left(long now) throws InterruptedIOException {
    long left = at - now;
    if (left <= 0) {
      throw new InterruptedIOException("timeout");
    }
    return left;
  }
}
