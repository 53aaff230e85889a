package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.MissingRevisions;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every peer does alike. */
abstract class PeerContract {
  private static final long ROOM = 1 << 20;

  private Peer peer;

  /** A peer over an empty database. */
  abstract Peer open() throws Exception;

  abstract void close() throws Exception;

  @BeforeEach
  void openPeer() throws Exception {
    peer = open();
  }

  @AfterEach
  void closePeer() throws Exception {
    close();
  }

  private ChangesPage changes(JsonElement since, int limit) {
    return peer.changes(new ChangesRequest(since, limit, Duration.ZERO, ChangesFilter.NONE));
  }

  private void store(WireDocument... documents) {
    assertThat(peer.store(List.of(documents))).isEqualTo(new StoreAnswer.Taken(List.of()));
  }

  @Test
  void isTheSameAtEveryLook() {
    assertThat(peer.info().incarnation()).isEqualTo(peer.info().incarnation());
    assertThat(peer.identity()).isNotEmpty().doesNotContain("secret");
  }

  @Test
  void anEmptyDatabaseHasNoChanges() {
    var page = changes(Checkpoint.START, 10);
    assertThat(page.rows()).isEmpty();
    assertThat(changes(page.lastSeq(), 10).rows()).isEmpty();
  }

  @Test
  void handsOutChangesPageByPage() {
    peer.store(Docs.many("doc", 7));
    var seen = new TreeSet<String>();
    var since = Checkpoint.START;
    var sizes = new ArrayList<Integer>();
    for (var page = changes(since, 3); !page.rows().isEmpty(); page = changes(since, 3)) {
      page.rows().forEach(row -> seen.add(row.id()));
      sizes.add(page.rows().size());
      since = page.lastSeq();
    }
    assertThat(seen).hasSize(7);
    assertThat(sizes).containsExactly(3, 3, 1);
  }

  @Test
  void goesOnAfterTheSequenceOfARow() {
    peer.store(Docs.many("doc", 7));
    var rows = changes(Checkpoint.START, 100).rows();
    var rest = changes(rows.get(3).seq(), 100).rows();
    assertThat(rest)
        .extracting(ChangesPage.Row::id)
        .isEqualTo(rows.subList(4, 7).stream().map(ChangesPage.Row::id).toList());
  }

