package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Series;
import dev.jiggety.desktop.chart.SeriesBuffer;
import dev.jiggety.desktop.feed.RunPoint;
import dev.jiggety.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The runs of one test, node by node, from the hub's archive and live alike; a run that comes both
 * ways is there once. Holds at most {@value #CAP} runs of each node. Not thread-safe.
 */
final class RunHistory {
  /** A day with a run each second. */
  static final int CAP = 86_400;

  private final NavigableMap<String, SeriesBuffer<RunPoint>> nodes = new TreeMap<>();

  /** Runs as points, by node. Touches nothing, so that it can be done off the FX thread. */
  static Map<String, List<SeriesBuffer.Point<RunPoint>>> points(Collection<Run> runs) {
    Map<String, List<SeriesBuffer.Point<RunPoint>>> byNode = new TreeMap<>();
    for (Run run : runs) {
      RunPoint point = RunPoint.of(run);
      byNode
          .computeIfAbsent(run.node(), node -> new ArrayList<>())
          .add(
              new SeriesBuffer.Point<>(
                  point.startedAt().toEpochMilli(),
                  point.total().toNanos() / 1e6,
                  point.failed(),
                  point));
    }
    return byNode;
  }

  /** Takes points; true when at least one was new. */
  boolean add(Map<String, List<SeriesBuffer.Point<RunPoint>>> byNode) {
    boolean changed = false;
    for (Map.Entry<String, List<SeriesBuffer.Point<RunPoint>>> entry : byNode.entrySet()) {
      changed |=
          nodes
              .computeIfAbsent(entry.getKey(), node -> new SeriesBuffer<>(node, CAP))
              .add(entry.getValue());
    }
    return changed;
  }

  void clear() {
    nodes.clear();
  }

  /** One line for each node, by name. */
  List<Series<RunPoint>> lines() {
    return nodes.values().stream().map(SeriesBuffer::snapshot).toList();
  }
}
