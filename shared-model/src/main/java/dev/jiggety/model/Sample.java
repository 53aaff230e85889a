package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of a run. Durations come from a monotonic clock; only {@code startedAt} is wall
 * clock.
 *
 * @param startedAt wall-clock time at which the measurement began
 * @param total from the first to the last instant of the measurement; for a timeout it is a
 *     censored value: the site would have taken at least this long
 * @param phases the sum over all hops; what is left of {@code total} is {@link #remainder()}
 * @param status the last HTTP status, 0 when none came or the kind of test has none
 * @param bytes size of the last answer's body as received, in bytes; 0 when none came
 * @param hops the requests in order; empty where there was only one and {@code phases} says it all
 * @param failure why it failed; null when it did not
 * @param hiccup how long this node itself stood still during the measurement (garbage collection,
 *     no CPU); zero when it did not
 * @param findings what more there is to tell
 */
public record Sample(
    Instant startedAt,
    Duration total,
    Phases phases,
    int status,
    long bytes,
    List<Hop> hops,
    @Nullable Failure failure,
    Duration hiccup,
    Findings findings) {

  public Sample {
    hops = List.copyOf(hops);
  }

  /** A sample with nothing more to tell. */
  public Sample(
      Instant startedAt,
      Duration total,
      Phases phases,
      int status,
      long bytes,
      List<Hop> hops,
      @Nullable Failure failure,
      Duration hiccup) {
    this(startedAt, total, phases, status, bytes, hops, failure, hiccup, Findings.NONE);
  }

  /** Time that no phase explains. Kept in sight instead of being smeared over the phases. */
  public Duration remainder() {
    return total.minus(phases.sum());
  }

  /** Whether everything asked for was there. */
  public boolean passed() {
    return failure == null;
  }

  /** The same sample with another verdict on it. */
  public Sample withFailure(Failure because) {
    return new Sample(startedAt, total, phases, status, bytes, hops, because, hiccup, findings);
  }

  /** The same sample, marked with the node's own standstill. */
  public Sample withHiccup(Duration standstill) {
    return new Sample(startedAt, total, phases, status, bytes, hops, failure, standstill, findings);
  }

  /** The same sample with more to tell. */
  public Sample withFindings(Findings more) {
    return new Sample(startedAt, total, phases, status, bytes, hops, failure, hiccup, more);
  }
}
