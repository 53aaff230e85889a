package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.time.Instant;
import java.util.List;

/**
 * The runs to come.
 *
 * @param words the schedule in words; empty when it has a problem
 * @param times the next planned times
 * @param node the node for which they are exact
 */
public record Coming(String words, List<Instant> times, String node) {
  /** How many runs to come are shown. */
  static final int MOST = 5;

  static final Coming UNKNOWN = new Coming("", List.of(), "");

  static Coming of(TestDefinition test, List<NodePicture> nodes, Instant now) {
    String id = test.id().isEmpty() ? "new" : test.id();
    String node = exampleNode(test, nodes);
    return new Coming(
        Schedules.inWords(test.schedule()),
        Schedules.next(test.schedule(), id, node, now, MOST),
        node);
  }

  /** The first node that runs the test, since each has its own times; empty when none does. */
  private static String exampleNode(TestDefinition test, List<NodePicture> nodes) {
    return nodes.stream()
        .map(NodePicture::status)
        .filter(it -> test.where().includes(it.name(), it.tags()))
        .map(NodeStatus::name)
        .findFirst()
        .orElse("");
  }
}
