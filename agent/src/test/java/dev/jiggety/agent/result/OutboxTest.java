package dev.jiggety.agent.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Instant NOW = Instant.parse("2026-11-18T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Logger QUIET = Logger.getLogger(Outbox.class.getName());

  static {
    QUIET.setLevel(Level.OFF);
  }

  private final Shelf shelf = new Shelf();
  private OutboxOptions options =
      OutboxOptions.defaults("berlin", DatabaseNames.DEFAULT, InstantSource.fixed(NOW))
          .withFlushEvery(Duration.ofHours(1));
  private Outbox outbox;

  @TempDir Path folder;

  @AfterEach
  void close() {
    if (outbox != null) {
      outbox.close();
    }
  }

  @Test
  void aDayOfRunsBecomesBatchesInOrder() {
    open();
    for (int i = 0; i < 1234; i++) {
      outbox.add(Runs.up("home", NOW.plusSeconds(i)));
    }
    outbox.add(Runs.missed("home", NOW.plusSeconds(1234), NOW.plusSeconds(1300), 67));
    assertThat(outbox.drain(PATIENCE)).as(() -> outbox.state().toString()).isTrue();
    List<Batch> batches = shelf.batches();
    assertThat(batches.size()).isGreaterThanOrEqualTo(3);
    assertThat(batches.stream().mapToInt(batch -> batch.runs().size()).max().orElseThrow())
        .isLessThanOrEqualTo(500);
    assertThat(batches).extracting(Batch::seq).doesNotHaveDuplicates().startsWith(1L);
    assertThat(batches).extracting(Batch::stream).containsOnly(batches.getFirst().stream());
    assertThat(shelf.runs()).extracting(Run::plannedAt).hasSize(1234).isSorted();
    assertThat(batches.stream().flatMap(batch -> batch.skipped().stream()))
        .extracting(SkippedSlots::count)
        .containsExactly(67);
    assertThat(outbox.state().backlog()).isEqualTo(1234);
  }

  @Test
  void eachWeekHasItsOwnDatabase() {
    open();
    Instant sunday = Instant.parse("2026-11-22T23:59:59.500Z");
    outbox.add(Runs.up("home", sunday));
    outbox.add(Runs.up("home", sunday.plusSeconds(1)));
    outbox.add(Runs.up("shop", sunday.plusMillis(100)));
    outbox.drain(PATIENCE);
    assertThat(shelf.documents.keySet())
        .containsExactly("jiggety-live-2026w47", "jiggety-live-2026w48");
    assertThat(shelf.runs()).hasSize(3);
    for (Map.Entry<String, Map<String, JsonObject>> database : shelf.documents.entrySet()) {
      for (JsonObject document : database.getValue().values()) {
        Batch batch = BatchDocument.TYPE.read(document);
        assertThat(batch.runs())
            .allMatch(run -> DatabaseNames.DEFAULT.live(run.startedAt()).equals(database.getKey()));
      }
    }
  }

  @Test
  void aTestThatIsTakenAwayOwesNothingWhateverWasWaiting() {
    open();
    outbox.add(Runs.missed("gone", NOW, NOW.plusSeconds(60), 2));
    outbox.forget(Set.of("gone", "back"));
    outbox.add(Runs.up("back", NOW.plusSeconds(90)));
    assertThat(outbox.drain(PATIENCE)).isTrue();
    outbox.close();
    open();
    assertThat(outbox.opening().accounted()).containsOnly(Map.entry("back", NOW.plusSeconds(90)));
  }

  @Test
  void aDatabaseIsInUseAsSoonAsItHoldsABatch() {
    open();
    outbox.add(Runs.up("home", NOW));
    assertThat(outbox.drain(PATIENCE)).isTrue();
    Instant longAgo = NOW.minus(Duration.ofDays(21));
    outbox.add(Runs.missed("shop", longAgo, longAgo.plusSeconds(60), 2));
    assertThat(outbox.drain(PATIENCE)).isTrue();
    assertThat(outbox.databasesInUse())
        .contains(DatabaseNames.DEFAULT.live(NOW), DatabaseNames.DEFAULT.live(longAgo));
  }

  @Test
  void theOldestRunThatTheHubDoesNotHaveIsKnown() {
    open();
    assertThat(outbox.state().oldest()).isEmpty();
    outbox.add(Runs.up("home", NOW));
    outbox.add(Runs.up("home", NOW.plusSeconds(60)));
    assertThat(outbox.drain(PATIENCE)).isTrue();
    await().atMost(PATIENCE).until(() -> outbox.state().oldest().isPresent());
    assertThat(outbox.state().oldest().orElseThrow()).isBetween(NOW, NOW.plusSeconds(60));

    outbox.pushed(DatabaseNames.DEFAULT.live(NOW), Long.MAX_VALUE);
    await().atMost(PATIENCE).until(() -> outbox.state().oldest().isEmpty());
    assertThat(outbox.state().backlog()).isZero();
  }

  @Test
  void aChangeOfVerdictDoesNotWaitForTheFlush() {
    open();
    outbox.add(Runs.up("home", NOW));
    await().atMost(PATIENCE).until(() -> shelf.runs().size() == 1);
    outbox.add(Runs.run("home", NOW.plusSeconds(1), Verdict.DOWN));
    await().atMost(PATIENCE).until(() -> shelf.runs().size() == 2);
  }

  @Test
  void aRestartGoesOnWhereItStopped() {
    open();
    outbox.add(Runs.up("home", NOW));
    outbox.add(Runs.missed("shop", NOW, NOW.plusSeconds(30), 2));
    outbox.era(2);
    outbox.close();
    open();
    assertThat(outbox.opening().accounted())
        .isEqualTo(Map.of("home", NOW, "shop", NOW.plusSeconds(30)));
    assertThat(outbox.opening().era()).isEqualTo(2);
    assertThat(outbox.state().backlog()).isEqualTo(1);
    outbox.forget(Set.of("shop"));
    outbox.close();
    open();
    assertThat(outbox.opening().accounted()).containsOnlyKeys("home");
  }

  @Test
  void whateverCrashedBetweenTheStepsGivesTheSameDocument() {
    shelf.refuse = true; // the boundaries get fixed, the document is not stored
    open();
    for (int i = 0; i < 10; i++) {
      outbox.add(Runs.up("home", NOW.plusSeconds(i)));
    }
    outbox.flush();
    await().atMost(PATIENCE).until(() -> !outbox.state().trouble().isEmpty());
    outbox.add(Runs.up("home", NOW.plusSeconds(10)));
    outbox.close();
    shelf.refuse = false;
    shelf.forgetAnswers = true; // the document is stored, and the process dies before it knows
    open();
    outbox.flush();
    await().atMost(PATIENCE).until(() -> !shelf.runs().isEmpty());
    outbox.close();
    Map<String, JsonObject> first = Map.copyOf(shelf.documents.get("jiggety-live-2026w47"));
    shelf.forgetAnswers = false;
    open();
    outbox.drain(PATIENCE);
    assertThat(shelf.runs()).extracting(Run::plannedAt).hasSize(11).doesNotHaveDuplicates();
    assertThat(shelf.documents.get("jiggety-live-2026w47")).containsAllEntriesOf(first);
  }

  @Test
  void theBacklogShrinksWithWhatTheHubHas() {
    open();
    for (int i = 0; i < 700; i++) {
      outbox.add(Runs.up("home", NOW.plusSeconds(i)));
    }
    outbox.drain(PATIENCE);
    assertThat(outbox.state().backlog()).isEqualTo(700);
    long firstRuns = shelf.batches().getFirst().runs().size();
    outbox.pushed("jiggety-live-2026w47", 1);
    await().atMost(PATIENCE).until(() -> outbox.state().backlog() == 700 - firstRuns);
    outbox.pushed("jiggety-live-2026w47", shelf.seq.get());
    await().atMost(PATIENCE).until(() -> outbox.state().backlog() == 0);
    outbox.close();
    open();
    assertThat(outbox.state().backlog()).isZero();
  }

  @Test
  void whatTheHubHasIsPurgedAfterAWhile() {
    open();
    outbox.add(Runs.up("home", NOW));
    outbox.drain(PATIENCE);
    outbox.pushed("jiggety-live-2026w47", shelf.seq.get());
    await().atMost(PATIENCE).until(() -> outbox.state().backlog() == 0);
    outbox.close();
    assertThat(shelf.runs()).hasSize(1);
    options =
        OutboxOptions.defaults(
            "berlin", DatabaseNames.DEFAULT, InstantSource.fixed(NOW.plus(Duration.ofHours(25))));
    open();
    outbox.flush();
    await().atMost(PATIENCE).until(() -> shelf.runs().isEmpty());
  }

  @Test
  void whenTheDiskIsFullTestingGoesOnAndWhatIsGivenUpIsToldAsMissed() throws Exception {
    options = options.withMaxFileBytes(80 << 10).withMostInMemory(50);
    shelf.refuse = true; // nothing leaves the outbox, so that it fills up
    open();
    int added = 0;
    while (outbox.state().lost() < 100) {
      outbox.add(Runs.up("home", NOW.plusSeconds(added++)));
    }
    assertThat(outbox.state().trouble()).contains("cannot be kept");
    assertThat(outbox.state().inMemory()).isLessThanOrEqualTo(50);
    long lost = outbox.state().lost();
    outbox.limit(0);
    shelf.refuse = false;
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(outbox.state()).matches(state -> state.inMemory() == 0));
    outbox.drain(PATIENCE);
    List<SkippedSlots> missed =
        shelf.batches().stream().flatMap(batch -> batch.skipped().stream()).toList();
    assertThat(missed).isNotEmpty();
    assertThat(missed.stream().mapToInt(SkippedSlots::count).sum()).isEqualTo((int) lost);
    assertThat(missed.getFirst().reason()).contains("disk was full");
    assertThat(shelf.runs()).hasSize(added - (int) lost);
    assertThat(outbox.opening().accounted()).isEmpty();
  }

  @Test
  void aDamagedFileIsSetAside() throws IOException {
    Files.writeString(folder.resolve("outbox.db"), "this is no database, ".repeat(1000));
    Logger quiet = Logger.getLogger(OutboxFile.class.getName());
    quiet.setLevel(Level.OFF);
    open();
    outbox.add(Runs.up("home", NOW));
    assertThat(outbox.drain(PATIENCE)).isTrue();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.contains("damaged"));
    }
    quiet.setLevel(null);
  }

  private void open() {
    outbox = Outbox.open(folder.resolve("outbox.db"), options, shelf);
  }

  /** A store in memory, with faults on demand. */
  private static final class Shelf implements BatchStore {
    private final Map<String, Map<String, JsonObject>> documents =
        Collections.synchronizedMap(new TreeMap<>());
    private volatile boolean refuse;
    private volatile boolean forgetAnswers;
    private final AtomicLong seq = new AtomicLong();

    @Override
    public long store(String database, JsonObject document) {
      if (refuse) {
        throw new IllegalStateException("no room");
      }
      String id = document.get("_id").getAsString();
      Map<String, JsonObject> here =
          documents.computeIfAbsent(database, name -> Collections.synchronizedMap(new TreeMap<>()));
      JsonObject known = here.putIfAbsent(id, document.deepCopy());
      assertThat(known == null || known.equals(document)).isTrue();
      long mine = seq.incrementAndGet();
      if (forgetAnswers) {
        throw new IllegalStateException("died before it was known");
      }
      return mine;
    }

    @Override
    public void purge(String database, Map<String, String> revisions) {
      documents.get(database).keySet().removeAll(revisions.keySet());
    }

    private List<Batch> batches() {
      List<Batch> batches = new ArrayList<>();
      for (Map<String, JsonObject> database : List.copyOf(documents.values())) {
        for (JsonObject document : List.copyOf(database.values())) {
          batches.add(BatchDocument.TYPE.read(document));
        }
      }
      batches.sort(Comparator.comparingLong(Batch::seq));
      return batches;
    }

    private List<Run> runs() {
      return batches().stream().flatMap(batch -> batch.runs().stream()).toList();
    }
  }
}
