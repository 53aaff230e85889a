package dev.jiggety.agent.manager;

import dev.jiggety.base.Backoff;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.util.function.Consumer;

/** Checks rollouts, and again after a while where that could not be done. */
final class Checks {
  /** While the hub is away for a moment that is no failure yet: about three seconds. */
  private static final int QUIET_TRIES = 5;

  private static final Backoff QUIET = new Backoff(Duration.ofMillis(150), Duration.ofSeconds(2));
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final Context context;
  private final Ledger ledger;
  private final Checker checker;
  private final Consumer<Runnable> step;
  private int quiet;
  private Loop.Timer timer = () -> {};

  Checks(Context context, Ledger ledger, Checker checker, Consumer<Runnable> step) {
    this.context = context;
    this.ledger = ledger;
    this.checker = checker;
    this.step = step;
  }

  /** A rollout wants to be checked; one that has failed before waits a little. */
  void check(Rollout rollout) {
    quiet = 0;
    timer.cancel();
    if (rollout.attempts() == 0) {
      attempt(rollout.id());
    } else {
      later(BETWEEN.multipliedBy(rollout.attempts()), rollout.id());
    }
  }

  private void later(Duration wait, String rolloutId) {
    timer =
        context.loop().at(context.now().plus(wait), () -> step.accept(() -> attempt(rolloutId)));
  }

  private void attempt(String rolloutId) {
    Rollout rollout = ledger.find(rolloutId).orElse(null);
    if (rollout == null || rollout.state() != RolloutState.CHECKING) {
      return;
    }
    try {
      ledger.apply(rolloutId, checker.check(rollout));
    } catch (HubException e) {
      if (e.kind() == HubException.Kind.UNAVAILABLE && quiet < QUIET_TRIES) {
        later(QUIET.delay(quiet++, context.random()), rolloutId);
      } else {
        ledger.apply(rolloutId, new RolloutEvent.CheckFailed(String.valueOf(e.getMessage())));
      }
    }
  }
}
