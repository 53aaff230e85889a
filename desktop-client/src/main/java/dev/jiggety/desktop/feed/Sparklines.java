package dev.jiggety.desktop.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the runs of several nodes to one small line and two figures. Pure. */
final class Sparklines {
  /** Points in a sparkline, at most. */
  static final int POINTS = 40;

  private Sparklines() {}

  /** What is drawn of a run. */
  record Run(long started, long planned, long total, boolean failed, boolean distorted) {}

  /**
   * The newest runs of all nodes by time, one point for as many runs as there are nodes: their
   * median, so that a line does not swing between a near and a far node.
   */
  static List<SparkPoint> of(List<Run> newest, int nodes) {
    int group = Math.max(1, nodes);
    List<SparkPoint> line = new ArrayList<>(POINTS);
    for (int end = newest.size(); end > 0; end -= group) {
      List<Run> runs = newest.subList(Math.max(0, end - group), end);
      double[] millis = new double[runs.size()];
      boolean failed = false;
      for (int i = 0; i < millis.length; i++) {
        millis[i] = runs.get(i).total() / 1e6;
        failed |= runs.get(i).failed();
      }
      Arrays.sort(millis);
      line.add(
          new SparkPoint(
              (millis[(millis.length - 1) / 2] + millis[millis.length / 2]) / 2, failed));
    }
    return line.reversed();
  }

  /** The newest runs that make up a sparkline, oldest first. */
  static List<Run> newest(Collection<RunLog> logs) {
    int wanted = POINTS * Math.max(1, logs.size());
    List<Run> all = new ArrayList<>();
    for (RunLog log : logs) {
      for (int i = Math.max(0, log.size() - wanted); i < log.size(); i++) {
        all.add(
            new Run(log.started(i), log.planned(i), log.total(i), log.failed(i), log.distorted(i)));
      }
    }
    all.sort(
        Comparator.comparingLong(Run::started)
            .thenComparingLong(Run::planned)
            .thenComparingLong(Run::total));
    return all.subList(Math.max(0, all.size() - wanted), all.size());
  }

  /** The times that say something about the site, sorted, in nanoseconds. */
  static long[] sound(List<Run> runs) {
    return runs.stream()
        .filter(run -> !run.failed() && !run.distorted())
        .mapToLong(Run::total)
        .sorted()
        .toArray();
  }

  /** The middle one, or the mean of the two in the middle; null for none. */
  static @Nullable Duration median(long[] sorted) {
    int n = sorted.length;
    return n == 0 ? null : Duration.ofNanos((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }

  /** The one that at least this share does not exceed (nearest rank); null for none. */
  static @Nullable Duration quantile(long[] sorted, double share) {
    int n = sorted.length;
    return n == 0
        ? null
        : Duration.ofNanos(sorted[Math.clamp((int) Math.ceil(share * n) - 1, 0, n - 1)]);
  }
}
