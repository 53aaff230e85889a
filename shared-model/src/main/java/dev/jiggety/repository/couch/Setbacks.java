package dev.jiggety.repository.couch;

import dev.jiggety.base.Backoff;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Counts how often a feed failed in a row, and says how long it has to wait. For one thread. */
final class Setbacks {
  /** A hub that answers is not burdened by a question, and somebody waits for it to be ready. */
  private static final Backoff UNTIL_PROVISIONED =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

  /** CouchDB locks users out who come with a wrong password too often. */
  private static final Duration AFTER_WRONG_PASSWORD = Duration.ofMinutes(1);

  /** A database that was just made is closed until its maker has set the rights. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final Backoff backoff;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private int failures;

  Setbacks(Backoff backoff) {
    this.backoff = backoff;
  }

  /**
   * What follows from a failure.
   *
   * @param away what to tell; empty for what may be over in a moment
   * @param pause how long to wait
   */
  record Setback(Optional<Connection.Away> away, Duration pause) {}

  /** The hub was heard. */
  void over() {
    failures = 0;
  }

  /** Something else went wrong. */
  Duration another() {
    return backoff.delay(failures++, random);
  }

  /** The hub did not do what the feed needs. */
  Setback of(Outcome<?> outcome, HubDatabase followed) {
    if (outcome instanceof Outcome.Refused<?> refused && refused.isForbidden() && failures == 0) {
      failures++;
      return new Setback(Optional.empty(), MOMENT);
    }
    HubException why = Answers.failure(outcome, followed, "follow " + followed.name());
    Duration pause =
        switch (why.kind()) {
          case UNAUTHORIZED ->
              outcome instanceof Outcome.Refused<?> no && no.isForbidden()
                  ? backoff.delay(failures, random)
                  : AFTER_WRONG_PASSWORD;
          case MISSING -> UNTIL_PROVISIONED.delay(failures, random);
          case UNAVAILABLE, REFUSED -> backoff.delay(failures, random);
        };
    failures++;
    if (outcome instanceof Outcome.Unavailable<?> away
        && away.retryAfter().isPresent()
        && away.retryAfter().get().compareTo(pause) > 0) {
      pause = away.retryAfter().get();
    }
    String reason = String.valueOf(why.getMessage());
    return new Setback(Optional.of(new Connection.Away(why.kind(), reason)), pause);
  }
}
