package dev.jiggety.agent.incident;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.NodeRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Asks the hub itself for its nodes: whether it answers when all are silent, and now and then which
 * are not there any more. One question at a time. Not thread-safe.
 */
final class Probe {
  private static final Duration SOONEST = Duration.ofSeconds(5);

  /** Nodes that are not there any more are looked for no more often than that. */
  private static final Duration COUNT = Duration.ofMinutes(5);

  private final NodeRepository nodes;
  private final Executor background;
  private final Consumer<Runnable> later;
  private final Consumer<List<NodeStatus>> answered;
  private final Consumer<RuntimeException> failed;
  private Instant next = Instant.MIN;
  private Instant nextCount;
  private boolean isAsking;
  private boolean isGivenUp;

  /**
   * Asks nothing yet.
   *
   * @param background where it asks
   * @param later where it hands over what it was answered
   * @param failed told when the hub does not answer, or nothing that can be read
   */
  Probe(
      NodeRepository nodes,
      Executor background,
      Consumer<Runnable> later,
      Instant now,
      Consumer<List<NodeStatus>> answered,
      Consumer<RuntimeException> failed) {
    this.nodes = nodes;
    this.background = background;
    this.later = later;
    this.answered = answered;
    this.failed = failed;
    this.nextCount = now.plus(COUNT);
  }

  /**
   * Asks where that is due.
   *
   * @param isQuiet whether nobody says anything
   * @param isSettled whether nodes may be counted
   */
  void look(Instant now, boolean isQuiet, boolean isSettled) {
    if (isAsking && isQuiet && !isGivenUp && !now.isBefore(next)) {
      isGivenUp = true; // it may answer yet; until then it counts as away
      failed.accept(
          new HubException(
              HubException.Kind.UNAVAILABLE, "no answer within " + SOONEST.toSeconds() + " s"));
    }
    boolean isDue = isQuiet || (isSettled && !now.isBefore(nextCount));
    if (isAsking || !isDue || now.isBefore(next)) {
      return;
    }
    isAsking = true;
    isGivenUp = false;
    next = now.plus(SOONEST);
    nextCount = now.plus(COUNT);
    background.execute(() -> {
      try {
        List<NodeStatus> all = nodes.all();
        later.accept(() -> {
          isAsking = false;
          answered.accept(all);
        });
      } catch (RuntimeException e) {
        later.accept(() -> {
          isAsking = false;
          failed.accept(e);
        });
      }
    });
  }
}
