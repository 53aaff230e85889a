package dev.jiggety.agent.bench.history;

import com.google.gson.JsonElement;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.bench.ProcessCost;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Run;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Question;
import dev.jiggety.repository.HistoryRepository.Row;
import dev.jiggety.repository.HistoryRepository.Step;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Fills archives as nodes do, hour by hour and day by day, the last two hours as live batches; then
 * asks for the charts that people look at. The databases are of its own names.
 */
public final class HistoryBench {
  private static final int ROUNDS = 15;

  /** Until the compiler of the JVM is done: its time would be counted as the chart's. */
  private static final int WARMING = 60;

  private static final String CHARTED = "test-0";
  private static final Duration LONGEST_COMPACTION = Duration.ofMinutes(2);
  private static final Duration LONGEST_INDEXING = Duration.ofHours(2);
  private static final long MEGABYTE = 1L << 20;

  private final Hub hub;
  private final Path hubFolder;
  private final Scale scale;
  private final HistoryProgress progress;
  private final DatabaseNames names;
  private final Instant end;
  private final Instant liveFrom;
  private final Instant begin;
  private final Instant charted;

  private HistoryBench(Path folder, Hub hub, Scale scale, HistoryProgress progress) {
    this.hub = hub;
    this.hubFolder = folder.resolveSibling("hub");
    this.scale = scale;
    this.progress = progress;
    this.names = new DatabaseNames(progress.prefix());
    this.end = progress.end();
    this.liveFrom = end.minus(Duration.ofHours(2));
    this.begin = Packing.day(end.minus(Duration.ofDays(scale.days())));
    this.charted = Packing.day(end.minus(Duration.ofDays(Math.min(scale.days(), 7) - 1)));
  }

  /** How much of it: tests that run once a minute, nodes, days. */
  public record Scale(int tests, int nodes, int days) {}

  /**
   * Fills, measures, and drops what it made.
   *
   * @param folder an empty one beside the embedded hub's folder, if the hub is an embedded one
   */
  public static BenchReport run(Path folder, Hub hub, Scale scale)
      throws IOException, InterruptedException {
    HistoryBench bench = new HistoryBench(folder, hub, scale, HistoryProgress.begin());
    try {
      bench.fill(() -> {});
      return bench.report();
    } finally {
      bench.drop();
    }
  }

  /**
   * The same in pieces: goes on after the last day that is whole, and keeps everything, so that it
   * can be measured again.
   *
   * @param folder the one of the earlier runs
   */
  public static BenchReport goOn(Path folder, Hub hub, Scale scale)
      throws IOException, InterruptedException {
    Path file = folder.resolve("progress.json");
    HistoryProgress progress = HistoryProgress.read(file);
    HistoryBench bench = new HistoryBench(folder, hub, scale, progress);
    bench.fill(() -> progress.write(file));
    return bench.report();
  }

  /** What is done after each day. */
  private interface Keep {
    void keep() throws IOException;
  }

  private void fill(Keep keep) throws IOException, InterruptedException {
    new Provisioner(hub, names).provision(end);
    int shares = Math.min(scale.tests(), Runtime.getRuntime().availableProcessors());
    List<HistoryFiller> fillers = new ArrayList<>();
    for (int share = 0; share < shares; share++) {
      fillers.add(new HistoryFiller(hub, names, scale, end, share, shares, this::note));
    }
    fillers.getFirst().provision();
    try (ExecutorService threads = Executors.newFixedThreadPool(shares)) {
      for (Instant day = progress.filledTo().orElse(begin);
          day.isBefore(end);
          day = day.plus(Duration.ofDays(1))) {
        Instant next = day;
        List<Future<?>> running = new ArrayList<>();
        fillers.forEach(filler -> running.add(threads.submit(() -> filler.fill(next))));
        for (Future<?> share : running) {
          share.get();
        }
        fillers.forEach(filler -> filler.hand(progress));
        progress.filled(day.plus(Duration.ofDays(1)));
        keep.keep();
      }
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    }
  }

  private BenchReport report() throws IOException {
    BenchReport report =
        new BenchReport("history")
            .parameter("tests", scale.tests())
            .parameter("nodes", scale.nodes())
            .parameter("days", scale.days());
    measure(report);
    return report;
  }

  /** Of one day the times are kept as they are. */
  private void note(Run run) {
    if (run.testId().equals(CHARTED)
        && Packing.day(run.plannedAt()).equals(charted)
        && run.samples().getFirst().passed()) {
      progress.exact(run.samples().getFirst().total().toNanos());
    }
  }

