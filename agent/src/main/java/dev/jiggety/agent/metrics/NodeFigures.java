package dev.jiggety.agent.metrics;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.Vitals;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The figures of a node: of each test the last run, as other probes name them, and how the node
 * itself is. Tests that are gone leave with all their labels; of more tests than asked for the
 * others are left out and counted. Safe for any thread.
 */
public final class NodeFigures implements Source {
  /** In seconds: what a start may be late, from what nobody sees to what everybody does. */
  private static final double[] LATE = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Supplier<Reading> node;
  private final InstantSource clock;
  private final int mostTests;
  private final ConcurrentMap<String, Test> tests = new ConcurrentHashMap<>();
  private final LongAdder cut = new LongAdder();
  private final LongAdder hiccups = new LongAdder();
  private final LongAdder hiccupNanos = new LongAdder();
  private final Histogram lateness =
      Histogram.builder()
          .name("jiggety_schedule_lateness_seconds")
          .help("From the planned time of a run to its true start.")
          .unit(Unit.SECONDS)
          .classicOnly()
          .classicUpperBounds(LATE)
          .withoutExemplars()
          .build();

  /**
   * How a node is.
   *
   * @param status as it reports itself
   * @param kinds of the tests that it runs, by their ids
   * @param skipped slots that did not become runs, since it began
   * @param running tests that are measured right now
   * @param workers processes for scripts and pages
   * @param connected whether the hub is heard
   */
  public record Reading(
      NodeStatus status,
      Map<String, String> kinds,
      Map<SkippedSlots.Why, Long> skipped,
      int running,
      int workers,
      boolean connected) {
    public Reading {
      kinds = Map.copyOf(kinds);
      skipped = Map.copyOf(skipped);
    }
  }

  private static final class Test {
    private final Map<Verdict, LongAdder> runs = new EnumMap<>(Verdict.class);
    private volatile Run last;

    Test(Run first) {
      last = first;
      for (Verdict verdict : Verdict.values()) {
        runs.put(verdict, new LongAdder());
      }
    }
  }

  /**
   * None yet; {@link #observe} has to be told of each run.
   *
   * @param mostTests so many tests have series of their own
   */
  public NodeFigures(Supplier<Reading> node, InstantSource clock, int mostTests) {
    this.node = node;
    this.clock = clock;
    this.mostTests = mostTests;
  }

