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
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.TestWriter.Conflict;
import dev.jiggety.repository.TestWriter.Delete;
import dev.jiggety.repository.TestWriter.Done;
import dev.jiggety.repository.TestWriter.Put;
import dev.jiggety.repository.TestWriter.Rejected;
import dev.jiggety.repository.TestWriter.Result;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOW.minus(Duration.ofDays(14)), NOW.plus(Duration.ofDays(14)))) {
      admin.database(name).drop();
    }
    admin.database(names.config()).drop();
    admin.database(names.patches()).drop();
    admin.database(names.status()).drop();
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
            names.prefix() + "live-2026w47",
            names.prefix() + "live-2026w48");
  }

  @Test
  void aTestIsWrittenReadAndDeleted() {
    TestDefinition shop = Samples.fullTest("shop");
    assertThat(repositories.tests().find("shop")).isEmpty();
    String rev = done(new Put(shop, null));
    Stored<TestDefinition> found = repositories.tests().find("shop").orElseThrow();
    assertThat(found.value()).isEqualTo(shop);
    assertThat(found.rev()).isEqualTo(rev);
    String next = done(new Put(shop.toBuilder().name("Shop").build(), rev));
    assertThat(next).startsWith("2-");
    assertThat(done(new Delete("shop", next))).startsWith("3-");
    assertThat(repositories.tests().find("shop")).isEmpty();
    assertThat(repositories.tests().all().tests()).isEmpty();
    done(new Put(shop, null));
    assertThat(repositories.tests().find("shop")).isPresent();
  }

  @Test
  void testsAreListedByIdAndWhatCannotBeReadIsSaid() {
    done(new Put(Samples.test("search"), null));
    done(new Put(Samples.test("basket"), null));
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
  void nobodysEditIsOverwritten() {
    String first = done(new Put(Samples.test("shop"), null));
    TestDefinition mine = Samples.test("shop").toBuilder().name("mine").build();
    TestDefinition theirs = Samples.test("shop").toBuilder().name("theirs").build();
    String second = done(new Put(theirs, first));
    assertThat(submit(new Put(mine, first))).isEqualTo(new Conflict("shop"));
    assertThat(submit(new Put(mine, null))).isEqualTo(new Conflict("shop"));
    assertThat(submit(new Delete("shop", first))).isEqualTo(new Conflict("shop"));
    assertThat(repositories.tests().find("shop").orElseThrow().value()).isEqualTo(theirs);
    done(new Delete("shop", second));
    assertThat(submit(new Put(mine, second))).isEqualTo(new Conflict("shop"));
  }

  @Test
  void submittingAgainAfterALostAnswerIsSafe() {
    var create = new Put(Samples.test("shop"), null);
    String first = done(create);
    assertThat(done(create)).isEqualTo(first);
    var edit = new Put(Samples.test("shop").toBuilder().samples(3).build(), first);
    String second = done(edit);
    assertThat(done(edit)).isEqualTo(second);
    var delete = new Delete("shop", second);
    done(delete);
    assertThat(submit(delete)).isInstanceOf(Done.class);
  }

  @Test
  void eachEditHasItsResultInOrder() {
    done(new Put(Samples.test("taken"), null));
    var impossible = new Schedule.Every(Duration.ofMillis(1));
    List<Result> results =
        writer()
            .submit(
                List.of(
                    new Put(Samples.test("a"), null),
                    new Put(Samples.fullTest("taken"), null),
                    new Put(Samples.test("bad").toBuilder().schedule(impossible).build(), null),
                    new Put(Samples.test("z"), null)));
    assertThat(results)
        .satisfiesExactly(
            a -> assertThat(a).isInstanceOf(Done.class),
            taken -> assertThat(taken).isEqualTo(new Conflict("taken")),
            bad -> assertThat(((Rejected) bad).reason()).contains("schedule"),
            z -> assertThat(z).isInstanceOf(Done.class));
    assertThat(repositories.tests().find("bad")).isEmpty();
  }

  @Test
  void anEditKeepsWhatANewerVersionWrote() {
    JsonObject newer = TestDocument.TYPE.write(Samples.test("shop"));
    newer.addProperty("colour", "green");
    newer.getAsJsonObject("http").addProperty("priority", 7);
    assertThat(config().put(newer).isOk()).isTrue();
    Stored<TestDefinition> stored = repositories.tests().find("shop").orElseThrow();
    done(new Put(stored.value().toBuilder().name("Shop").build(), stored.rev()));
    JsonObject kept = repositories.tests().find("shop").orElseThrow().raw();
    assertThat(kept.get("colour").getAsString()).isEqualTo("green");
    assertThat(kept.getAsJsonObject("http").get("priority").getAsInt()).isEqualTo(7);
    assertThat(kept.get("name").getAsString()).isEqualTo("Shop");
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
    assertThat(hub.database(names.live(NOW)).bulkDocs(many, false).isOk()).isTrue();
    assertThat(read(NOW, NOW.plusSeconds(60)))
        .extracting(Batch::seq)
        .containsExactlyElementsOf(IntStream.range(0, 450).mapToObj(n -> (long) n).toList());
  }

  @Test
  void nodesWriteTheirDocumentOverWhateverStoodThere() {
    NodeStatus first = Samples.node("node-1", NOW);
    repositories.nodes().report(first);
    repositories.nodes().report(Samples.node("node-0", NOW));
    var another = new CouchRepositories(hub, names);
    another.nodes().report(Samples.node("node-1", NOW.plusSeconds(1)));
    NodeStatus last = Samples.node("node-1", NOW.plusSeconds(2));
    repositories.nodes().report(last);
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
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> strange.writer().submit(List.of(new Put(Samples.test("shop"), "1-a"))))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HubException.Kind.MISSING));
  }

  @Test
  void aFeedTellsFirstWhatThereIsThenWhatHappens() {
    String rev = done(new Put(Samples.test("shop"), null));
    repositories.nodes().report(Samples.node("node-1", NOW));
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
      String next = done(new Put(Samples.fullTest("shop"), rev));
      repositories.nodes().report(Samples.node("node-2", NOW));
      store(Samples.batch("node-2", 3, NOW));
      await()
          .untilAsserted(() -> {
            assertThat(heard.tests.getLast().value()).isEqualTo(Samples.fullTest("shop"));
            assertThat(heard.nodes).contains(Samples.node("node-2", NOW));
            assertThat(heard.batches).extracting(Batch::seq).contains(3L);
          });
      done(new Delete("shop", next));
      await().untilAsserted(() -> assertThat(heard.deleted).containsExactly("shop"));
    }
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
      assertThat(Provisioner.makeLive(admin.database(names.live(weekAfter)))).isTrue();
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
    done(new Put(Samples.test("shop"), null));
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

  private Result submit(TestWriter.Edit edit) {
    return writer().submit(List.of(edit)).getFirst();
  }

  /** Who may write the configuration: not whoever reads it. */
  private TestWriter writer() {
    return new CouchRepositories(admin, names).writer();
  }

  private String done(TestWriter.Edit edit) {
    Result result = submit(edit);
    assertThat(result).isInstanceOf(Done.class);
    return ((Done) result).rev();
  }

  private void store(Batch batch) {
    HubDatabase week = hub.database(names.live(batch.at()));
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