  @Test
  void namesAllLeavesOfADocument() {
    var root = Docs.first("doc", "1");
    var history = List.of(root.rev());
    var left = Docs.child("doc", history, "left", false);
    var gone = Docs.child("doc", history, "gone", true);
    store(root, left, gone);
    var rows = changes(Checkpoint.START, 10).rows();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().leaves()).containsExactlyInAnyOrder(left.rev(), gone.rev());
  }

  @Test
  void showsTheDocumentsAskedForAlone() {
    peer.store(Docs.many("doc", 7));
    var ids = List.of("doc-0002", "doc-0005", "doc-9999");
    var page =
        peer.changes(
            new ChangesRequest(Checkpoint.START, 10, Duration.ZERO, new ChangesFilter.DocIds(ids)));
    assertThat(page.rows())
        .extracting(ChangesPage.Row::id)
        .containsExactlyInAnyOrder("doc-0002", "doc-0005");
  }

  @Test
  @Timeout(60)
  void waitsForAChange() throws Exception {
    store(Docs.first("before", "1"));
    var since = changes(Checkpoint.START, 10).lastSeq();
    var request = new ChangesRequest(since, 10, Duration.ofSeconds(30), ChangesFilter.NONE);
    var page = CompletableFuture.supplyAsync(() -> peer.changes(request));
    store(Docs.first("after", "1"));
    assertThat(page.get().rows()).extracting(ChangesPage.Row::id).containsExactly("after");
  }

  @Test
  @Timeout(60)
  void endsTheWaitWhenNothingComes() {
    var request =
        new ChangesRequest(Checkpoint.START, 10, Duration.ofMillis(50), ChangesFilter.NONE);
    assertThat(peer.changes(request).rows()).isEmpty();
  }

  @Test
  void knowsWhatIsMissing() {
    var known = Docs.first("known", "1");
    store(known);
    var other = Docs.first("known", "2");
    var nowhere = Docs.first("nowhere", "1");
    var missing =
        peer.revsDiff(
            Map.of("known", List.of(known.rev(), other.rev()), "nowhere", List.of(nowhere.rev())));
    assertThat(missing.get("known").missing()).containsExactly(other.rev());
    assertThat(missing.get("nowhere").missing()).containsExactly(nowhere.rev());
    assertThat(peer.revsDiff(Map.of("known", List.of(known.rev()))))
        .isEqualTo(Map.<String, MissingRevisions>of());
  }

  @Test
  void givesDocumentsAsTheyWereStored() {
    var id = "größe/ünd + 100%?&\"quoted\"";
    var json = new JsonObject();
    json.addProperty("_id", id);
    json.add("number", JsonParser.parseString("9007199254740991"));
    json.add("nested", JsonParser.parseString("{\"a\":[1,null,true,\"</script>\\u2028\"]}"));
    var root = Docs.withHistory(json, List.of());
    var child = Docs.child(id, List.of(root.rev()), "2", false);
    store(root, child);
    var gone = Docs.child("gone", List.of(Docs.first("gone", "1").rev()), "last words", true);
    var empty = new JsonObject();
    empty.addProperty("_id", "empty");
    var nothing = Docs.withHistory(empty, List.of());
    store(gone, nothing);

    assertSame(fetchOne(id, child.rev()), child);
    assertSame(fetchOne("gone", gone.rev()), gone);
    assertSame(fetchOne("empty", nothing.rev()), nothing);
  }

  @Test
  void givesTheLeafThatGrewOutOfARevision() {
    var root = Docs.first("doc", "1");
    var child = Docs.child("doc", List.of(root.rev()), "2", false);
    store(root, child);
    assertSame(fetchOne("doc", root.rev()), child);
  }

  @Test
  void givesAttachmentsWithTheirContent() {
    var json =
        JsonParser.parseString(
                """
                {"_id":"with","_attachments":
                  {"a b.txt":{"content_type":"text/plain","revpos":1,"data":"aGVsbG8="}}}
                """)
            .getAsJsonObject();
    var document = Docs.withHistory(json, List.of());
    store(document);
    var attachment =
        fetchOne("with", document.rev())
            .json()
            .getAsJsonObject("_attachments")
            .getAsJsonObject("a b.txt");
    assertThat(attachment.get("data").getAsString()).isEqualTo("aGVsbG8=");
    assertThat(attachment.get("content_type").getAsString()).isEqualTo("text/plain");
  }

  @Test
  void saysWhichDocumentsItCannotGive() {
    var here = Docs.first("here", "1");
    var other = Revision.parse("1-" + "a".repeat(32));
    store(here);
    var fetched =
        peer.fetch(
            List.of(
                new WantedRevisions("nowhere", List.of(other)),
                new WantedRevisions("here", List.of(here.rev()))),
            ROOM);
    assertThat(fetched.documents()).extracting(WireDocument::rev).containsExactly(here.rev());
    assertThat(fetched.failures())
        .extracting(failure -> failure.id() + " " + failure.rev())
        .containsExactly("nowhere " + other);
  }

  @Test
  void saysWhichRevisionsItCannotGive() {
    var here = Docs.first("here", "1");
    var other = Revision.parse("1-" + "a".repeat(32));
    store(here);
    var fetched =
        peer.fetch(List.of(new WantedRevisions("here", List.of(here.rev(), other))), ROOM);
    assertThat(fetched.documents()).extracting(WireDocument::rev).containsExactly(here.rev());
    assertThat(fetched.failures()).extracting(RevisionFailure::rev).containsExactly(other);
  }

  @Test
  void storingAgainChangesNothing() {
    peer.store(Docs.many("doc", 5));
    var seq = changes(Checkpoint.START, 100).lastSeq();
    assertThat(peer.store(Docs.many("doc", 5))).isEqualTo(new StoreAnswer.Taken(List.of()));
    assertThat(changes(seq, 100).rows()).isEmpty();
  }

  @Test
  void keepsLocalDocumentsThatAreNoDocuments() {
    var id = UUID.randomUUID().toString();
    assertThat(peer.local(id)).isEmpty();
    var json = JsonParser.parseString("{\"n\":1}").getAsJsonObject();
    var rev = peer.putLocal(id, json);
    assertThat(peer.local(id).orElseThrow().get("n").getAsInt()).isEqualTo(1);
    var next = JsonParser.parseString("{\"n\":2}").getAsJsonObject();
    next.addProperty("_rev", rev);
    peer.putLocal(id, next);
    var read = peer.local(id).orElseThrow();
    assertThat(read.get("n").getAsInt()).isEqualTo(2);
    read.addProperty("n", 3);
    peer.putLocal(id, read);
    assertThat(changes(Checkpoint.START, 10).rows()).isEmpty();
  }

  private WireDocument fetchOne(String id, Revision rev) {
    var fetched = peer.fetch(List.of(new WantedRevisions(id, List.of(rev))), ROOM);
    assertThat(fetched.failures()).isEmpty();
    assertThat(fetched.documents()).hasSize(1);
    return fetched.documents().getFirst();
  }

  private static void assertSame(WireDocument actual, WireDocument expected) {
    assertThat(actual.id()).isEqualTo(expected.id());
    assertThat(actual.rev()).isEqualTo(expected.rev());
    assertThat(JsonParser.parseString(actual.text())).isEqualTo(expected.json());
  }
}
