package dev.jiggety.agent.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one moment, by families. A name tells its unit: those that end in {@code _seconds}
 * or {@code _bytes} have one. Not thread-safe: one board for each scrape.
 */
public final class Board {
  private final Map<String, Family> families = new LinkedHashMap<>();
  private final List<MetricSnapshot> whole = new ArrayList<>();

  Board() {}

  /** A family: one name, one help text, the same labels in all its series. */
  public static final class Family {
    private final MetricMetadata metadata;
    private final boolean counts;
    private final String[] labels;
    private final List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
    private final List<CounterDataPointSnapshot> counters = new ArrayList<>();

    private Family(String name, String help, boolean counts, String[] labels) {
      this.metadata = new MetricMetadata(name, help, unit(name));
      this.counts = counts;
      this.labels = labels;
    }

    /** Adds a series: the value, and one text for each label. */
    public Family add(double value, String... texts) {
      Labels of = Labels.of(labels, texts);
      if (counts) {
        counters.add(new CounterDataPointSnapshot(value, of, null, 0));
      } else {
        gauges.add(new GaugeDataPointSnapshot(value, of, null));
      }
      return this;
    }

    private MetricSnapshot snapshot() {
      return counts ? new CounterSnapshot(metadata, counters) : new GaugeSnapshot(metadata, gauges);
    }

    private boolean isEmpty() {
      return gauges.isEmpty() && counters.isEmpty();
    }

    private static @Nullable Unit unit(String name) {
      return name.endsWith("_seconds") ? Unit.SECONDS : name.endsWith("_bytes") ? Unit.BYTES : null;
    }
  }

  /** A figure that goes up and down. */
  public Family gauge(String name, String help, String... labels) {
    return families.computeIfAbsent(name, _ -> new Family(name, help, false, labels));
  }

  /**
   * A figure that only grows.
   *
   * @param name without {@code _total}, which is added
   */
  public Family counter(String name, String help, String... labels) {
    return families.computeIfAbsent(name, _ -> new Family(name, help, true, labels));
  }

  /** A family that is made elsewhere, a histogram. */
  void put(MetricSnapshot snapshot) {
    whole.add(snapshot);
  }

  /** All families that have a series. */
  List<MetricSnapshot> snapshots() {
    List<MetricSnapshot> all = new ArrayList<>(whole);
    families.values().stream().filter(it -> !it.isEmpty()).map(Family::snapshot).forEach(all::add);
    return all;
  }
}
