package dev.jiggety.agent.bench.patch;

import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Head;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an operator sees of rollouts, as it comes. Safe for any thread. */
final class Watch implements PatchRepository.Listener {
  /** A rollout that is held and tried again has very many steps; the last ones tell. */
  private static final int MOST_WORDS = 8;

  private final Map<String, Rollout> rollouts = new HashMap<>();
  private final Map<String, Long> queuedNanos = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Head head;

  @Override
  public void rollout(Rollout rollout) {
    long now = System.nanoTime();
    lock.lock();
    try {
      rollouts.put(rollout.id(), rollout);
      if (at(rollout, RolloutState.QUEUED).isPresent()) {
        queuedNanos.putIfAbsent(rollout.id(), now);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void answer(CommandAnswer answer) {
    // Whether a command helped shows in its rollout.
  }

  @Override
  public void head(Head next) {
    lock.lock();
    try {
      head = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void connection(HubFeed.Connection connection) {
    // It comes back by itself.
  }

  /** The head that was heard last; empty for none yet. */
  Optional<Head> head() {
    lock.lock();
    try {
      return Optional.ofNullable(head);
    } finally {
      lock.unlock();
    }
  }

  /** All rollouts, as far as heard. */
  Collection<Rollout> rollouts() {
    lock.lock();
    try {
      return List.copyOf(rollouts.values());
    } finally {
      lock.unlock();
    }
  }

  /** The rollout of that id, as far as heard. */
  Optional<Rollout> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(rollouts.get(id));
    } finally {
      lock.unlock();
    }
  }

  /** When the operator heard that it is safe, by {@link System#nanoTime}; 0 for not yet. */
  long queuedNanos(String id) {
    lock.lock();
    try {
      return queuedNanos.getOrDefault(id, 0L);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a rollout to be like that.
   *
   * @throws BenchFailedException when it is not in time, with what it is instead
   */
  Rollout await(String id, String what, Predicate<Rollout> like, Duration patience)
      throws InterruptedException, BenchFailedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        Rollout known = rollouts.get(id);
        if (known != null && like.test(known)) {
          return known;
        }
        if (left <= 0) {
          throw new BenchFailedException(
              "%s was not %s within %d s; %s"
                  .formatted(id, what, patience.toSeconds(), words(known)));
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for its end. */
  Rollout awaitEnd(String id, Duration patience) throws InterruptedException, BenchFailedException {
    return await(id, "at an end", rollout -> rollout.state().isTerminal(), patience);
  }

  /** When it came into that state for the first time. */
  static Optional<Instant> at(Rollout rollout, RolloutState state) {
    return rollout.transitions().stream()
        .filter(step -> step.to() == state)
        .map(Rollout.Transition::at)
        .findFirst();
  }

  /** What is known of a rollout, in a few words. */
  String words(String id) {
    return words(find(id).orElse(null));
  }

  private static String words(@Nullable Rollout known) {
    if (known == null) {
      return "nobody has heard of it";
    }
    int many = known.transitions().size();
    return "it is "
        + known.state().label()
        + known.transitions().stream()
            .skip(Math.max(0, many - MOST_WORDS))
            .map(step -> ", " + step.to().label() + " " + step.cause())
            .collect(Collectors.joining());
  }
}
