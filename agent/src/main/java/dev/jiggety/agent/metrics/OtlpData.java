package dev.jiggety.agent.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The figures as OpenTelemetry has them: names without {@code _total}, sums since the process
 * began, units by UCUM. Kinds of figures that we do not have (summaries, states) are left out.
 */
final class OtlpData {
  private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("jiggety");

  private final Resource resource;
  private final long began;

  OtlpData(Who who, Instant began) {
    this.resource =
        Resource.create(
            Attributes.builder()
                .put("service.name", "jiggety-" + who.role())
                .put("service.instance.id", who.name())
                .put("service.version", who.version())
                .build());
    this.began = nanos(began);
  }

  /** One figure with all its series. */
  private record Metric(
      Resource getResource,
      String getName,
      String getDescription,
      String getUnit,
      MetricDataType getType,
      Data<?> getData)
      implements MetricData {
    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
      return SCOPE;
    }
  }

  /** All of a scrape. */
  List<MetricData> of(MetricSnapshots snapshots, Instant at) {
    long now = nanos(at);
    List<MetricData> all = new ArrayList<>();
    for (MetricSnapshot snapshot : snapshots) {
      data(snapshot, now).ifPresent(all::add);
    }
    return all;
  }

  private Optional<MetricData> data(MetricSnapshot snapshot, long now) {
    return switch (snapshot) {
      case GaugeSnapshot gauge ->
          Optional.of(
              metric(
                  gauge,
                  MetricDataType.DOUBLE_GAUGE,
                  GaugeData.createDoubleGaugeData(
                      gauge.getDataPoints().stream()
                          .map(it -> point(now, now, it.getLabels(), it.getValue()))
                          .toList())));
      case CounterSnapshot counter ->
          Optional.of(
              metric(
                  counter,
                  MetricDataType.DOUBLE_SUM,
                  SumData.createDoubleSumData(
                      true,
                      AggregationTemporality.CUMULATIVE,
                      counter.getDataPoints().stream()
                          .map(it -> point(began, now, it.getLabels(), it.getValue()))
                          .toList())));
      case HistogramSnapshot histogram ->
          Optional.of(
              metric(
                  histogram,
                  MetricDataType.HISTOGRAM,
                  HistogramData.create(
                      AggregationTemporality.CUMULATIVE,
                      histogram.getDataPoints().stream()
                          .filter(HistogramDataPointSnapshot::hasClassicHistogramData)
                          .map(it -> histogram(it, now))
                          .toList())));
      default -> Optional.empty();
    };
  }

  private Metric metric(MetricSnapshot snapshot, MetricDataType type, Data<?> data) {
    MetricMetadata metadata = snapshot.getMetadata();
    String help = metadata.getHelp();
    return new Metric(
        resource,
        metadata.getPrometheusName(),
        help == null ? "" : help,
        unit(metadata.getUnit()),
        type,
        data);
  }

  private static DoublePointData point(long from, long to, Labels labels, double value) {
    return DoublePointData.create(from, to, attributes(labels), value, List.of());
  }

  private HistogramPointData histogram(HistogramDataPointSnapshot point, long now) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      counts.add(buckets.getCount(i));
      if (Double.isFinite(buckets.getUpperBound(i))) {
        bounds.add(buckets.getUpperBound(i));
      }
    }
    return HistogramPointData.create(
        began,
        now,
        attributes(point.getLabels()),
        point.hasSum() ? point.getSum() : 0,
        false,
        0,
        false,
        0,
        bounds,
        counts);
  }

  private static Attributes attributes(Labels labels) {
    AttributesBuilder attributes = Attributes.builder();
    labels.forEach(label -> attributes.put(label.getName(), label.getValue()));
    return attributes.build();
  }

  private static String unit(@Nullable Unit unit) {
    if (unit == null) {
      return "1";
    }
    return unit.equals(Unit.SECONDS) ? "s" : unit.equals(Unit.BYTES) ? "By" : "1";
  }

  private static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }
}
