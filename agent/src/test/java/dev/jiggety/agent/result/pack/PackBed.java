package dev.jiggety.agent.result.pack;

import com.google.gson.JsonObject;
import dev.jiggety.agent.result.LocalBatches;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Verdict;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node's folder with batches, and a packer over it. */
final class PackBed implements AutoCloseable {
  static final DatabaseNames NAMES = DatabaseNames.DEFAULT;

  final Databases databases;
  final Ledger ledger;
  final List<JsonObject> hub = new ArrayList<>();
  boolean isHubAway;
  int asked;
  Packer packer;
  private final LocalBatches batches;
  private long seq;

  PackBed(Path folder, Instant now) throws SQLException {
    this.databases = Databases.open(folder.resolve("databases"), Databases.Options.defaults());
    this.ledger = Ledger.open(folder.resolve("packs.db"));
    this.batches = new LocalBatches(databases);
    restart(now);
  }

  /** As after a restart: all that was in memory is forgotten. */
  void restart(Instant now) {
    packer =
        new Packer("berlin", databases, NAMES, ledger, (database, prefix) -> atHub(prefix), now);
  }

  private Optional<List<JsonObject>> atHub(String prefix) {
    asked++;
    return isHubAway
        ? Optional.empty()
        : Optional.of(
            hub.stream().filter(pack -> pack.get("_id").getAsString().startsWith(prefix)).toList());
  }

  void batch(long number, List<Run> runs, List<SkippedSlots> skipped) {
    Instant at = runs.isEmpty() ? skipped.getFirst().first() : runs.getFirst().startedAt();
    Batch batch = new Batch("berlin", "s1", number, at, runs, skipped);
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    batches.store(NAMES.live(at), document);
  }

  void batch(Run... runs) {
    batch(++seq, List.of(runs), List.of());
  }

  void skipped(SkippedSlots slots) {
    batch(++seq, List.of(), List.of(slots));
  }

  /** A turn when nothing is going on. */
  void turn(Instant now) throws SQLException {
    packer.turn(now, Instant.MAX);
  }

  List<Pack> hours() {
    return packs("pack:", PackDocument.HOUR);
  }

  List<Pack> days() {
    return packs("day:", PackDocument.DAY);
  }

  private List<Pack> packs(String prefix, PackDocument type) {
    return documents().stream()
        .filter(document -> document.get("_id").getAsString().startsWith(prefix))
        .map(type::read)
        .toList();
  }

  /** All documents of the local archives. */
  List<JsonObject> documents() {
    List<JsonObject> documents = new ArrayList<>();
    for (String name : databases.list()) {
      if (NAMES.isArchive(name)) {
        try (var rows = databases.findOrCreate(name).allDocs(AllDocsQuery.all().withDocs())) {
          while (rows.hasNext()) {
            var row = rows.next();
            JsonObject document = row.document().body();
            document.addProperty("_id", row.id());
            documents.add(document);
          }
        }
      }
    }
    return documents;
  }

  static Run run(String test, Instant planned) {
    Sample sample =
        new Sample(
            planned.plusMillis(1),
            Duration.ofMillis(20),
            Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(19))),
            200,
            1234,
            List.of(),
            null,
            Duration.ZERO);
    return new Run(
        test, "berlin", planned, Duration.ofMillis(1), List.of(sample), List.of(), Verdict.UP);
  }

  @Override
  public void close() throws SQLException {
    packer.close();
    databases.close();
  }
}
