package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.TestReader.Changed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tests of both slots that are meant for this node, read before they are needed. In turns. */
final class Readings {
  private final TestReader reader;
  private final SlotHost host;
  private final Map<String, TestSet> read = new TreeMap<>();
  private volatile List<String> unreadable = List.of();

  Readings(TestReader reader, SlotHost host) {
    this.reader = reader;
    this.host = host;
  }

  /** Why what is changed cannot be run here; null when it can. */
  @Nullable String unfit(SlotState state, Slot slot) {
    String unreadable = reader.unfit(state.active().configuration(), slot.configuration());
    return unreadable != null ? unreadable : lack(state, slot);
  }

  private @Nullable String lack(SlotState state, Slot slot) {
    for (Changed changed : changed(state, slot)) {
      List<String> lacks = host.lacks(changed.next());
      if (!lacks.isEmpty()) {
        return "the test " + changed.next().id() + " cannot be run here: " + lacks.getFirst();
      }
    }
    return null;
  }

  /** Reads it, unless that was done. */
  TestSet read(Slot slot) {
    return read.computeIfAbsent(
        slot.digest(), digest -> reader.read(slot.configuration(), digest, host::isOurs));
  }

  /** What differs for this node from what runs. */
  List<Changed> changed(SlotState state, Slot candidate) {
    return reader.changed(state.active().configuration(), candidate.configuration(), host::isOurs);
  }

  /** Puts it into force, and forgets what is in neither slot. */
  void swap(SlotState state, Slot to) {
    TestSet tests = read(to);
    Slot standby = state.standby();
    read.keySet()
        .removeIf(
            it -> !it.equals(to.digest()) && (standby == null || !it.equals(standby.digest())));
    unreadable = tests.unreadable();
    host.swap(tests);
  }

  /** A line for each document in force that cannot be run. From any thread. */
  List<String> unreadable() {
    return unreadable;
  }
}