  private void measure(BenchReport report) throws IOException {
    compact();
    long archive = fileBytes();
    HistoryRepository history = new CouchRepositories(hub, names).history();
    long began = System.nanoTime();
    patiently(() -> year(history));
    patiently(() -> lastDay(history));
    report
        .figure("results", (double) progress.packed(), "count")
        .figure("documents", (double) progress.documents(), "count")
        .figure("bytes a result in the archive", archive / (double) progress.packed(), "B")
        .figure(
            "packing of 1,000 results", progress.packNanos() / 1e6 / progress.packed() * 1000, "ms")
        .figure("indexes built by the first chart", seconds(began), "s");
    indexes(report);
    chart(report, "chart of all days by day", () -> year(history));
    chart(report, "chart of the last day by minute", () -> lastDay(history));
    chart(report, "chart of a week by hour", () -> week(history));
    report.figure("error of the rolled-up p99", p99Error(history), "%");
  }

  /**
   * Asks again for as long as indexes are built, which for many tests takes longer than a request.
   */
  private static void patiently(Ask ask) {
    long end = System.nanoTime() + LONGEST_INDEXING.toNanos();
    while (true) {
      try {
        ask.rows();
        return;
      } catch (HubException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private List<Row> year(HistoryRepository history) {
    return history.summaries(Question.of(List.of(CHARTED), begin, end, Step.DAY));
  }

  private List<Row> week(HistoryRepository history) {
    Instant from = end.minus(Duration.ofDays(7));
    return history.summaries(Question.of(List.of(CHARTED), from, end, Step.HOUR));
  }

  private List<Row> lastDay(HistoryRepository history) {
    Instant from = end.minus(Duration.ofDays(1));
    return history.summaries(Question.of(List.of(CHARTED), from, end, Step.MINUTE));
  }

  /** What a chart takes, and how much of the processor's time: here, with an embedded hub's. */
  private static void chart(BenchReport report, String name, Ask ask) {
    for (int i = 0; i < WARMING; i += ROUNDS) {
      median(ask);
    }
    Optional<Duration> before = ProcessCost.of(ProcessHandle.current()).cpu();
    report.figure(name + ", warm", median(ask), "ms");
    Optional<Duration> after = ProcessCost.of(ProcessHandle.current()).cpu();
    if (before.isPresent() && after.isPresent()) {
      double millis = after.get().minus(before.get()).toMillis();
      report.figure(name + ", CPU", millis / ROUNDS, "ms");
    }
  }

  /** Asks as often as it takes, and draws percentiles of each row, as a chart does. */
  private static double median(Ask ask) {
    double[] millis = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      for (Row row : ask.rows()) {
        for (double share : new double[] {0.5, 0.95, 0.99}) {
          row.summary().total().quantile(share);
        }
      }
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }

  private interface Ask {
    List<Row> rows();
  }

  private double p99Error(HistoryRepository history) {
    Row row =
        history
            .summaries(Question.of(List.of(CHARTED), charted, charted.plusSeconds(1), Step.DAY))
            .getFirst();
    double exact = progress.exactQuantile(0.99);
    double rolledUp = row.summary().total().quantile(0.99).orElseThrow().toNanos();
    return Math.abs(rolledUp / exact - 1) * 100;
  }

  private void compact() {
    for (String month : names.archive(begin, end)) {
      HubDatabase database = hub.database(month);
      long end = System.nanoTime() + LONGEST_COMPACTION.toNanos();
      database.compact();
      while (isCompacting(database) && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  private static boolean isCompacting(HubDatabase database) {
    return database
        .info()
        .ok()
        .map(info -> info.raw().get("compact_running"))
        .map(JsonElement::getAsBoolean)
        .orElse(false);
  }

  /** Of the archives, as the server says it of itself. */
  private long fileBytes() {
    long sum = 0;
    for (String month : names.archive(begin, end)) {
      DatabaseInfo info = hub.database(month).info().ok().orElseThrow();
      sum += info.raw().getAsJsonObject("sizes").get("file").getAsLong();
    }
    return sum;
  }

  private void indexes(BenchReport report) throws IOException {
    if (!Files.isDirectory(hubFolder)) {
      report.notMeasured("indexes", "the hub's files are not here");
      return;
    }
    long sum = 0;
    try (Stream<Path> files = Files.walk(hubFolder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = hubFolder.relativize(file).toString();
        if (path.contains("archive") && path.contains(".views")) {
          sum += Files.size(file);
        }
      }
    }
    report.figure("indexes", sum / (double) MEGABYTE, "MiB");
    report.figure("bytes a result in indexes", sum / (double) progress.packed(), "B");
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private void drop() {
    Set<String> all = new TreeSet<>(names.archive(begin, end.plus(Duration.ofDays(40))));
    all.addAll(names.live(liveFrom, end.plus(Duration.ofDays(14))));
    all.addAll(List.of(names.config(), names.patches(), names.status(), names.incidents()));
    all.forEach(name -> hub.database(name).drop());
  }
}
