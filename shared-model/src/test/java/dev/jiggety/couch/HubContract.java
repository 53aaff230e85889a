package dev.jiggety.couch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the product asks of a server that wants to be a hub. Extend it for each server; each test
 * has a database of its own.
 */
public abstract class HubContract {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Hub hub;
  private HubDatabase db;

  /** Where the server is that is tested, and who may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void createDatabase() {
    hub = Hub.open(address(), HubOptions.DEFAULT.withCompressFrom(200));
    db = hub.database("contract-" + UUID.randomUUID());
    assertThat(db.create().inWords()).isEqualTo("done");
  }

  @AfterEach
  void dropDatabase() {
    db.drop();
    hub.close();
    threads.shutdownNow();
  }

  @Test
  void databasesAreCreatedOnceAndDroppedOnce() {
    HubDatabase other = hub.database("contract-" + UUID.randomUUID());
    assertThat(other.info()).isInstanceOf(Outcome.Missing.class);
    assertThat(other.get("a")).isInstanceOf(Outcome.Missing.class);
    assertThat(value(other.create())).isTrue();
    assertThat(value(other.create())).isFalse();
    assertThat(value(hub.databaseNames())).contains(other.name());
    assertThat(value(other.info()).documents()).isZero();
    assertThat(value(other.drop())).isTrue();
    assertThat(other.info()).isInstanceOf(Outcome.Missing.class);
    assertThat(other.drop().isOk()).isTrue();
  }

  @Test
  void saysWhoItIsAndWhatTimeItIs() {
    assertThat(value(hub.welcome()).has("version")).isTrue();
    assertThat(value(hub.session()).getAsJsonObject("userCtx").has("roles")).isTrue();
    assertThat(hub.clockOffset())
        .hasValueSatisfying(off -> assertThat(off.abs()).isLessThan(Duration.ofMinutes(1)));
  }

  @Test
  void aDocumentLivesAndDies() {
    String first = value(db.put(doc("test:a", 1)));
    JsonObject read = value(db.get("test:a"));
    assertThat(read.get("_rev").getAsString()).isEqualTo(first);
    read.addProperty("n", 2);
    String second = value(db.put(read));
    assertThat(second).startsWith("2-");
    assertThat(db.put(read)).isInstanceOf(Outcome.Conflict.class);
    assertThat(db.put(doc("test:a", 3))).isInstanceOf(Outcome.Conflict.class);
    assertThat(db.delete("test:a", first)).isInstanceOf(Outcome.Conflict.class);
    assertThat(value(db.delete("test:a", second))).startsWith("3-");
    assertThat(db.get("test:a")).isInstanceOf(Outcome.Missing.class);
    assertThat(db.get("test:never")).isInstanceOf(Outcome.Missing.class);
    assertThat(value(db.put(doc("test:a", 4)))).startsWith("4-");
  }

  @Test
  void anIdIsAnyText() {
    for (String id : List.of("a b", "a+b", "a%2Fb", "a/b", "ä€😀", "a?b#c&d=\"e\"", "b:c.d_e~f")) {
      assertThat(db.put(doc(id, 1)).inWords()).as(id).isEqualTo("done");
      assertThat(value(db.get(id)).get("_id").getAsString()).isEqualTo(id);
    }
    assertThat(value(db.allDocs(IdRange.between("", IdRange.END)))).hasSize(7);
  }

  @Test
  void nothingInADocumentIsLost() {
    String text =
        "{'_id':'exact','none':null,'deep':{'none':null},'big':9007199254740991,"
            + "'list':[null,1.5,true,{}],'html':'<a href=\\'x\\'>&amp;</a>','text':'\\u2028\\n\\u0000'}";
    JsonObject exact = JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    value(db.put(exact));
    JsonObject bulk = exact.deepCopy();
    bulk.addProperty("_id", "bulk");
    value(db.bulkDocs(List.of(bulk), true));
    for (String id : List.of("exact", "bulk")) {
      JsonObject read = value(db.get(id));
      read.remove("_rev");
      read.addProperty("_id", "exact");
      assertThat(read).isEqualTo(exact);
    }
  }

  @Test
  void designDocumentsHaveTheirOwnPath() {
    JsonObject design = doc("_design/shop", 1);
    String rev = value(db.put(design));
    assertThat(value(db.get("_design/shop")).get("_rev").getAsString()).isEqualTo(rev);
    design.addProperty("_rev", rev);
    assertThat(value(db.put(design))).startsWith("2-");
  }

  @Test
  void localDocumentsStayOutOfTheWay() {
    assertThat(db.getLocal("check/point 1")).isInstanceOf(Outcome.Missing.class);
    JsonObject checkpoint = new JsonObject();
    checkpoint.addProperty("seq", "7-x");
    value(db.putLocal("check/point 1", checkpoint));
    JsonObject read = value(db.getLocal("check/point 1"));
    assertThat(read.get("seq").getAsString()).isEqualTo("7-x");
    read.addProperty("seq", "8-x");
    value(db.putLocal("check/point 1", read));
    assertThat(value(db.getLocal("check/point 1")).get("seq").getAsString()).isEqualTo("8-x");
    assertThat(value(db.allDocs(IdRange.between("", IdRange.END)))).isEmpty();
    assertThat(value(db.changes(ChangesRequest.since("0"))).results()).isEmpty();
  }

  @Test
  void bulkSaysOfEachDocumentWhatBecameOfIt() {
    value(db.put(doc("b", 1)));
    List<BulkRow> rows = value(db.bulkDocs(List.of(doc("a", 1), doc("b", 2), doc("c", 3)), true));
    assertThat(rows).extracting(BulkRow::id).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(rows)
        .filteredOn(row -> !row.isOk())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.id()).isEqualTo("b");
          assertThat(row.error()).isEqualTo("conflict");
        });
    assertThat(value(db.get("b")).get("n").getAsInt()).isEqualTo(1);
  }

  @Test
  void pushingTheSameRevisionAgainChangesNothing() {
    JsonObject pushed = revision("r", 1, "1-0123456789abcdef0123456789abcdef");
    value(db.bulkDocs(List.of(pushed), false));
    String before = value(db.changes(ChangesRequest.since("0"))).lastSeq();
    assertThat(value(db.bulkDocs(List.of(pushed), false))).allMatch(BulkRow::isOk);
    assertThat(value(db.changes(ChangesRequest.since(before))).results()).isEmpty();
    assertThat(value(db.get("r")).get("_rev")).isEqualTo(pushed.get("_rev"));
  }

  @Test
  void aBigBulkArrivesWhole() {
    List<JsonObject> many =
        IntStream.range(0, 300).mapToObj(n -> doc("d%04d".formatted(n), n)).toList();
    assertThat(value(db.bulkDocs(many, true))).hasSize(300).allMatch(BulkRow::isOk);
    IdRange range = IdRange.between("d0100", "d0199");
    assertThat(value(db.allDocs(range)))
        .hasSize(100)
        .allMatch(row -> row.document() != null && row.rev().startsWith("1-"));
    List<DocumentRow> page = value(db.allDocs(range.limitedTo(30)));
    assertThat(page).hasSize(30);
    List<DocumentRow> next = value(db.allDocs(range.limitedTo(30).after(page.getLast().id())));
    assertThat(next).extracting(DocumentRow::id).startsWith("d0130").endsWith("d0159");
    assertThat(value(db.allDocs(range.idsOnly().after("d0199")))).isEmpty();
  }

  @Test
  void revisionsAreComparedAndFetchedWithTheirHistory() {
    String first = value(db.put(doc("x", 1)));
    JsonObject read = value(db.get("x"));
    read.addProperty("n", 2);
    String second = value(db.put(read));
    String unknown = "3-ffffffffffffffffffffffffffffffff";
    JsonArray revs = new JsonArray();
    List.of(first, second, unknown).forEach(revs::add);
    JsonObject diff = value(db.revsDiff(Hub.member("x", revs)));
    assertThat(diff.getAsJsonObject("x").getAsJsonArray("missing"))
        .containsExactly(new JsonPrimitive(unknown));
    assertFetched(value(db.bulkGet(List.of(new DocumentRef("x", second)))), second);
    assertFetched(value(db.getOpenRevs("x", List.of(second))), second);
    assertThat(value(db.bulkGet(List.of(new DocumentRef("gone", unknown)))))
        .singleElement()
        .isInstanceOf(Fetched.Absent.class);
  }

  @Test
  void tombstonesAreFetchedAsSuch() {
    String rev = value(db.delete("x", value(db.put(doc("x", 1)))));
    assertThat(value(db.bulkGet(List.of(new DocumentRef("x", rev)))))
        .singleElement()
        .isInstanceOfSatisfying(
            Fetched.Found.class,
            found -> assertThat(found.document().get("_deleted").getAsBoolean()).isTrue());
  }

  @Test
  void changesComeInOrderAndGoOnWhereTheyStopped() {
    value(db.put(doc("a", 1)));
    String b = value(db.put(doc("b", 1)));
    value(db.delete("b", b));
    value(db.put(doc("c", 1)));
    Changes page = value(db.changes(ChangesRequest.since("0").limitedTo(2).includingDocuments()));
    assertThat(page.results()).extracting(Change::id).containsExactly("a", "b");
    assertThat(page.results()).extracting(Change::deleted).containsExactly(false, true);
    assertThat(page.results().getFirst().document().get("n").getAsInt()).isEqualTo(1);
    Changes rest = value(db.changes(ChangesRequest.since(page.lastSeq()).withAllLeaves()));
    assertThat(rest.results()).extracting(Change::id).containsExactly("c");
    assertThat(value(db.changes(ChangesRequest.since(rest.lastSeq()))).results()).isEmpty();
  }

  @Test
  void changesOfSomeDocuments() {
    for (String id : List.of("a", "b", "c")) {
      value(db.put(doc(id, 1)));
    }
    assertThat(
            value(db.changes(ChangesRequest.since("0").onlyDocuments(List.of("a", "c")))).results())
        .extracting(Change::id)
        .containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void aLongPollWaitsForTheNextChange() throws Exception {
    value(db.put(doc("a", 1)));
    String since = value(db.changes(ChangesRequest.since("0"))).lastSeq();
    var request = ChangesRequest.since(since).waiting(Duration.ofSeconds(20));
    var answer = threads.submit(() -> db.changes(request));
    value(db.put(doc("b", 1)));
    assertThat(value(answer.get(20, TimeUnit.SECONDS)).results())
        .extracting(Change::id)
        .containsExactly("b");
  }

  @Test
  void aLongPollEndsInTimeAndGoesOnFromThere() {
    var request = ChangesRequest.since("now").waiting(Duration.ofMillis(200));
    Changes nothing = value(db.changes(request));
    assertThat(nothing.results()).isEmpty();
    Changes beating = value(db.changes(request.withHeartbeat(Duration.ofSeconds(5))));
    assertThat(beating.results()).isEmpty();
    value(db.put(doc("b", 1)));
    assertThat(value(db.changes(request.from(nothing.lastSeq()))).results())
        .extracting(Change::id)
        .containsExactly("b");
  }

  @Test
  void aLongPollIsCancelledFromOutside() throws Exception {
    Cancellation cancellation = new Cancellation();
    var request =
        ChangesRequest.since("now")
            .waiting(Duration.ofMinutes(1))
            .withHeartbeat(Duration.ofSeconds(5));
    var answer = threads.submit(() -> db.changes(request, cancellation));
    cancellation.cancel();
    assertThat(answer.get(20, TimeUnit.SECONDS))
        .isEqualTo(new Outcome.Unavailable<>("cancelled", Optional.empty()));
    assertThat(db.changes(request, cancellation)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void aContinuousFeedIsHeardUntilCancelled() throws Exception {
    Cancellation cancellation = new Cancellation();
    BlockingQueue<Change> heard = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> connected = new CompletableFuture<>();
    FeedListener listener =
        new FeedListener() {
          @Override
          public void connected() {
            connected.complete(true);
          }

          @Override
          public void change(Change change) {
            heard.add(change);
          }
        };
    value(db.put(doc("a", 1)));
    var request = ChangesRequest.since("0").withHeartbeat(Duration.ofSeconds(5));
    var end = threads.submit(() -> db.follow(request, listener, cancellation));
    assertThat(heard.poll(20, TimeUnit.SECONDS).id()).isEqualTo("a");
    assertThat(connected).isCompleted();
    value(db.put(doc("b", 1)));
    assertThat(heard.poll(20, TimeUnit.SECONDS).id()).isEqualTo("b");
    cancellation.cancel();
    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void manyLongPollsLeaveRoomForOtherCalls() {
    Cancellation cancellation = new Cancellation();
    var request = ChangesRequest.since("now").waiting(Duration.ofMinutes(1));
    for (int i = 0; i < 10; i++) {
      threads.execute(() -> db.changes(request, cancellation));
    }
    assertThat(db.put(doc("x", 1)).isOk()).isTrue();
    assertThat(db.get("x").isOk()).isTrue();
    cancellation.cancel();
  }

  private static void assertFetched(List<Fetched> fetched, String rev) {
    assertThat(fetched)
        .singleElement()
        .isInstanceOfSatisfying(
            Fetched.Found.class,
            found -> {
              assertThat(found.id()).isEqualTo("x");
              assertThat(found.document().get("_rev").getAsString()).isEqualTo(rev);
              JsonObject history = found.document().getAsJsonObject("_revisions");
              assertThat(history.get("start").getAsInt()).isEqualTo(2);
              assertThat(history.getAsJsonArray("ids")).hasSize(2);
            });
  }

  /** The value of an outcome that must be a success. */
  protected static <T> T value(Outcome<T> outcome) {
    assertThat(outcome).as(outcome.inWords()).isInstanceOf(Outcome.Ok.class);
    return outcome.ok().orElseThrow();
  }

  private static JsonObject doc(String id, int n) {
    JsonObject doc = new JsonObject();
    doc.addProperty("_id", id);
    doc.addProperty("n", n);
    doc.add("none", JsonNull.INSTANCE);
    return doc;
  }

  private static JsonObject revision(String id, int n, String rev) {
    JsonObject doc = doc(id, n);
    doc.addProperty("_rev", rev);
    JsonObject history = new JsonObject();
    history.addProperty("start", Integer.parseInt(rev.substring(0, rev.indexOf('-'))));
    JsonArray ids = new JsonArray();
    ids.add(rev.substring(rev.indexOf('-') + 1));
    history.add("ids", ids);
    doc.add("_revisions", history);
    return doc;
  }
}
