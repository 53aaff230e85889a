package dev.jiggety.agent.bench.patch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When each node first came so far, by {@link System#nanoTime} of one process. Safe for any thread.
 */
final class Marks {
  private final int nodes;
  private final Map<Point, Map<String, Long>> times = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Something that a node can reach. */
  sealed interface Point {
    /** The candidate of that ride is in its standby slot and could be swapped to at once. */
    record Ready(String ride) implements Point {}

    /** It runs what that ride brought. */
    record Active(String ride) implements Point {}

    /** It runs that release. */
    record Runs(long release) implements Point {}

    /** It had a candidate of that ride and dropped it. */
    record Dropped(String ride) implements Point {}

    /** What must not be borne happened there: a changed test at fault, an executor that crashed. */
    record Critical(String ride) implements Point {}
  }

  /**
   * For so many nodes.
   *
   * @param nodes at least 1
   */
  Marks(int nodes) {
    this.nodes = nodes;
  }

  /** A node is there now; only the first time counts. */
  void reached(Point point, String node, long nanos) {
    lock.lock();
    try {
      if (times.computeIfAbsent(point, _ -> new HashMap<>()).putIfAbsent(node, nanos) == null) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many nodes came there so far. */
  int count(Point point) {
    lock.lock();
    try {
      return times.getOrDefault(point, Map.of()).size();
    } finally {
      lock.unlock();
    }
  }

  /** When that node came there; empty as long as it has not. */
  OptionalLong of(Point point, String node) {
    lock.lock();
    try {
      Long time = times.getOrDefault(point, Map.of()).get(node);
      return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    } finally {
      lock.unlock();
    }
  }

  /** When the first of them came there; empty as long as nobody has. */
  OptionalLong first(Point point) {
    lock.lock();
    try {
      return times.getOrDefault(point, Map.of()).values().stream().mapToLong(Long::longValue).min();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for all nodes to come there.
   *
   * @return when the last one did; empty when they have not in time
   */
  OptionalLong awaitAll(Point point, Duration patience) throws InterruptedException {
    return await(point, nodes, patience);
  }

  /** The same for the first so many nodes. */
  OptionalLong await(Point point, int enough, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        Map<String, Long> known = times.getOrDefault(point, Map.of());
        if (known.size() >= enough) {
          return known.values().stream().mapToLong(Long::longValue).sorted().limit(enough).max();
        }
        if (left <= 0) {
          return OptionalLong.empty();
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody will ask for what was before any more. */
  void forget() {
    lock.lock();
    try {
      times.clear();
    } finally {
      lock.unlock();
    }
  }
}
