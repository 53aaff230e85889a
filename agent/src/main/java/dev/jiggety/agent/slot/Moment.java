package dev.jiggety.agent.slot;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment on both clocks of a machine.
 *
 * @param wall what its clock shows; can be set
 * @param nanos of a monotonic clock with an arbitrary origin, as {@link System#nanoTime}
 */
public record Moment(Instant wall, long nanos) {
  /** This much later. */
  public Moment plus(Duration time) {
    return new Moment(wall.plus(time), nanos + time.toNanos());
  }

  /** Whether the monotonic clock has come that far. */
  public boolean isAt(long deadline) {
    return nanos - deadline >= 0;
  }

  /** How long ago that was, by the monotonic clock. */
  public Duration since(Moment earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }
}
