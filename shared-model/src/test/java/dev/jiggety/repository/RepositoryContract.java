package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.Samples;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the ports to a hub promise, for each server that can be one. Extend it for each; every test
 * has databases of its own and a clock that it can set.
 */
public abstract class RepositoryContract {
  /** A Saturday, in the week 2026w47. */
  protected static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final DatabaseNames names =
      new DatabaseNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub admin;
  private Hub hub;
  private CouchRepositories repositories;

  /** As many nodes' at once, which only an administrator can be. */
  private CouchRepositories nodes;

  private InForce inForce;

  /** Where the server is that is tested, and who may do everything there. */
  protected abstract HubAddress address();

  /** The same for who does the daily work. */
  protected HubAddress userAddress() {
    return address();
  }

  @BeforeEach
  void provision() {
    admin = Hub.open(address(), HubOptions.DEFAULT.withClock(clock::get));
    new Provisioner(admin, names).provision(NOW);
    hub = Hub.open(userAddress(), HubOptions.DEFAULT.withClock(clock::get));
    repositories = new CouchRepositories(hub, names);
    nodes = new CouchRepositories(admin, names);
    inForce = new InForce(admin, names);
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOW.minus(Duration.ofDays(14)), NOW.plus(Duration.ofDays(14)))) {
      admin.database(name).drop();
    }
    for (String name : names.archive(NOW, NOW.plus(Duration.ofDays(31)))) {
      admin.database(name).drop();
    }
    admin.database(names.config()).drop();
    admin.database(names.patches()).drop();
    admin.database(names.status()).drop();
    admin.database(names.incidents()).drop();
    admin.database(names.enrolment()).drop();
    admin.database(names.bundles()).drop();
    hub.close();
    admin.close();
  }

  @Test
  void provisioningAgainFindsWhatItMade() {
    var report = new Provisioner(admin, names).provision(NOW);
    assertThat(report.created()).isEmpty();
    assertThat(report.found())
        .containsExactly(
            names.config(),
            names.patches(),
            names.status(),
            names.incidents(),
            names.enrolment(),
            names.bundles(),
            names.prefix() + "live-2026w47",
            names.prefix() + "live-2026w48",
            names.prefix() + "archive-2026-11",
            names.prefix() + "archive-2026-12");
  }

  @Test
  void testsThatAreInForceAreFound() {
    TestDefinition shop = Samples.fullTest("shop");
    assertThat(repositories.tests().find("shop")).isEmpty();
    inForce.put(shop);
    Stored<TestDefinition> found = repositories.tests().find("shop").orElseThrow();
    assertThat(found.value()).isEqualTo(shop);
    assertThat(found.rev()).startsWith("1-");
    TestDefinition renamed = shop.toBuilder().name("Shop").build();
    inForce.put(renamed);
    assertThat(repositories.tests().find("shop").orElseThrow().value()).isEqualTo(renamed);
    inForce.remove("shop");
    assertThat(repositories.tests().find("shop")).isEmpty();
    assertThat(repositories.tests().all().tests()).isEmpty();
    inForce.put(shop);
    assertThat(repositories.tests().find("shop")).isPresent();
  }

  @Test
  void testsAreListedByIdAndWhatCannotBeReadIsSaid() {
    inForce.put(Samples.test("search"), Samples.test("basket"));
    JsonObject broken = TestDocument.TYPE.write(Samples.test("future"));
    broken.addProperty("schema", 99);
    assertThat(config().put(broken).isOk()).isTrue();
    TestRepository.Tests all = repositories.tests().all();
    assertThat(all.tests())
        .extracting(test -> test.value().id())
        .containsExactly("basket", "search");
    assertThat(all.unreadable()).singleElement().asString().contains("test:future", "schema 99");
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> repositories.tests().find("future"))
        .withMessageContaining("update Jiggety");
  }

  @Test
  void resultsOfASpanComeOldestFirstOverTheWeeks() {
    Instant monday = Instant.parse("2026-11-23T00:00:00Z");
    store(Samples.batch("n1", 1, monday.minusMillis(1)));
    store(Samples.batch("n1", 2, monday));
    store(Samples.batch("n2", 1, monday.minusSeconds(3600)));
    store(Samples.batch("n2", 2, monday.plusSeconds(3600)));
    assertThat(read(monday.minusSeconds(3600), monday.plusSeconds(3600)))
        .extracting(batch -> batch.node() + batch.seq())
        .containsExactly("n21", "n11", "n12");
    assertThat(read(monday, monday)).isEmpty();
    Instant weeksAgo = NOW.minus(Duration.ofDays(40));
    assertThat(read(weeksAgo, NOW)).as("databases that are not there").isEmpty();
  }

  @Test
  void manyResultsAreReadPageByPageAndNoneTwice() {
    List<JsonObject> many =
        IntStream.range(0, 450)
            .mapToObj(n -> document(Samples.batch("n1", n, NOW.plusMillis(n))))
            .toList();
    assertThat(admin.database(names.live(NOW)).bulkDocs(many, false).isOk()).isTrue();
    assertThat(read(NOW, NOW.plusSeconds(60)))
        .extracting(Batch::seq)
        .containsExactlyElementsOf(IntStream.range(0, 450).mapToObj(n -> (long) n).toList());
  }

  @Test
  void nodesWriteTheirDocumentOverWhateverStoodThere() {
    NodeStatus first = Samples.node("node-1", NOW);
    nodes.nodes().report(first);
    nodes.nodes().report(Samples.node("node-0", NOW));
    var another = new CouchRepositories(admin, names);
    another.nodes().report(Samples.node("node-1", NOW.plusSeconds(1)));
    NodeStatus last = Samples.node("node-1", NOW.plusSeconds(2));
    nodes.nodes().report(last);
    assertThat(repositories.nodes().all()).containsExactly(Samples.node("node-0", NOW), last);
  }

  @Test
  void withoutDatabasesTheRemedyIsNamed() {
    var strange = new CouchRepositories(hub, new DatabaseNames("nobody-"));
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> strange.tests().all())
        .withMessageContaining("jiggety provision")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HubException.Kind.MISSING));
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> strange.tests().find("shop"))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HubException.Kind.MISSING));
  }

  @Test
  void aFeedTellsFirstWhatThereIsThenWhatHappens() {
    inForce.put(Samples.test("shop"));
    nodes.nodes().report(Samples.node("node-1", NOW));
    store(Samples.batch("node-1", 1, NOW.minus(Duration.ofDays(1))));
    store(Samples.batch("node-1", 2, NOW.minusSeconds(10)));
    var heard = new Heard();
    try (var _ = repositories.feed().follow(NOW.minusSeconds(60), heard)) {
      await()
          .untilAsserted(() -> {
            assertThat(heard.connections).containsExactly(new HubFeed.Connection.Connected());
            assertThat(heard.tests).extracting(t -> t.value().id()).containsExactly("shop");
            assertThat(heard.nodes).containsExactly(Samples.node("node-1", NOW));
            assertThat(heard.batches).extracting(Batch::seq).containsExactly(2L);
          });
      inForce.put(Samples.fullTest("shop"));
      nodes.nodes().report(Samples.node("node-2", NOW));
      store(Samples.batch("node-2", 3, NOW));
      await()
          .untilAsserted(() -> {
            assertThat(heard.tests.getLast().value()).isEqualTo(Samples.fullTest("shop"));
            assertThat(heard.nodes).contains(Samples.node("node-2", NOW));
            assertThat(heard.batches).extracting(Batch::seq).contains(3L);
          });
      inForce.remove("shop");
      await().untilAsserted(() -> assertThat(heard.deleted).containsExactly("shop"));
    }
  }

  @Test
  void aPictureTravelsWithItsBatchAndIsReadByItsName() throws Exception {
    Batch batch = Samples.fullBatch(NOW);
    store(batch);
    store(batch); // again, as after a cut line: nothing changes
    HubDatabase week = hub.database(names.live(NOW));
    String id = BatchDocument.TYPE.id(batch);
    JsonObject stored = week.get(id).ok().orElseThrow();
    String rev = stored.get("_rev").getAsString();
    assertThat(rev).isEqualTo(BatchDocument.revision(BatchDocument.TYPE.write(batch)));
    assertThat(BatchDocument.revision(stored)).as("also as read, with a stub").isEqualTo(rev);

    Evidence evidence = evidence(BatchDocument.TYPE.read(stored));
    assertThat(evidence.picture().base64()).isEmpty();
    Evidence fromResults = evidence(read(NOW.minusSeconds(60), NOW.plusSeconds(60)).getFirst());
    assertThat(fromResults).isEqualTo(evidence);
    try (InputStream picture =
        week.attachments().read(id, rev, evidence.picture().name()).ok().orElseThrow()) {
      assertThat(Base64.getEncoder().encodeToString(picture.readAllBytes()))
          .isEqualTo(evidence(batch).picture().base64());
    }
  }

  private static Evidence evidence(Batch batch) {
    return batch.runs().getFirst().samples().getFirst().findings().evidence();
  }

  @Test
  void aFeedMovesOnWithTheWeekAndHearsStragglers() {
    Instant monday = Instant.parse("2026-11-23T00:00:01Z");
    Instant weekAfter = monday.plus(Duration.ofDays(7));
    store(Samples.batch("n1", 1, NOW));
    var heard = new Heard();
    try (var _ = repositories.feed().follow(NOW.minusSeconds(60), heard)) {
      await()
          .untilAsserted(
              () -> assertThat(heard.batches).extracting(Batch::seq).containsExactly(1L));
      clock.set(monday);
      store(Samples.batch("n1", 2, NOW)); // late, and it wakes the poll
      store(Samples.batch("n1", 3, monday));
      await()
          .untilAsserted(
              () -> assertThat(heard.batches).extracting(Batch::seq).contains(1L, 2L, 3L));
      clock.set(weekAfter);
      store(Samples.batch("n1", 4, monday));
      await().untilAsserted(() -> assertThat(heard.batches).extracting(Batch::seq).contains(4L));
      assertThat(Provisioner.makeResults(admin.database(names.live(weekAfter)), names)).isTrue();
      store(Samples.batch("n1", 5, weekAfter));
      await().untilAsserted(() -> assertThat(heard.batches).extracting(Batch::seq).contains(5L));
      assertThat(heard.connections).as("a missing week is no lost connection").hasSize(1);
    }
  }

  @Test
  void aClosedFeedIsSilent() {
    var heard = new Heard();
    var feed = repositories.feed().follow(NOW, heard);
    await().untilAsserted(() -> assertThat(heard.connections).hasSize(1));
    feed.close();
    inForce.put(Samples.test("shop"));
    assertThat(hub.session().isOk()).isTrue();
    assertThat(heard.tests).isEmpty();
  }

  /** The hub that is tested, for who may do everything. */
  protected final Hub admin() {
    return admin;
  }

  /** How its databases are called. */
  protected final DatabaseNames names() {
    return names;
  }

  /** The repositories that are tested. */
  protected final CouchRepositories repositories() {
    return repositories;
  }

  private HubDatabase config() {
    return admin.database(names.config());
  }

  private void store(Batch batch) {
    HubDatabase week = admin.database(names.live(batch.at()));
    assertThat(week.bulkDocs(List.of(document(batch)), false).inWords()).isEqualTo("done");
  }

  private static JsonObject document(Batch batch) {
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    return document;
  }

  private List<Batch> read(Instant from, Instant to) {
    List<Batch> all = new ArrayList<>();
    repositories.results().read(from, to, all::add);
    return all;
  }
}
