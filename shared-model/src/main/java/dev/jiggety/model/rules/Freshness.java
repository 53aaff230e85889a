package dev.jiggety.model.rules;

import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.Instant;

/** How long what a node said of a test still counts. */
public final class Freshness {
  /** Results may take this long from a node to the hub before anything is wrong. */
  public static final Duration DELIVERY = Duration.ofSeconds(40);

  /** A node that has not been heard of for this long is stale. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(60);

  private Freshness() {}

  /**
   * The age up to which a run counts: two intervals, the longest that a run can take, and the
   * delivery. One run may be late or missing; two may not.
   *
   * @param now decides which gap of an irregular schedule is meant
   */
  public static Duration of(TestDefinition test, Instant now) {
    Duration longestRun =
        test.timeout()
            .plus(test.retries().delay())
            .multipliedBy((long) test.samples() * (1 + test.retries().count()));
    return Schedules.interval(test.schedule(), now).multipliedBy(2).plus(longestRun).plus(DELIVERY);
  }
}
