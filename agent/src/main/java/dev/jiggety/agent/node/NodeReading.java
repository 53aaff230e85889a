package dev.jiggety.agent.node;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SkippedSlots;
import java.util.Map;

/**
 * How a node is, in more detail than it reports.
 *
 * @param status as it reports itself
 * @param kinds of the tests that it runs, by their ids
 * @param skipped slots that did not become runs, since it began
 * @param running runs under way
 * @param workers processes for scripts and pages
 */
public record NodeReading(
    NodeStatus status,
    Map<String, String> kinds,
    Map<SkippedSlots.Why, Long> skipped,
    int running,
    int workers) {
  public NodeReading {
    kinds = Map.copyOf(kinds);
    skipped = Map.copyOf(skipped);
  }
}
