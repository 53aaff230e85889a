package dev.jiggety.agent.bench.timing;

import dev.jiggety.base.Quantiles;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Hiccups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the probe said beside what the truth server did. Not thread-safe. */
final class Comparison {
  /** A truth server that waited longer for a processor does not know what it did. */
  private static final long DOUBT = TimeUnit.MICROSECONDS.toNanos(300);

  /** A time may be wrong by this, or by a hundredth of itself. */
  private static final long ALLOWED = TimeUnit.MILLISECONDS.toNanos(1);

  private final Map<Phase, List<Pair>> phases = new EnumMap<>(Phase.class);
  private final List<Pair> totals = new ArrayList<>();
  private final List<Pair> counting = new ArrayList<>();
  private final Optional<Duration> cpu;
  private long samples;
  private long failed;
  private long doubtful;
  private long marked;
  private long off;
  private long unmarkedOff;
  private long worstSum;

  /** What was said of what was. */
  private record Pair(long said, long truth) {
    long error() {
      return Math.abs(said - truth);
    }

    long allowed() {
      return Math.max(ALLOWED, truth / 100);
    }

    boolean isOff() {
      return error() > allowed();
    }
  }

  static BenchReport report(
      TimingBench.Setting setting, List<TimingBench.Level> levels, TruthProcess server) {
    BenchReport report = new Comparison(levels.getFirst(), server).report(setting);
    int right = 0;
    for (TimingBench.Level level : setting.down() ? levels : List.<TimingBench.Level>of()) {
      double worst = new Comparison(level, server).worstShare();
      report.figure(
          "worst phase's error p99 of what is allowed, %d at a time".formatted(level.concurrency()),
          worst,
          "×");
      right = worst <= 1 ? Math.max(right, level.concurrency()) : right;
    }
    return setting.down()
        ? report.figure("most at a time with every phase right", (double) right, "count")
        : report;
  }

  private Comparison(TimingBench.Level level, TruthProcess server) {
    cpu = level.cpu();
    level
        .samples()
        .forEach((id, sample) ->
            server.truth(id).ifPresentOrElse(truth -> add(sample, truth), () -> failed++));
  }

  /** Of the phase that is worst. */
  private double worstShare() {
    return phases.values().stream()
        .mapToDouble(pairs -> shares(pairs).at(0.99) / 1e3)
        .max()
        .orElse(0);
  }

  private void add(Sample sample, Truth truth) {
    if (!sample.passed()) {
      failed++;
      return;
    }
    if (truth.doubt() > DOUBT) {
      doubtful++;
      return;
    }
    samples++;
    boolean isMarked = !sample.hiccup().isZero();
    marked += isMarked ? 1 : 0;
    boolean isOff = false;
    for (Map.Entry<Phase, Long> entry : truths(truth).entrySet()) {
      long said = Math.max(0, sample.phases().nanos(entry.getKey()));
      Pair pair = new Pair(said, entry.getValue());
      phases.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>()).add(pair);
      isOff |= pair.isOff();
      if (!Hiccups.distort(sample)) {
        counting.add(pair);
      }
    }
    long sum =
        Math.max(0, truth.dns()) + Math.max(0, truth.ssl()) + truth.waited() + truth.received();
    Pair total = new Pair(sample.total().toNanos(), sum);
    totals.add(total);
    worstSum = Math.max(worstSum, sample.remainder().abs().toNanos());
    off += isOff ? 1 : 0;
    unmarkedOff += isOff && !isMarked ? 1 : 0;
  }

  /** On the loopback, connecting and sending take no time that anybody could add to. */
  private static Map<Phase, Long> truths(Truth truth) {
    Map<Phase, Long> truths = new EnumMap<>(Phase.class);
    if (truth.dns() != Truth.ABSENT) {
      truths.put(Phase.DNS, truth.dns());
    }
    truths.put(Phase.CONNECT, 0L);
    if (truth.ssl() != Truth.ABSENT) {
      truths.put(Phase.SSL, truth.ssl());
    }
    truths.put(Phase.SEND, 0L);
    truths.put(Phase.WAIT, truth.waited());
    truths.put(Phase.RECEIVE, truth.received());
    return truths;
  }

  private BenchReport report(TimingBench.Setting setting) {
    BenchReport report =
        new BenchReport(setting.neighbour() ? "timing, neighbour" : "timing")
            .parameter("concurrency", setting.concurrency())
            .parameter("seconds", setting.time().toSeconds())
            .parameter("neighbour", String.valueOf(setting.neighbour()))
            .figure("samples", (double) samples, "count")
            .figure("samples a second", (double) samples / setting.time().toSeconds(), "1/s")
            .figure("failed", (double) failed, "count")
            .figure("truth in doubt", (double) doubtful, "count");
    phases.forEach((phase, pairs) -> report(report, phase.label(), pairs));
    report(report, "total", totals);
    cpu.ifPresent(used ->
        report.figure(
            "CPU a sample", used.toNanos() / 1e6 / Math.max(1, samples + doubtful), "ms"));
    return report
        .figure(
            "phases of samples that count in statistics, error p99 of what is allowed",
            counting.isEmpty() ? 0 : shares(counting).at(0.99) / 1e3,
            "×")
        .figure("sum of phases vs total, max", millis(worstSum), "ms")
        .figure("samples off by more", (double) off, "count")
        .figure("marked", samples == 0 ? 0 : 100.0 * marked / samples, "%")
        .figure("unmarked samples off by more", (double) unmarkedOff, "count");
  }

  private static void report(BenchReport report, String what, List<Pair> pairs) {
    Quantiles errors = new Quantiles(pairs.stream().mapToLong(Pair::error).toArray());
    Quantiles shares = shares(pairs);
    report
        .figure(what + " error p50", millis(errors.at(0.5)), "ms")
        .figure(what + " error p99", millis(errors.at(0.99)), "ms")
        .figure(what + " error max", millis(errors.at(1)), "ms")
        .figure(what + " error p99 of what is allowed", shares.at(0.99) / 1e3, "×");
  }

  /** Errors as thousandths of what is allowed. */
  private static Quantiles shares(List<Pair> pairs) {
    return new Quantiles(
        pairs.stream().mapToLong(pair -> pair.error() * 1000 / pair.allowed()).toArray());
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
