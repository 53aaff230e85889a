package dev.jiggety.agent.node;

import dev.jiggety.model.SkippedSlots;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts planned times that did not become runs. Safe for any thread. */
final class SkipCounts {
  private final Map<SkippedSlots.Why, LongAdder> counts = new EnumMap<>(SkippedSlots.Why.class);

  SkipCounts() {
    for (SkippedSlots.Why why : SkippedSlots.Why.values()) {
      counts.put(why, new LongAdder());
    }
  }

  void add(SkippedSlots slots) {
    LongAdder count = counts.get(slots.why());
    if (count != null) {
      count.add(slots.count());
    }
  }

  /** How many by reason. */
  Map<SkippedSlots.Why, Long> read() {
    Map<SkippedSlots.Why, Long> read = new EnumMap<>(SkippedSlots.Why.class);
    counts.forEach((why, count) -> read.put(why, count.sum()));
    return read;
  }
}
