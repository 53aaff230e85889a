package dev.jiggety.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Findings;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots.Why;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeFiguresTest {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
  private static final int MOST = 3;

  private final Map<String, String> kinds = new TreeMap<>(Map.of("shop", "http"));
  private final NodeFigures figures =
      new NodeFigures(this::reading, InstantSource.fixed(NOW), MOST);
  private final Metrics metrics =
      Metrics.start(
          new Who("node", "north", "1.2.3"),
          Optional.of(Metrics.Listen.parse("0")),
          Optional.empty(),
          List.of(figures),
          List::of);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void aRunIsSeenInTheWordsOfTheField() {
    figures.observe(run("shop", Verdict.UP));
    figures.observe(run("shop", Verdict.DEGRADED));

    Map<String, Double> series = scrape();

    assertThat(series)
        .containsEntry("probe_success{kind=\"http\",test=\"shop\"}", 1.0)
        .containsEntry("probe_http_status_code{test=\"shop\"}", 200.0)
        .containsEntry(
            "probe_ssl_earliest_cert_expiry{test=\"shop\"}", (NOW.toEpochMilli() / 1e3) + 86_400)
        .containsEntry("probe_duration_seconds{phase=\"connect\",test=\"shop\"}", 0.02)
        .containsEntry("probe_duration_seconds{phase=\"wait\",test=\"shop\"}", 0.03)
        .containsEntry("probe_duration_seconds{phase=\"remainder\",test=\"shop\"}", 0.005)
        .containsEntry("jiggety_runs_total{test=\"shop\",verdict=\"up\"}", 1.0)
        .containsEntry("jiggety_runs_total{test=\"shop\",verdict=\"degraded\"}", 1.0)
        .containsEntry("jiggety_runs_total{test=\"shop\",verdict=\"down\"}", 0.0)
        .containsEntry("jiggety_schedule_lateness_seconds_count", 2.0)
        .containsEntry("jiggety_schedule_lateness_seconds_bucket{le=\"0.005\"}", 0.0)
        .containsEntry("jiggety_schedule_lateness_seconds_bucket{le=\"0.01\"}", 2.0)
        .containsEntry("jiggety_hiccups_total", 2.0)
        .containsEntry("jiggety_hiccup_seconds_total", 0.002);
    assertThat(sum(series, "probe_duration_seconds")).isEqualTo(0.055);
  }

  @Test
  void aNodeThatCannotTellDoesNotSayDown() {
    figures.observe(run("shop", Verdict.DOWN));
    assertThat(scrape()).containsEntry("probe_success{kind=\"http\",test=\"shop\"}", 0.0);

    figures.observe(run("shop", Verdict.UNKNOWN));
    assertThat(scrape())
        .doesNotContainKey("probe_success{kind=\"http\",test=\"shop\"}")
        .containsEntry("jiggety_runs_total{test=\"shop\",verdict=\"unknown\"}", 1.0);
  }

  @Test
  void aTestThatIsGoneLeavesWithAllItsLabels() {
    figures.observe(run("shop", Verdict.UP));
    kinds.remove("shop");

    assertThat(scrape().keySet()).noneMatch(it -> it.contains("shop"));
  }

  @Test
  void testsBeyondTheLimitAreCountedAndGetTheirPlaceWhenOneIsFree() {
    for (int i = 0; i < 10; i++) {
      kinds.put("t" + i, "tcp");
      figures.observe(run("t" + i, Verdict.UP));
    }
    Map<String, Double> series = scrape();
    assertThat(series.keySet().stream().filter(it -> it.startsWith("probe_success"))).hasSize(MOST);
    assertThat(series)
        .containsEntry("jiggety_metrics_cut_total", 7.0)
        .containsEntry("jiggety_tests", 11.0)
        .containsEntry("jiggety_schedule_lateness_seconds_count", 10.0);

    kinds.remove("t0");
    scrape();
    figures.observe(run("t9", Verdict.UP));
    assertThat(scrape()).containsKey("probe_success{kind=\"tcp\",test=\"t9\"}");
  }

  @Test
  void theNodeItselfIsSeen() {
    assertThat(scrape())
        .containsEntry("jiggety_backlog_runs", 345.0)
        .containsEntry("jiggety_oldest_unsent_seconds", 90.0)
        .containsEntry("jiggety_quarantined_documents", 1.0)
        .containsEntry("jiggety_results_lost_total", 3.0)
        .containsEntry("jiggety_clock_offset_seconds", -0.25)
        .containsEntry("jiggety_config_age_seconds", 1.0)
        .containsEntry("jiggety_slots_skipped_total{why=\"missed\"}", 4.0)
        .containsEntry("jiggety_disk_free_bytes", 1_000_000.0)
        .containsEntry("jiggety_workers", 2.0)
        .containsEntry("jiggety_hub_connected", 1.0)
        .containsEntry("jiggety_build_info{name=\"north\",role=\"node\",version=\"1.2.3\"}", 1.0)
        .containsKey("process_start_time_seconds")
        .containsKey("jvm_threads_current");
  }

  @Test
  void labelsAreWrittenSoThatTheyCanBeReadBack() {
    kinds.put("odd", "a\"b\\c\nd");
    figures.observe(run("odd", Verdict.UP));

    assertThat(scrape()).containsKey("probe_success{kind=\"a\\\"b\\\\c\\nd\",test=\"odd\"}");
  }

  private Map<String, Double> scrape() {
    Exposition read = Look.scrape(metrics);
    assertThat(read.types())
        .containsEntry("jiggety_schedule_lateness_seconds", "histogram")
        .containsEntry("jiggety_results_lost", "counter")
        .containsEntry("jiggety_backlog_runs", "gauge");
    return read.series();
  }

  private static double sum(Map<String, Double> series, String name) {
    return series.entrySet().stream()
        .filter(it -> it.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private NodeFigures.Reading reading() {
    NodeStatus status =
        new NodeStatus(
            "north",
            new TreeSet<>(),
            "1.2.3",
            NOW.minusSeconds(60),
            NOW,
            12,
            345,
            1,
            Duration.ofMillis(15),
            Duration.ofMillis(-250),
            NOW.minusSeconds(1),
            null,
            NOW.minusSeconds(90),
            3,
            new Vitals(1_000_000L, 5, List.of("a notice")));
    return new NodeFigures.Reading(status, kinds, Map.of(Why.MISSED, 4L), 1, 2, true);
  }

  private static Run run(String test, Verdict verdict) {
    Sample sample =
        new Sample(
            NOW,
            Duration.ofMillis(55),
            Phases.of(
                Map.of(Phase.CONNECT, Duration.ofMillis(20), Phase.WAIT, Duration.ofMillis(30))),
            200,
            1234,
            List.of(),
            null,
            Duration.ofMillis(1),
            Findings.certificate(NOW.plusSeconds(86_400)));
    return new Run(test, "north", NOW, Duration.ofMillis(7), List.of(sample), List.of(), verdict);
  }
}
