package dev.jiggety.agent.slot;

import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a configuration is meant for this node: its tests, and what they need to know.
 *
 * @param digest of the configuration
 * @param tests by their ids
 * @param unreadable a line for each document that looks like a test and cannot be run
 * @param settings what holds for all nodes
 * @param agent the release of the agent that nodes shall run; null for what is installed
 */
public record TestSet(
    String digest,
    SortedMap<String, TestDefinition> tests,
    List<String> unreadable,
    Settings settings,
    @Nullable AgentChoice agent) {
  public TestSet {
    tests = Collections.unmodifiableSortedMap(new TreeMap<>(tests));
    unreadable = List.copyOf(unreadable);
  }

  /** Whether it is of a node in which nothing was ever in force. */
  public boolean isNothing() {
    return digest.equals(SlotState.NOTHING);
  }
}
