package dev.jiggety.agent.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All figures of this process at one moment: those of the sources, and those of the Java process.
 * Safe for any thread.
 */
final class Scrape {
  private static final Logger LOG = System.getLogger(Scrape.class.getName());

  private final Who who;
  private final List<Source> sources;
  private final PrometheusRegistry process = new PrometheusRegistry();
  private final AtomicLong failures = new AtomicLong();

  Scrape(Who who, List<Source> sources) {
    this.who = who;
    this.sources = List.copyOf(sources);
    JvmMetrics.builder().register(process);
  }

  /** All of them now; a source that fails is left out and counted. */
  MetricSnapshots now() {
    List<MetricSnapshot> all = new ArrayList<>();
    process.scrape().forEach(all::add);
    for (Source source : sources) {
      all.addAll(figures(source));
    }
    Board own = new Board();
    own.gauge("jiggety_build_info", "Which part this is.", "role", "name", "version")
        .add(1, who.role(), who.name(), who.version());
    own.counter("jiggety_metrics_failures", "Figures that could not be read.")
        .add((double) failures.get());
    all.addAll(own.snapshots());
    return new MetricSnapshots(all);
  }

  private List<MetricSnapshot> figures(Source source) {
    try {
      Board board = new Board();
      source.fill(board);
      return board.snapshots();
    } catch (RuntimeException e) {
      if (failures.getAndIncrement() == 0) {
        LOG.log(Level.WARNING, "some figures cannot be read; said once", e);
      }
      return List.of();
    }
  }
}
