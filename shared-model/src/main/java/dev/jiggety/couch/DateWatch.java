package dev.jiggety.couch;

import dev.jiggety.base.ClockOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a server's clock is from ours, by the dates of its answers (RFC 9110 §6.6.1), which name
 * whole seconds. Each answer tells a span in which the offset lies: the server's clock showed
 * something within that second at some time between our question and its answer. What lies in the
 * spans of several answers, asked at different moments of the second, is much narrower. Safe for
 * any thread.
 */
final class DateWatch {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** What two clocks without correction drift apart, at most: a tenth of a millisecond a second. */
  private static final long DRIFT = 10_000;

  private boolean known;
  private long least;
  private long most;
  private Instant at = Instant.EPOCH;

  /**
   * An answer.
   *
   * @param asked our clock when the question went
   * @param answered our clock when its head was there
   * @param date what the server says
   */
  synchronized void add(Instant asked, Instant answered, Instant date) {
    long low = Duration.between(answered, date).toNanos();
    long high = Duration.between(asked, date).toNanos() + SECOND;
    if (low > high) {
      return; // our own clock was set back meanwhile
    }
    long drift = Math.abs(Duration.between(at, answered).toNanos()) / DRIFT;
    long narrowLow = Math.max(low, least - drift);
    long narrowHigh = Math.min(high, most + drift);
    boolean agree = known && narrowLow <= narrowHigh;
    least = agree ? narrowLow : low; // else one of the clocks was set
    most = agree ? narrowHigh : high;
    at = answered;
    known = true;
  }

  /** What is known; empty before the first answer. */
  synchronized Optional<ClockOffset> offset() {
    return known
        ? Optional.of(
            new ClockOffset(
                Duration.ofNanos(least + (most - least) / 2),
                Duration.ofNanos((most - least + 1) / 2)))
        : Optional.empty();
  }
}
