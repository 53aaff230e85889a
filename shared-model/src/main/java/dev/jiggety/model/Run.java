package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One scheduled execution of a test on one node.
 *
 * @param testId the test
 * @param node the node's name
 * @param plannedAt the time at which the schedule wanted it, wall clock, to the millisecond
 * @param lateness from the planned time to the true start, never negative
 * @param samples the measurements that count, one for each repetition that the test asks for
 * @param retried failing measurements that were tried again and so do not count; kept as evidence
 * @param verdict what the samples say together, by {@code model.rules.Verdicts}
 */
public record Run(
    String testId,
    String node,
    Instant plannedAt,
    Duration lateness,
    List<Sample> samples,
    List<Sample> retried,
    Verdict verdict) {

  public Run {
    samples = List.copyOf(samples);
    retried = List.copyOf(retried);
  }

  /** The identity of this run. */
  public RunKey key() {
    return new RunKey(testId, node, plannedAt);
  }

  /** When it truly began, wall clock. */
  public Instant startedAt() {
    return plannedAt.plus(lateness);
  }
}
