package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutEvent;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tries a held rollout again by itself when what was in the way is seen to be gone: the hub answers
 * and the head is in order. A few times only; then it is for people.
 */
final class Mender {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int TRIES = 3;

  private final Context context;
  private final Ledger ledger;
  private final InForce inForce;
  private final Consumer<Runnable> step;
  private final Map<String, Integer> tries = new HashMap<>();

  Mender(Context context, Ledger ledger, InForce inForce, Consumer<Runnable> step) {
    this.context = context;
    this.ledger = ledger;
    this.inForce = inForce;
    this.step = step;
  }

  /** That rollout is held from now on. */
  void held(String rolloutId) {
    if (tries.merge(rolloutId, 1, Integer::sum) <= TRIES) {
      look(rolloutId, FIRST.multipliedBy(tries.getOrDefault(rolloutId, 1)));
    }
  }

  private void look(String rolloutId, Duration wait) {
    context.loop().at(context.now().plus(wait), () -> step.accept(() -> retry(rolloutId, wait)));
  }

  private void retry(String rolloutId, Duration waited) {
    if (ledger.find(rolloutId).map(Rollout::state).orElse(null) != RolloutState.HELD) {
      return;
    }
    if (isInOrder()) {
      ledger.apply(
          rolloutId,
          new RolloutEvent.Command(
              Cause.Act.RETRY,
              "manager:" + context.name(),
              "the hub answers and the head is in order"));
    } else {
      Duration next = waited.multipliedBy(2);
      look(rolloutId, next.compareTo(LONGEST) > 0 ? LONGEST : next);
    }
  }

  private boolean isInOrder() {
    try {
      ConfigBoard.FoundHead found = context.ports().config().head();
      JsonObject document = found.document();
      if (document == null || found.conflicting()) {
        return false;
      }
      Fences.check(found, inForce.epoch());
      Fences.believed(document, inForce.trust());
      return true;
    } catch (HubException | HeldException e) {
      return false;
    }
  }
}
