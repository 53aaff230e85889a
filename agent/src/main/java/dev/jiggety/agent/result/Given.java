package dev.jiggety.agent.result;

import dev.jiggety.model.SkippedSlots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entries that had to be given up because the disk took nothing for too long: what is left of them
 * are the slots, to be told as missed once there is room. One line for each test and week.
 */
final class Given {
  private final Map<String, SkippedSlots> slots = new TreeMap<>();

  /** Gives up an entry. */
  void up(Entry entry, String database) {
    SkippedSlots missed =
        new SkippedSlots(
            entry.testId(),
            SkippedSlots.Why.MISSED,
            entry.first(),
            entry.last(),
            entry.slots(),
            "the result could not be kept: the node's disk was full");
    slots.merge(database + " " + entry.testId(), missed, Given::both);
  }

  /** What was given up since the last {@link #clear}, oldest first. */
  List<Entry> entries() {
    List<SkippedSlots> sorted = new ArrayList<>(slots.values());
    sorted.sort(Comparator.comparing(SkippedSlots::first));
    return sorted.stream().map(Entry::of).toList();
  }

  /** All of it is written down. */
  void clear() {
    slots.clear();
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  private static SkippedSlots both(SkippedSlots a, SkippedSlots b) {
    return new SkippedSlots(
        a.testId(),
        a.why(),
        a.first().isBefore(b.first()) ? a.first() : b.first(),
        a.last().isAfter(b.last()) ? a.last() : b.last(),
        a.count() + b.count(),
        a.reason());
  }
}
