package dev.jiggety.desktop.feed;

import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.time.Duration;
import java.time.Instant;

/** How long a word counts. Pure. */
public final class Freshness {
  /** A node writes its status at least every half minute; twice that and some slack. */
  public static final Duration NODE = Duration.ofSeconds(75);

  /** How long results may travel: the longest flush of a node, and some slack. */
  private static final Duration TRAVEL = Duration.ofSeconds(40);

  private Freshness() {}

  /**
   * How long after its start a run still counts: until the run after the next should have come,
   * with the longest time that it may take.
   */
  public static Duration ofRun(TestDefinition test, Instant now) {
    long attempts = (long) Math.max(1, test.samples()) * (1L + Math.max(0, test.retries().count()));
    Duration interval =
        Schedules.problem(test.schedule()).isPresent()
            ? Duration.ofDays(1) // somebody else's slip of the pen must not stop the picture
            : Schedules.interval(test.schedule(), now);
    return interval.multipliedBy(2).plus(test.timeout().multipliedBy(attempts)).plus(TRAVEL);
  }
}
