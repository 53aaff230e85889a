package dev.jiggety.agent.cli;

import dev.jiggety.agent.metrics.NodeFigures;
import dev.jiggety.agent.metrics.Who;
import dev.jiggety.agent.node.NodeReading;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The figures of a node, which is told of runs before it is there as a whole. */
final class NodeMetrics {
  private final NodeFigures figures;
  private final AtomicReference<@Nullable TestingNode> node = new AtomicReference<>();

  NodeMetrics(int mostTests) {
    figures = new NodeFigures(this::read, InstantSource.system(), mostTests);
  }

  void observe(Run run) {
    figures.observe(run);
  }

  MetricsOption.Role of(TestingNode started) {
    node.set(started);
    NodeStatus status = started.status();
    return new MetricsOption.Role(
        new Who("node", status.name(), status.version()),
        List.of(figures),
        () -> lacks(started),
        Closing.NOTHING);
  }

  /** A node that is cut off goes on testing: that is no reason. */
  private static List<String> lacks(TestingNode node) {
    List<String> lacks = new ArrayList<>();
    NodeStatus status = node.status();
    if (status.slots() == null) {
      lacks.add("it has never had a configuration");
    } else if (!status.slots().health().alive()) {
      lacks.add("its scheduler does not move");
    }
    return lacks;
  }

  private NodeFigures.Reading read() {
    TestingNode known = node.get();
    if (known == null) {
      throw new IllegalStateException("the node is not started yet");
    }
    NodeReading now = known.figures();
    return new NodeFigures.Reading(
        now.status(),
        now.kinds(),
        now.skipped(),
        now.running(),
        now.workers(),
        known.isConnected());
  }
}
