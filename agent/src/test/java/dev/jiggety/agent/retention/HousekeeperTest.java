package dev.jiggety.agent.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.repository.couch.Provisioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeeperTest {
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;
  private static final Instant MEASURED = Instant.parse("2026-11-18T10:00:00Z");
  private static final Instant LATER = MEASURED.plus(Duration.ofDays(20));
  private static final RetentionPlan.Limits LIMITS =
      new RetentionPlan.Limits(Duration.ofDays(14), Duration.ofDays(396), 0);

  @TempDir Path folder;
  private EmbeddedHub server;
  private Hub hub;
  private Housekeeper housekeeper;

  @BeforeEach
  void start() {
    server = EmbeddedHub.start(HubConfig.loopback(0, folder));
    hub = Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, NAMES).provision(MEASURED);
    housekeeper = new Housekeeper(hub, NAMES);
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  @Test
  void nextDatabasesAreThereBeforeTheyAreNeeded() {
    Housekeeper.Report report = housekeeper.turn(LIMITS, LATER, "m1", () -> false);
    assertThat(report.made())
        .contains(NAMES.live(LATER), NAMES.archive(LATER.plus(Duration.ofDays(28))));
    assertThat(housekeeper.turn(LIMITS, LATER, "m1", () -> false).made()).isEmpty();
  }

  @Test
  void aWeekGoesWhenItIsPackedAndWhatWentIsRecordedOnce() {
    store(NAMES.live(MEASURED), batch());
    Housekeeper.Report waits = housekeeper.turn(LIMITS, LATER, "m1", () -> false);
    assertThat(waits.dropped()).isEmpty();
    assertThat(waits.notes()).anyMatch(note -> note.contains("1 runs in it were never packed"));

    store(
        NAMES.archive(MEASURED),
        PackDocument.document(
            Packing.hour("home", "n1", MEASURED, 1, Packing.points(run()), 0, 0)));
    assertThat(housekeeper.turn(LIMITS, LATER, "m1", () -> true).dropped())
        .as("its turn is over")
        .isEmpty();
    assertThat(housekeeper.turn(LIMITS, LATER, "m1", () -> false).dropped())
        .containsExactly("jiggety-live-2026w47");
    JsonObject record =
        hub.database(NAMES.incidents()).get("dropped:jiggety-live-2026w47").ok().orElseThrow();
    assertThat(record.get("unpacked").getAsLong()).isZero();
    assertThat(record.get("why").getAsString()).isEqualTo("age");

    // A node that was away for long brings it back; it goes again, and nothing is recorded twice.
    Provisioner.makeResults(hub.database("jiggety-live-2026w47"), NAMES);
    assertThat(housekeeper.turn(LIMITS, LATER, "m2", () -> false).dropped()).hasSize(1);
    assertThat(
            hub.database(NAMES.incidents()).get("dropped:jiggety-live-2026w47").ok().orElseThrow())
        .isEqualTo(record);
  }

  @Test
  void aRunThatBeganInTheNextWeekKeepsThatWeekUntilItIsPacked() {
    Instant week = Instant.parse("2026-11-23T00:00:00Z");
    Run late = run(week.minusSeconds(1));
    new Provisioner(hub, NAMES).provision(week);
    store(NAMES.live(week), batch(new Batch("n1", "s", 2, week, List.of(late), List.of())));
    Instant due = week.plus(Duration.ofDays(22));
    assertThat(housekeeper.turn(LIMITS, due, "m1", () -> false).dropped())
        .doesNotContain(NAMES.live(week));
    store(
        NAMES.archive(late.plannedAt()),
        PackDocument.document(
            Packing.hour(
                "home", "n1", Packing.hour(late.plannedAt()), 1, Packing.points(late), 0, 0)));
    assertThat(housekeeper.turn(LIMITS, due, "m1", () -> false).dropped())
        .contains(NAMES.live(week));
  }

  private static Run run() {
    return run(MEASURED);
  }

  private static Run run(Instant planned) {
    Sample sample =
        new Sample(
            planned, Duration.ofMillis(20), Phases.NONE, 200, 0, List.of(), null, Duration.ZERO);
    return new Run("home", "n1", planned, Duration.ZERO, List.of(sample), List.of(), Verdict.UP);
  }

  private static JsonObject batch() {
    return batch(new Batch("n1", "s", 1, MEASURED, List.of(run()), List.of()));
  }

  private static JsonObject batch(Batch batch) {
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    return document;
  }

  private void store(String database, JsonObject document) {
    assertThat(hub.database(database).bulkDocs(List.of(document), false).inWords())
        .isEqualTo("done");
  }
}