  /** A run is over; quick. */
  public void observe(Run run) {
    lateness.observe(seconds(run.lateness()));
    for (Sample sample : run.samples()) {
      if (sample.hiccup().isPositive()) {
        hiccups.increment();
        hiccupNanos.add(sample.hiccup().toNanos());
      }
    }
    Test test = tests.get(run.testId());
    if (test == null) {
      if (tests.size() >= mostTests) {
        cut.increment();
        return;
      }
      test = tests.computeIfAbsent(run.testId(), _ -> new Test(run));
    }
    test.last = run;
    LongAdder count = test.runs.get(run.verdict());
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void fill(Board board) {
    Reading reading = node.get();
    tests.keySet().retainAll(reading.kinds().keySet());
    tests.forEach((id, test) -> probe(board, id, reading.kinds().getOrDefault(id, ""), test));
    board.put(lateness.collect());
    schedule(board, reading);
    status(board, reading.status());
    board
        .gauge("jiggety_hub_connected", "1 while the hub is heard.")
        .add(reading.connected() ? 1 : 0);
  }

  private static void probe(Board board, String id, String kind, Test test) {
    Run run = test.last;
    if (run.verdict() != Verdict.UNKNOWN) {
      board
          .gauge(
              "probe_success",
              "1 where the last run was up or degraded, 0 where it was down; not there where this"
                  + " node could not tell.",
              "test",
              "kind")
          .add(run.verdict() == Verdict.DOWN ? 0 : 1, id, kind);
    }
    board
        .gauge("probe_last_run_timestamp_seconds", "When the last run began.", "test")
        .add(seconds(run.startedAt()), id);
    test.runs.forEach((verdict, count) ->
        board
            .counter("jiggety_runs", "Runs by what came of them.", "test", "verdict")
            .add((double) count.sum(), id, verdict.label()));
    if (!run.samples().isEmpty()) {
      sample(board, id, run.samples().getLast());
    }
  }

  private static void sample(Board board, String id, Sample sample) {
    Board.Family durations =
        board.gauge(
            "probe_duration_seconds",
            "The last measurement by phases, which add up to the whole of it; remainder is what no"
                + " phase explains.",
            "test",
            "phase");
    for (Map.Entry<Phase, Duration> phase : sample.phases().happened().entrySet()) {
      durations.add(seconds(phase.getValue()), id, phase.getKey().label());
    }
    durations.add(seconds(sample.remainder()), id, "remainder");
    if (sample.status() != 0) {
      board
          .gauge("probe_http_status_code", "HTTP status of the last measurement.", "test")
          .add(sample.status(), id);
      board
          .gauge("probe_http_content_length_bytes", "Size of the last answer's body.", "test")
          .add((double) sample.bytes(), id);
    }
    Instant ends = sample.findings().certificateEnds();
    if (ends != null) {
      board
          .gauge(
              "probe_ssl_earliest_cert_expiry",
              "When the first certificate of the chain ends, seconds since 1970; there where that is"
                  + " within 61 days.",
              "test")
          .add(seconds(ends), id);
    }
  }

  private void schedule(Board board, Reading reading) {
    for (SkippedSlots.Why why : SkippedSlots.Why.values()) {
      board
          .counter("jiggety_slots_skipped", "Planned times that did not become runs.", "why")
          .add(reading.skipped().getOrDefault(why, 0L), why.label());
    }
    board.gauge("jiggety_tests", "Tests that this node runs.").add(reading.kinds().size());
    board.gauge("jiggety_runs_running", "Runs under way.").add(reading.running());
    board.gauge("jiggety_workers", "Processes for scripts and pages.").add(reading.workers());
    board
        .counter("jiggety_hiccups", "Measurements that a standstill of this process touched.")
        .add((double) hiccups.sum());
    board
        .counter("jiggety_hiccup_seconds", "How long those standstills were together.")
        .add(hiccupNanos.sum() / 1e9);
    board
        .counter("jiggety_metrics_cut", "Runs of tests beyond the limit of tests with series.")
        .add((double) cut.sum());
  }

  private void status(Board board, NodeStatus status) {
    Instant now = clock.instant();
    board
        .gauge("jiggety_backlog_runs", "Results that the hub does not have.")
        .add((double) status.backlog());
    Instant oldest = status.oldestUnsent();
    board
        .gauge("jiggety_oldest_unsent_seconds", "Age of the oldest of them; 0 for none.")
        .add(oldest == null ? 0 : Math.max(0, seconds(Duration.between(oldest, now))));
    board
        .gauge("jiggety_quarantined_documents", "Documents that the hub refused.")
        .add((double) status.quarantined());
    board
        .counter("jiggety_results_lost", "Results given up while the disk took nothing.")
        .add((double) status.lost());
    Duration offset = status.clockOffset();
    if (offset != null) {
      board
          .gauge("jiggety_clock_offset_seconds", "The hub's clock minus this machine's.")
          .add(seconds(offset));
    }
    Instant configAt = status.configAt();
    if (configAt != null) {
      board
          .gauge("jiggety_config_age_seconds", "Since the configuration was last known current.")
          .add(Math.max(0, seconds(Duration.between(configAt, now))));
    }
    SlotReport slots = status.slots();
    if (slots != null) {
      slots(board, slots);
    }
    Vitals vitals = status.vitals();
    if (vitals != null) {
      vitals(board, vitals);
    }
  }

  private static void slots(Board board, SlotReport slots) {
    board
        .gauge("jiggety_release", "The release that is in the slot.", "slot")
        .add((double) slots.running().release(), "active");
    if (slots.standby() != null) {
      board
          .gauge("jiggety_release", "The release that is in the slot.", "slot")
          .add((double) slots.standby().release(), "standby");
    }
    for (SlotReport.Stage stage : SlotReport.Stage.values()) {
      board
          .gauge("jiggety_slot_stage", "1 for how far the standby slot is.", "stage")
          .add(stage == slots.stage() ? 1 : 0, stage.label());
    }
  }

  /** Of every role. */
  static void vitals(Board board, Vitals vitals) {
    Long free = vitals.diskFree();
    if (free != null) {
      board.gauge("jiggety_disk_free_bytes", "Left on the disk of the data folder.").add(free);
    }
    board
        .gauge("jiggety_notices", "Lines that people should look at; doctor and status show them.")
        .add(vitals.notices().size());
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1e3;
  }
}
