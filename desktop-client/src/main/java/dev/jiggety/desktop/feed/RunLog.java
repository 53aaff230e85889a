package dev.jiggety.desktop.feed;

import java.time.Instant;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one test on one node, by planned time: each at most once, the newest {@code cap} of
 * them. Which runs remain does not depend on the order in which they came. Not thread-safe.
 */
final class RunLog {
  private final NavigableMap<Instant, RunPoint> points = new TreeMap<>();
  private final int cap;

  RunLog(int cap) {
    this.cap = cap;
  }

  /** Takes a run; false when it was known already or is older than all that is kept. */
  boolean add(RunPoint point) {
    if (points.putIfAbsent(point.plannedAt(), point) != null) {
      return false;
    }
    if (points.size() > cap) {
      return !points.pollFirstEntry().getKey().equals(point.plannedAt());
    }
    return true;
  }

  /** Forgets what was planned before {@code limit}; true when anything was. */
  boolean forgetBefore(Instant limit) {
    if (points.isEmpty() || !points.firstKey().isBefore(limit)) {
      return false;
    }
    points.headMap(limit, false).clear();
    return true;
  }

  @Nullable RunPoint last() {
    return points.isEmpty() ? null : points.lastEntry().getValue();
  }

  /** Oldest first. */
  Collection<RunPoint> all() {
    return points.values();
  }

  boolean isEmpty() {
    return points.isEmpty();
  }
}
