package dev.jiggety.model.rules;

import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.Instant;

/** How long a word counts: of a node on a test, and of a node on itself. */
public final class Freshness {
  /** A node writes its status at least every half minute; twice that and some slack. */
  public static final Duration NODE = Duration.ofSeconds(75);

  /** How long results may travel: the longest flush of a node, and some slack. */
  private static final Duration TRAVEL = Duration.ofSeconds(40);

  private Freshness() {}

  /**
   * The age up to which a run counts, from its start: two intervals, the longest time that a run
   * can take, and the way to the hub. One run may be late or missing; two may not.
   *
   * @param now decides which gap of an irregular schedule is meant
   */
  public static Duration ofRun(TestDefinition test, Instant now) {
    return interval(test, now).multipliedBy(2).plus(longestRun(test)).plus(TRAVEL);
  }

  /** The gap between the planned times around an instant; a day where the schedule is wrong. */
  public static Duration interval(TestDefinition test, Instant around) {
    return Schedules.problem(test.schedule()).isPresent()
        ? Duration.ofDays(1) // somebody's slip of the pen must not stop the picture
        : Schedules.interval(test.schedule(), around);
  }

  /** The longest that a run can take: all samples with all retries, each up to the timeout. */
  public static Duration longestRun(TestDefinition test) {
    long attempts = (long) Math.max(1, test.samples()) * (1L + Math.max(0, test.retries().count()));
    return test.timeout().plus(test.retries().delay()).multipliedBy(attempts);
  }
}
