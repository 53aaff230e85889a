package dev.jiggety.agent.bench.couch;

import dev.jiggety.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How fast a hub is, seen by its clients: see docs/benchmarks. What one server cannot do is left
 * out of the report with the reason; the rest is measured.
 */
public final class CouchBench {
  private static final String NPM = "npm server: ";
  private static final String POUCH = "PouchDB: ";

  private final BenchReport report = new BenchReport("couch");
  private final CouchScale scale;
  private final Path folder;
  private final BenchDatabases databases;

  private CouchBench(CouchScale scale, Path folder, BenchDatabases databases) {
    this.scale = scale;
    this.folder = folder;
    this.databases = databases;
  }

  /** A server to compare with, and the folder where PouchDB is installed. */
  public record Rival(Server server, Path folder) {}

  /**
   * Runs it.
   *
   * @param folder empty; for local stores
   * @param databases makes what is needed on the servers; the caller closes it
   */
  public static BenchReport run(
      Server hub, Optional<Rival> rival, CouchScale scale, Path folder, BenchDatabases databases)
      throws IOException, InterruptedException {
    CouchBench bench = new CouchBench(scale, folder, databases);
    bench.report.parameter("hub", hub.process().isPresent() ? "process of its own" : "running");
    bench.report.parameter("documentBytes", Samples.document(0).length);
    bench.report.parameter("documents", scale.documents());
    bench.report.parameter("rivalDocuments", scale.rivalDocuments());
    bench.report.parameter("seconds", (double) scale.time().toMillis() / 1000);
    bench.measure(hub, rival);
    return bench.report;
  }

  /** One after the other in each part, so that both meet with the same load of the machine. */
  private void measure(Server hub, Optional<Rival> rival) throws IOException, InterruptedException {
    Figures ours = new Figures(report, "");
    Figures theirs = new Figures(report, NPM);
    writes(hub, ours, List.of(500, 1_000));
    if (rival.isPresent()) {
      writes(rival.get().server(), theirs, List.of(1_000));
    }
    for (int listeners : scale.listeners()) {
      feed(hub, ours, listeners);
      if (rival.isPresent()) {
        feed(rival.get().server(), theirs, listeners);
      }
    }
    views(hub, ours, scale.documents());
    if (rival.isPresent()) {
      views(rival.get().server(), theirs, scale.rivalDocuments());
    }
    new ReplicationPart(hub, databases, scale, folder).measure(ours);
    if (rival.isPresent()) {
      Figures pouch = new Figures(report, POUCH);
      new PouchPart(hub, databases, scale, rival.get().folder(), folder).measure(pouch);
      compare();
    }
    ours.measure(
        "RSS at the end", "MiB", () -> hub.residentMiB().orElseThrow(CouchBench::noProcess));
  }

  private void compare() {
    Ratios ratios = new Ratios(report);
    ratios.faster("bulk insert", NPM + "bulk insert", "bulk insert vs npm server");
    ratios.faster("view build", NPM + "view build", "view build vs npm server");
    ratios.faster("PUT, 16 connections", NPM + "PUT, 16 connections", "PUT vs npm server");
    ratios.faster("replication pull", POUCH + "replication pull", "replication pull vs PouchDB");
    ratios.faster("replication push", POUCH + "replication push", "replication push vs PouchDB");
  }

  private void writes(Server server, Figures figures, List<Integer> batches)
      throws IOException, InterruptedException {
    WritePart part = new WritePart(server, databases, scale.load());
    for (int batch : batches) {
      figures.measure(
          "bulk insert, " + batch + " a request, 1 connection",
          Figures.PER_SECOND,
          () -> part.bulk(batch, 1).rate());
    }
    Optional<WritePart.Bulk> bulk = figures.attempt("bulk insert", () -> part.bulk(1_000, 4));
    if (bulk.isPresent()) {
      figures.add("bulk insert", bulk.get().rate(), Figures.PER_SECOND);
      bulk.get()
          .cpuMicros()
          .ifPresent(micros -> figures.add("CPU a document, bulk insert", micros, "us"));
    }
    for (int connections : List.of(1, 16)) {
      figures.measure(
          connections == 1 ? "PUT, 1 connection" : "PUT, " + connections + " connections",
          Figures.PER_SECOND,
          () -> part.put(connections));
    }
  }

  private void feed(Server server, Figures figures, int listeners)
      throws IOException, InterruptedException {
    Optional<FeedPart.Served> served =
        figures.attempt(
            listeners + " listeners",
            () -> FeedPart.measure(server, databases, listeners, scale.writes()));
    if (served.isPresent()) {
      FeedPart.Served times = served.get();
      String of = "last of " + listeners + " listeners ";
      figures.add(of + "p50", times.medianMillis(), "ms");
      figures.add(of + "max", times.maxMillis(), "ms");
      times
          .cpuSeconds()
          .ifPresent(cpu -> figures.add("CPU a write, " + listeners + " listeners", cpu, "s"));
      times
          .residentMiB()
          .ifPresent(rss -> figures.add("RSS, " + listeners + " listeners", rss, "MiB"));
    }
  }

  private void views(Server server, Figures figures, int documents)
      throws IOException, InterruptedException {
    ViewPart part = new ViewPart(server, databases, documents);
    Function<Duration, Double> perSecond = time -> documents * 1e9 / (double) time.toNanos();
    if (figures
        .measure("view build", Figures.PER_SECOND, () -> perSecond.apply(part.build()))
        .isPresent()) {
      for (int level : List.of(1, 2)) {
        figures.measure(
            "warm query, group_level=" + level,
            "ms",
            () -> (double) part.query(level, scale.queries()).toNanos() / 1e6);
      }
    }
  }

  static NotMeasuredException noProcess() {
    return new NotMeasuredException("the hub's process is not known: name it by --hub-pid");
  }
}
