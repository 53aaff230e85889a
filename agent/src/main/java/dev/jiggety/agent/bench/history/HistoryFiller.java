package dev.jiggety.agent.bench.history;

import com.google.gson.JsonObject;
import dev.jiggety.agent.bench.history.HistoryBench.Scale;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.repository.couch.Provisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Fills archives as nodes do, hour by hour and day by day, the last two hours as live batches: of
 * tests {@code test-0}, {@code test-1} … on nodes {@code node-0} … For one thread; several may fill
 * side by side, each its share of the tests.
 */
public final class HistoryFiller {
  private static final int MINUTES = 60;
  private static final int AT_ONCE = 500;

  private final Hub hub;
  private final DatabaseNames names;
  private final Scale scale;
  private final Instant begin;
  private final Instant end;
  private final Instant liveFrom;
  private final Consumer<Run> seen;
  private final List<Integer> tests;
  private final List<NoisySite> sites = new ArrayList<>();
  private final List<JsonObject> waiting = new ArrayList<>();
  private String waitingFor = "";
  private long packNanos;
  private long packed;
  private long documents;

  /**
   * A filler of all tests.
   *
   * @param end where history ends, a full hour
   * @param seen is shown every run
   */
  public HistoryFiller(Hub hub, DatabaseNames names, Scale scale, Instant end, Consumer<Run> seen) {
    this(hub, names, scale, end, 0, 1, seen);
  }

  /** A filler of every {@code of}-th test, from {@code first} on. */
  HistoryFiller(
      Hub hub,
      DatabaseNames names,
      Scale scale,
      Instant end,
      int first,
      int of,
      Consumer<Run> seen) {
    this.hub = hub;
    this.names = names;
    this.scale = scale;
    this.end = end;
    this.liveFrom = end.minus(Duration.ofHours(2));
    this.begin = Packing.day(end.minus(Duration.ofDays(scale.days())));
    this.seen = seen;
    this.tests =
        IntStream.iterate(first, test -> test < scale.tests(), test -> test + of).boxed().toList();
    for (int test : tests) {
      for (int node = 0; node < scale.nodes(); node++) {
        sites.add(new NoisySite("test-" + test, "node-" + node));
      }
    }
  }

  /** Makes the databases that results go to. */
  public void provision() {
    for (String month : names.archive(begin, end)) {
      Provisioner.makeResults(hub.database(month), names);
    }
    names.live(liveFrom, end).forEach(week -> Provisioner.makeResults(hub.database(week), names));
  }

  /** Day after day, as the nodes' packs come in. */
  public void fill() {
    for (Instant day = begin; day.isBefore(end); day = day.plus(Duration.ofDays(1))) {
      fill(day);
    }
  }

  /** One day, whole on the hub when this returns. */
  void fill(Instant day) {
    int next = 0;
    for (int test : tests) {
      for (int node = 0; node < scale.nodes(); node++) {
        day("test-" + test, "node-" + node, sites.get(next++), day);
      }
    }
    flush();
  }

  private void day(String test, String node, NoisySite site, Instant day) {
    List<Pack> hours = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Instant hour = day.plus(Duration.ofHours(i));
      if (!hour.isBefore(end)) {
        break;
      }
      List<Run> runs = new ArrayList<>(MINUTES);
      for (int minute = 0; minute < MINUTES; minute++) {
        Run run = site.run(hour.plusSeconds(60L * minute));
        runs.add(run);
        seen.accept(run);
      }
      if (hour.isBefore(liveFrom)) {
        hours.add(pack(test, node, hour, runs));
      } else {
        live(node, test, runs);
      }
    }
    if (day.plus(Duration.ofDays(1)).isBefore(liveFrom)) {
      long began = System.nanoTime();
      JsonObject document = PackDocument.document(Packing.day(test, node, day, hours, List.of()));
      packNanos += System.nanoTime() - began;
      store(names.archive(day), document);
    }
  }

  private Pack pack(String test, String node, Instant hour, List<Run> runs) {
    long began = System.nanoTime();
    List<Point> points = runs.stream().flatMap(run -> Packing.points(run).stream()).toList();
    Pack pack = Packing.hour(test, node, hour, 1, points, 0, 0);
    JsonObject document = PackDocument.document(pack);
    packNanos += System.nanoTime() - began;
    packed += runs.size();
    store(names.archive(hour), document);
    return pack;
  }

  private void live(String node, String test, List<Run> runs) {
    Batch batch =
        new Batch(
            node,
            test,
            runs.getFirst().plannedAt().getEpochSecond(),
            runs.getFirst().plannedAt(),
            runs,
            List.of());
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    store(names.live(batch.at()), document);
  }

  private void store(String database, JsonObject document) {
    if (!database.equals(waitingFor) || waiting.size() >= AT_ONCE) {
      flush();
      waitingFor = database;
    }
    waiting.add(document);
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      Outcome<?> stored = hub.database(waitingFor).bulkDocs(waiting, false);
      if (!stored.isOk()) {
        throw new IllegalStateException("the hub did not take packs: " + stored.inWords());
      }
      documents += waiting.size();
      waiting.clear();
    }
  }

  /** Hands over what it counted since the last time. */
  void hand(HistoryProgress progress) {
    progress.add(packed, documents, packNanos);
    packed = 0;
    documents = 0;
    packNanos = 0;
  }
}
