package dev.jiggety.agent.probe;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.PhaseClock;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One measurement of a probe that makes a single exchange: began now, split into phases, ends as a
 * sample. For one thread.
 */
public final class Measured {
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();
  private final PhaseClock clock = new PhaseClock(start);
  private long end = start;

  /** Splits its time. */
  public PhaseClock clock() {
    return clock;
  }

  /** When it has to be over. */
  public Deadline deadline(Duration timeout) {
    return Deadline.after(start, timeout);
  }

  /** It is over; what is done from now on does not count. */
  public void stop() {
    end = System.nanoTime();
    clock.stop(end);
  }

  /** From the beginning to the end. */
  public Duration total() {
    return Duration.ofNanos(end - start);
  }

  /** The phases up to the end. */
  public Phases phases() {
    return clock.phases();
  }

  /** The sample of one that passed, after {@link #stop}. */
  public Sample sample(int status, long bytes) {
    return sample(status, bytes, Optional.empty());
  }

  /** The sample, after {@link #stop}. */
  public Sample sample(int status, long bytes, Optional<Failure> failure) {
    return new Sample(
        startedAt,
        total(),
        phases(),
        status,
        bytes,
        List.of(),
        failure.orElse(null),
        Duration.ZERO);
  }

  /** The sample of one that failed, after {@link #stop}. */
  public Sample sample(int status, long bytes, Failure failure) {
    return sample(status, bytes, Optional.of(failure));
  }

  /** The sample of one that could not even begin: not the site's fault. */
  public Sample broken(String text) {
    return new Sample(
        startedAt,
        Duration.ZERO,
        Phases.NONE,
        0,
        0,
        List.of(),
        new Failure(ErrorKind.INTERNAL, null, text),
        Duration.ZERO);
  }
}
