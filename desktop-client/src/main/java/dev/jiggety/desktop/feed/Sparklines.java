package dev.jiggety.desktop.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** From the runs of several nodes to one small line. Pure. */
final class Sparklines {
  /** Points in a sparkline, at most. */
  static final int POINTS = 40;

  private Sparklines() {}

  /**
   * The newest runs of all nodes by time, one point for as many runs as there are nodes: their
   * median, so that a line does not swing between a near and a far node.
   */
  static List<SparkPoint> of(Collection<RunLog> logs) {
    List<RunPoint> newest = newest(logs);
    int group = Math.max(1, logs.size());
    List<SparkPoint> line = new ArrayList<>();
    for (int end = newest.size(); end > 0; end -= group) {
      List<RunPoint> runs = newest.subList(Math.max(0, end - group), end);
      double[] millis =
          runs.stream().mapToDouble(run -> run.total().toNanos() / 1e6).sorted().toArray();
      line.add(new SparkPoint(median(millis), runs.stream().anyMatch(RunPoint::failed)));
    }
    return line.reversed();
  }

  /** The newest runs that make up a sparkline, oldest first. */
  static List<RunPoint> newest(Collection<RunLog> logs) {
    int wanted = POINTS * Math.max(1, logs.size());
    List<RunPoint> all = new ArrayList<>();
    for (RunLog log : logs) {
      List<RunPoint> points = List.copyOf(log.all());
      all.addAll(points.subList(Math.max(0, points.size() - wanted), points.size()));
    }
    all.sort(
        Comparator.comparing(RunPoint::startedAt)
            .thenComparing(RunPoint::plannedAt)
            .thenComparing(RunPoint::total));
    return all.subList(Math.max(0, all.size() - wanted), all.size());
  }

  private static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
