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

  /** Why what is changed cannot be read; null when it can. */
  @Nullable String unfit(SlotState state, Slot slot) {
    return reader.unfit(state.active().configuration(), slot.configuration());
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
