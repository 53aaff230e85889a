package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.WriteOutcome.Conflict;
import dev.jiggety.agent.store.WriteOutcome.Rejected;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents, edits, conflicts, replicated revisions. */
class DocumentStoreTest {

  @TempDir Path folder;
  private DocumentStore store;

  @BeforeEach
  void open() {
    store = DocumentStore.open(folder.resolve("db.sqlite"), StoreOptions.defaults());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private Revision put(String id, String body, Revision... parent) {
    var outcome = store.put(id, json(body), List.of(parent).stream().findFirst());
    assertThat(outcome).isInstanceOf(Stored.class);
    return ((Stored) outcome).rev();
  }

  private WriteOutcome replicate(String document) {
    return store.bulk(List.of(DocumentWrite.fromJson(json(document))), false).getFirst();
  }

  @Test
  void keepsWhatItIsGivenToTheLastDigit() {
    var rev = put("a", "{'big':9007199254740993,'exact':1.10,'none':null,'text':'ä€😀'}");

    var document = store.get("a").orElseThrow();
    assertThat(document.rev()).isEqualTo(rev);
    assertThat(document.deleted()).isFalse();
    assertThat(document.body())
        .isEqualTo(json("{'big':9007199254740993,'exact':1.10,'none':null,'text':'ä€😀'}"));
    assertThat(document.bodyText()).contains("9007199254740993", "1.10");
    assertThat(store.get("b")).isEmpty();
  }

  @Test
  void anEditNeedsTheRevisionThatItReplaces() {
    var first = put("a", "{'n':1}");
    var second = put("a", "{'n':2}", first);

    assertThat(second.generation()).isEqualTo(2);
    assertThat(store.put("a", json("{'n':3}"), Optional.empty())).isInstanceOf(Conflict.class);
    assertThat(store.put("a", json("{'n':3}"), Optional.of(first))).isInstanceOf(Conflict.class);
    assertThat(store.put("b", json("{}"), Optional.of(first))).isInstanceOf(Conflict.class);
    assertThat(store.get("a").orElseThrow().history()).containsExactly(second, first);
    assertThat(store.get("a", first).orElseThrow().body()).isEqualTo(json("{'n':1}"));
  }

  @Test
  void theSameEditHasTheSameRevisionEverywhere() {
    try (var other = DocumentStore.open(folder.resolve("other.sqlite"), StoreOptions.defaults())) {
      var here = put("a", "{'x':1,'y':{'b':2,'a':3}}");
      var there = other.put("a", json("{'y':{'a':3,'b':2},'x':1}"), Optional.empty());

      assertThat(there).isEqualTo(new Stored("a", here, true));
      assertThat(put("b", "{'x':2}")).isNotEqualTo(put("c", "{'x':3}"));
    }
  }

  @Test
  void aDeletedDocumentIsVisibleAsSuchAndCanComeBack() {
    var first = put("a", "{'n':1}");
    var tombstone = ((Stored) store.delete("a", first)).rev();

    assertThat(store.get("a").orElseThrow().deleted()).isTrue();
    assertThat(store.info().docCount()).isZero();
    assertThat(store.info().deletedCount()).isEqualTo(1);
    assertThat(store.delete("a", first)).isInstanceOf(Conflict.class);

    var again = put("a", "{'n':2}");

    assertThat(again.generation()).isEqualTo(3);
    assertThat(store.get("a").orElseThrow().history()).containsExactly(again, tombstone, first);
    assertThat(store.info().docCount()).isEqualTo(1);
    assertThat(store.info().deletedCount()).isZero();
  }

  @Test
  void aTombstoneKeepsTheFieldsThatItIsGiven() {
    var first = put("a", "{'node':'n1','x':1}");
    put("a", "{'_deleted':true,'node':'n1'}", first);

    var tombstone = store.get("a").orElseThrow();
    assertThat(tombstone.deleted()).isTrue();
    assertThat(tombstone.body()).isEqualTo(json("{'node':'n1'}"));
    assertThat(store.toJson(tombstone, DocumentForm.PLAIN).get("_deleted").getAsBoolean()).isTrue();
  }

  @Test
  void replicatedRevisionsBecomeConflictsWithOneWinner() {
    put("a", "{'n':1}");
    var mine = store.get("a").orElseThrow().rev();
    var theirs = "2-" + "f".repeat(32);

    replicate("{'_id':'a','_revisions':{'start':2,'ids':['" + "f".repeat(32) + "','zz']},'n':9}");

    var winner = store.get("a").orElseThrow();
    assertThat(winner.rev()).hasToString(theirs);
    assertThat(winner.conflicts()).containsExactly(mine);
    assertThat(store.leaves("a"))
        .extracting(StoredDocument::rev)
        .containsExactly(Revision.parse(theirs), mine);
    assertThat(store.toJson(winner, new DocumentForm(true, true, true, true, true, false)))
        .satisfies(shown -> {
          assertThat(shown.getAsJsonArray("_conflicts")).hasSize(1);
          assertThat(shown.getAsJsonObject("_revisions").get("start").getAsInt()).isEqualTo(2);
          assertThat(shown.getAsJsonArray("_revs_info").toString())
              .isEqualTo(
                  "[{\"rev\":\"%s\",\"status\":\"available\"},".formatted(theirs)
                      + "{\"rev\":\"1-zz\",\"status\":\"missing\"}]");
          assertThat(shown.get("_local_seq").getAsLong()).isEqualTo(2);
          assertThat(shown.has("_deleted_conflicts")).isFalse();
        });
  }

  @Test
  void aKnownRevisionComesAgainWithoutATrace() {
    replicate("{'_id':'a','_rev':'1-abc','n':1}");
    var before = store.info();

    var again = replicate("{'_id':'a','_rev':'1-abc','n':2}");

    assertThat(again).isEqualTo(new Stored("a", Revision.parse("1-abc"), false));
    assertThat(store.info().updateSeq()).isEqualTo(before.updateSeq());
    assertThat(store.get("a").orElseThrow().body()).isEqualTo(json("{'n':1}"));
  }

  @Test
  void aReplicatedDocumentNeedsARevision() {
    assertThat(replicate("{'_id':'a'}"))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.error()).isEqualTo("bad_request"));
  }

  @Test
  void oneRefusedDocumentDoesNotHinderTheOthers() {
    var small = StoreOptions.defaults().withMaxDocumentBytes(100);
    try (var tight = DocumentStore.open(folder.resolve("tight.sqlite"), small)) {
      put("a", "{}");
      var outcomes =
          tight.bulk(
              List.of(
                  DocumentWrite.edit("a", json("{'n':1}"), Optional.empty()),
                  DocumentWrite.edit(
                      "b", json("{'t':'" + "x".repeat(100) + "'}"), Optional.empty()),
                  DocumentWrite.edit("a", json("{'n':2}"), Optional.empty()),
                  DocumentWrite.edit("c", json("{'n':3}"), Optional.empty())),
              true);

      assertThat(outcomes.get(0)).isInstanceOf(Stored.class);
      assertThat(outcomes.get(1)).isEqualTo(new Rejected("b", "document_too_large", "b"));
      assertThat(outcomes.get(2)).isEqualTo(new Conflict("a"));
      assertThat(outcomes.get(3)).isInstanceOf(Stored.class);
      assertThat(tight.info().docCount()).isEqualTo(2);
    }
  }

  @Test
  void aBatchIsAsItsDocumentsOneByOne() {
    // Some come alone, some again and again, on top of each other and beside each other.
    var random = new Random(42);
    var writes = new ArrayList<DocumentWrite>();
    for (var i = 0; i < 400; i++) {
      var generation = 1 + random.nextInt(4);
      var history = new ArrayList<Revision>();
      for (var g = generation; g > 0; g--) {
        history.add(new Revision(g, g == generation ? "b" + random.nextInt(3) : "b0"));
      }
      var id = "d" + (random.nextBoolean() ? i : random.nextInt(20));
      var body = json("{'generation':" + generation + "}");
      writes.add(DocumentWrite.replicated(id, body, history, random.nextInt(5) == 0));
    }
    try (var other = DocumentStore.open(folder.resolve("other.sqlite"), StoreOptions.defaults())) {
      store.setRevsLimit(3);
      other.setRevsLimit(3);
      var outcomes = store.bulk(writes, false);
      for (var i = 0; i < writes.size(); i++) {
        assertThat(other.bulk(List.of(writes.get(i)), false)).containsExactly(outcomes.get(i));
      }
      assertThat(contents(store)).isEqualTo(contents(other));
      assertThat(store.info().docCount()).isEqualTo(other.info().docCount());
      assertThat(store.info().deletedCount()).isEqualTo(other.info().deletedCount());
      assertThat(store.info().updateSeq()).isEqualTo(other.info().updateSeq());
    }
  }

  private static List<String> contents(DocumentStore of) {
    var contents = new ArrayList<String>();
    try (var changes = of.changes(ChangesQuery.since(0))) {
      while (changes.hasNext()) {
        var change = changes.next();
        var tree = of.tree(change.id()).orElseThrow();
        contents.add(change.seq() + " " + change.id() + " " + change.leaves() + " " + tree);
        for (var leaf : of.leaves(change.id())) {
          contents.add(leaf + " " + leaf.bodyText() + " " + leaf.history());
        }
      }
    }
    return contents;
  }

  @Test
  void badDocumentsAreRejectedNotThrown() {
    assertThat(store.put("_x", json("{}"), Optional.empty()))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.error()).isEqualTo("illegal_docid"));
    assertThat(store.put("x", json("{'_y':1}"), Optional.empty()))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.error()).isEqualTo("doc_validation"));
    assertThat(store.info().updateSeq()).isZero();
  }

  @Test
  void theGuardSeesWhatIsReplacedAndCanRefuse() {
    WriteGuard immutable =
        (next, previous) ->
            previous == null || next.id().startsWith("free:")
                ? Optional.empty()
                : Optional.of(
                    new WriteGuard.Refusal("forbidden", "was " + previous.body().get("n")));
    var first = put("a", "{'n':1}");

    var edit = DocumentWrite.edit("a", json("{'n':2}"), Optional.of(first));
    assertThat(store.bulk(List.of(edit), true, immutable))
        .containsExactly(new Rejected("a", "forbidden", "was 1"));
    var replicated =
        DocumentWrite.replicated(
            "a", json("{'n':2}"), List.of(Revision.parse("2-x"), first), false);
    assertThat(store.bulk(List.of(replicated), false, immutable))
        .containsExactly(new Rejected("a", "forbidden", "was 1"));
    assertThat(store.info().updateSeq()).isEqualTo(1);

    var known = DocumentWrite.replicated("a", json("{}"), List.of(first), false);
    assertThat(store.bulk(List.of(known), false, immutable))
        .containsExactly(new Stored("a", first, false));
  }

  @Test
  void theGuardIsNotAskedAboutConflictsDesignsAndLocalDocuments() {
    var first = put("a", "{'n':1}");
    var asked = new ArrayList<String>();
    WriteGuard guard =
        (next, previous) -> {
          asked.add(next.id() + " " + (previous == null ? "new" : "" + previous.deleted()));
          return Optional.empty();
        };

    var outcomes =
        store.bulk(
            List.of(
                DocumentWrite.edit("a", json("{}"), Optional.empty()),
                DocumentWrite.edit("new", json("{}"), Optional.of(first)),
                DocumentWrite.edit("_design/d", json("{}"), Optional.empty()),
                DocumentWrite.edit("_local/l", json("{}"), Optional.empty())),
            true,
            guard);
    assertThat(outcomes.subList(0, 2))
        .containsExactly(new WriteOutcome.Conflict("a"), new WriteOutcome.Conflict("new"));
    assertThat(outcomes.subList(2, 4)).hasOnlyElementsOfType(Stored.class);
    assertThat(asked).isEmpty();

    store.delete("a", first);
    var tombstone = store.get("a").orElseThrow().rev();
    store.bulk(List.of(DocumentWrite.edit("a", json("{}"), Optional.of(tombstone))), true, guard);
    store.delete("a", store.get("a").orElseThrow().rev());
    store.bulk(List.of(DocumentWrite.edit("a", json("{}"), Optional.empty())), true, guard);
    assertThat(asked).containsExactly("a true", "a new");
  }

  @Test
  void aGuardThatFailsRefuses() {
    WriteGuard broken =
        (next, previous) -> {
          throw new IllegalStateException("boom");
        };
    var write = DocumentWrite.edit("a", json("{}"), Optional.empty());
    assertThat(store.bulk(List.of(write), true, broken))
        .containsExactly(new Rejected("a", "forbidden", "the validation failed: boom"));
  }

  @Test
  void theVersionOfTheDesignMovesWithDesignDocumentsAlone() {
    var before = store.designVersion();
    put("a", "{}");
    assertThat(store.designVersion()).isEqualTo(before);
    var rev = put("_design/d", "{}");
    var written = store.designVersion();
    assertThat(written).isNotEqualTo(before);
    store.purge(Map.of("_design/d", List.of(rev)));
    assertThat(store.designVersion()).isNotEqualTo(written);
  }

  @Test
  void tellsAPeerWhatIsMissing() {
    put("a", "{'n':1}");
    var known = store.get("a").orElseThrow().rev();
    var newer = Revision.parse("5-x");

    var diff =
        store.revsDiff(Map.of("a", List.of(known, newer), "b", List.of(newer), "known", List.of()));

    assertThat(diff)
        .containsOnly(
            Map.entry("a", new MissingRevisions(List.of(newer), List.of(known))),
            Map.entry("b", new MissingRevisions(List.of(newer), List.of())));
  }

  @Test
  void latestLeadsFromAnOldRevisionToTheNewest() {
    var first = put("a", "{'n':1}");
    var second = put("a", "{'n':2}", first);

    assertThat(store.latest("a", first)).extracting(StoredDocument::rev).containsExactly(second);
    assertThat(store.latest("a", Revision.parse("7-x"))).isEmpty();
    assertThat(store.latest("b", first)).isEmpty();
  }

  @Test
  void historyIsCutAtTheLimit() {
    store.setRevsLimit(3);
    var rev = put("a", "{'n':0}");
    for (var i = 1; i < 10; i++) {
      rev = put("a", "{'n':" + i + "}", rev);
    }

    assertThat(store.revsLimit()).isEqualTo(3);
    assertThat(store.get("a").orElseThrow().history()).hasSize(3);
    assertThat(store.tree("a").orElseThrow().nodes()).hasSize(3);
    assertThatThrownBy(() -> store.setRevsLimit(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void localDocumentsStayOutOfEverything() {
    assertThat(store.putLocal("_local/log", json("{'since':5}"), Optional.empty()))
        .isEqualTo(new Stored("_local/log", Revision.parse("0-1"), true));
    assertThat(store.putLocal("log", json("{'since':6}"), Optional.of(Revision.parse("0-1"))))
        .isEqualTo(new Stored("_local/log", Revision.parse("0-2"), true));

    assertThat(store.local("log")).contains(json("{'_id':'_local/log','_rev':'0-2','since':6}"));
    assertThat(store.putLocal("log", json("{}"), Optional.of(Revision.parse("0-1"))))
        .isEqualTo(new Conflict("_local/log"));
    assertThat(store.info())
        .extracting(StoreInfo::updateSeq, StoreInfo::docCount)
        .containsExactly(0L, 0L);
    assertThat(store.changes(ChangesQuery.since(0)).hasNext()).isFalse();
    assertThat(store.locals(0, 10)).hasSize(1);
    assertThat(store.deleteLocal("_local/log")).isTrue();
    assertThat(store.deleteLocal("_local/log")).isFalse();
    assertThat(store.local("_local/log")).isEmpty();
  }

  @Test
  void afterClosingItSaysSo() {
    store.close();

    assertThatThrownBy(() -> store.get("a"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CLOSED))
        .hasMessageContaining("db.sqlite");
  }
}
