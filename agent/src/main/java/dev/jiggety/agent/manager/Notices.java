package dev.jiggety.agent.manager;

import dev.jiggety.agent.store.Subscription;
import dev.jiggety.model.Rollout;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What people are told: each thing once when it begins and once when it is over. Safe for any
 * thread.
 */
final class Notices {
  private static final System.Logger LOG = System.getLogger(PatchManager.class.getName());
  private static final int KEPT = 20;

  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private final List<Consumer<Rollout>> listeners = new CopyOnWriteArrayList<>();
  private final Deque<ManagerStatus.Alert> alerts = new ArrayDeque<>();

  /**
   * Something is wrong from now on.
   *
   * @param about what it is about: one trouble for each
   */
  void trouble(String about, String text) {
    if (!Objects.equals(troubles.put(about, text), text)) {
      LOG.log(System.Logger.Level.WARNING, text);
    }
  }

  /** It is not wrong any more, if it was. */
  void fine(String about) {
    if (troubles.remove(about) != null) {
      LOG.log(System.Logger.Level.INFO, "{0} is in order again", about);
    }
  }

  /** Nothing of before is known any more. */
  void forget() {
    troubles.clear();
  }

  /** Tell people. */
  void alert(Instant now, String text) {
    LOG.log(System.Logger.Level.WARNING, text);
    synchronized (alerts) {
      alerts.addLast(new ManagerStatus.Alert(now, text));
      if (alerts.size() > KEPT) {
        alerts.removeFirst();
      }
    }
  }

  /** A rollout has ended. */
  void ended(Rollout rollout) {
    for (Consumer<Rollout> listener : listeners) {
      try {
        listener.accept(rollout);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a listener of rollouts failed", e);
      }
    }
  }

  /** Tells of each rollout that ends; closing it ends that. */
  Subscription subscribe(Consumer<Rollout> ended) {
    listeners.add(ended);
    return () -> listeners.remove(ended);
  }

  void info(String text) {
    LOG.log(System.Logger.Level.INFO, text);
  }

  /** What is wrong now, one line each. */
  List<String> troubles() {
    return troubles.values().stream().sorted().toList();
  }

  List<ManagerStatus.Alert> alerts() {
    synchronized (alerts) {
      return List.copyOf(alerts);
    }
  }
}
