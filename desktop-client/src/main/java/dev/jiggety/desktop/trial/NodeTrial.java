package dev.jiggety.desktop.trial;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.TrialRules;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.signing.SigningKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A request to nodes, and what they answer, each only once. FX thread only; the hub is asked in the
 * background.
 */
final class NodeTrial implements AutoCloseable {
  private final Tasks tasks;
  private final TrialRepository trials;
  private final Listener listener;
  private final Set<String> heard = new HashSet<>();
  private HubFeed.@Nullable Subscription subscription;
  private boolean takenUp;
  private boolean away;
  private boolean closed;

  /** Hears what comes of it. */
  interface Listener {
    void answered(TrialAnswer answer);

    /** It could not be handed in. */
    void failed(String reason);

    void connection(boolean away);
  }

  NodeTrial(Tasks tasks, TrialRepository trials, Listener listener) {
    this.tasks = tasks;
    this.trials = trials;
    this.listener = listener;
  }

  /** A new request of the key's owner. */
  static TrialRequest request(
      TestDefinition test,
      SortedSet<String> nodes,
      SigningKey key,
      Instant now,
      RandomGenerator random) {
    return new TrialRequest(
        PatchIds.of(now, random),
        key.trusted().name(),
        now,
        now.plus(TrialRules.USUAL),
        nodes,
        test);
  }

  /** Hands it in and listens. */
  void ask(TrialRequest request, SigningKey key) {
    subscription = trials.follow(request.id(), new Feed());
    tasks
        .create(() -> {
          trials.ask(request, key);
          return request;
        })
        .onError(
            HubException.class,
            e -> {
              if (!closed) {
                listener.failed(String.valueOf(e.getMessage()));
              }
            })
        .start();
  }

  /** Whether anybody has said anything. */
  boolean isTakenUp() {
    return takenUp;
  }

  /** Whether the hub is not heard at the moment. */
  boolean isAway() {
    return away;
  }

  @Override
  public void close() {
    closed = true;
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  private void hear(TrialAnswer answer) {
    if (!closed && heard.add(answer.node())) {
      takenUp = true;
      listener.answered(answer);
    }
  }

  private void connected(boolean isAway) {
    if (!closed && isAway != away) {
      away = isAway;
      listener.connection(isAway);
    }
  }

  private final class Feed implements TrialRepository.Listener {
    @Override
    public void answer(TrialAnswer answer) {
      tasks.post(() -> hear(answer));
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      tasks.post(() -> connected(connection instanceof HubFeed.Connection.Away));
    }
  }
}
