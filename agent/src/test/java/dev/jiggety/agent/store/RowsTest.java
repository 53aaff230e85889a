package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code _all_docs} and the changes feed. */
class RowsTest {

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

  private void put(String... ids) {
    store.bulk(
        Stream.of(ids)
            .map(id -> DocumentWrite.edit(id, new JsonObject(), Optional.empty()))
            .toList(),
        true);
  }

  private void delete(String id) {
    assertThat(store.delete(id, store.get(id).orElseThrow().rev())).isInstanceOf(Stored.class);
  }

  private List<String> ids(AllDocsQuery query) {
    var ids = new ArrayList<String>();
    try (var rows = store.allDocs(query)) {
      rows.forEachRemaining(row -> ids.add(row.id()));
    }
    return ids;
  }

  private List<String> changed(ChangesQuery query) {
    var ids = new ArrayList<String>();
    try (var rows = store.changes(query)) {
      rows.forEachRemaining(row -> ids.add(row.id()));
    }
    return ids;
  }

  private static AllDocsQuery query(String start, String end, boolean inclusive, boolean down) {
    return new AllDocsQuery(start, end, inclusive, null, down, 0, Long.MAX_VALUE, false);
  }

  @Test
  void idsAreOrderedByTheirBytes() {
    // U+FF5E sorts below U+1F600 by code point and by UTF-8, above it by UTF-16.
    put("b", "a", "B", "ä", "\uff5e", "\ud83d\ude00", "_design/x", "a1", "10", "9");

    assertThat(ids(AllDocsQuery.all()))
        .containsExactly(
            "10", "9", "B", "_design/x", "a", "a1", "b", "ä", "\uff5e", "\ud83d\ude00");
  }

  @Test
  void manyKeysAreAnsweredInTheirOrder() {
    var all = IntStream.range(0, 300).mapToObj(n -> "k" + n).toList();
    put(all.toArray(String[]::new));
    delete("k7");
    var keys = new ArrayList<>(all.reversed());
    keys.add(100, "absent");
    keys.add("k1");

    var rows = new ArrayList<AllDocsRow>();
    try (var found = store.allDocs(AllDocsQuery.keys(keys).withDocs())) {
      found.forEachRemaining(rows::add);
    }

    assertThat(rows).extracting(AllDocsRow::id).isEqualTo(keys);
    for (var row : rows) {
      var winner = store.get(row.id()).filter(found -> !found.deleted());
      assertThat(Optional.ofNullable(row.document()).map(StoredDocument::toString))
          .isEqualTo(winner.map(StoredDocument::toString));
      assertThat(row.deleted()).isEqualTo(row.id().equals("k7"));
      assertThat(row.rev() == null).isEqualTo(row.id().equals("absent"));
    }
  }

  @Test
  void oneBatchMayWriteADocumentTwice() {
    put(IntStream.range(0, 20).mapToObj(n -> "k" + n).toArray(String[]::new));
    var rev = store.get("k3").orElseThrow().rev();

    var first = DocumentWrite.edit("k3", new JsonObject(), Optional.of(rev));
    var others = IntStream.range(20, 40).mapToObj(n -> "k" + n);
    var batch = new ArrayList<DocumentWrite>(List.of(first, first));
    others.forEach(id -> batch.add(DocumentWrite.edit(id, new JsonObject(), Optional.empty())));
    var outcomes = store.bulk(batch, true);

    assertThat(outcomes.get(0)).isInstanceOf(Stored.class);
    assertThat(outcomes.get(1)).isInstanceOf(WriteOutcome.Conflict.class);
    assertThat(outcomes.subList(2, 22)).allMatch(Stored.class::isInstance);
  }

  @Test
  void rangesGoBothWays() {
    put("a", "b", "c", "d", "e");

    assertThat(ids(AllDocsQuery.range("b", "d"))).containsExactly("b", "c", "d");
    assertThat(ids(query("b", "d", false, false))).containsExactly("b", "c");
    assertThat(ids(query("d", "b", true, true))).containsExactly("d", "c", "b");
    assertThat(ids(query("d", "b", false, true))).containsExactly("d", "c");
    assertThat(ids(AllDocsQuery.range("d", "b"))).isEmpty();
    assertThat(ids(AllDocsQuery.range("b", "d").withLimit(2))).containsExactly("b", "c");
  }

  @Test
  void skipsAndCountsWhatWasBefore() {
    put("a", "b", "c", "d", "e");
    delete("b");
    var query = new AllDocsQuery("c", null, true, null, false, 1, 1, false);

    try (var rows = store.allDocs(query)) {
      assertThat(rows.next().id()).isEqualTo("d");
      assertThat(rows.hasNext()).isFalse();
      assertThat(rows.totalRows()).isEqualTo(4);
      assertThat(rows.offset()).isEqualTo(2);
      assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void deletedDocumentsShowOnlyByKey() {
    put("a", "b");
    delete("a");

    assertThat(ids(AllDocsQuery.all())).containsExactly("b");
    try (var rows = store.allDocs(AllDocsQuery.keys(List.of("b", "x", "a", "b")).withDocs())) {
      var list = new ArrayList<AllDocsRow>();
      rows.forEachRemaining(list::add);
      assertThat(list).extracting(AllDocsRow::id).containsExactly("b", "x", "a", "b");
      assertThat(list.get(0).document()).isNotNull();
      assertThat(list.get(1).rev()).isNull();
      assertThat(list.get(2).deleted()).isTrue();
      assertThat(list.get(2).document()).isNull();
    }
  }

  @Test
  void pagesMeetWithoutGapOrOverlap() {
    var ids = IntStream.range(0, 3 * PagedRows.PAGE_ROWS + 7).mapToObj("%06d"::formatted).toList();
    put(ids.toArray(String[]::new));

    assertThat(ids(AllDocsQuery.all())).isEqualTo(ids);
    assertThat(ids(AllDocsQuery.all().withDocs())).isEqualTo(ids);
    assertThat(ids(query(null, null, true, true))).isEqualTo(ids.reversed());
    assertThat(ids(AllDocsQuery.keys(ids))).isEqualTo(ids);
    assertThat(ids(new AllDocsQuery(null, null, true, null, false, 300, 300, false)))
        .isEqualTo(ids.subList(300, 600));
    assertThat(changed(ChangesQuery.since(0))).isEqualTo(ids);
    assertThat(changed(ChangesQuery.since(100).withLimit(400))).isEqualTo(ids.subList(100, 500));
    assertThat(changed(ChangesQuery.since(0).withDocIds(ids))).isEqualTo(ids);
  }

  @Test
  void aChangedDocumentMovesToTheEnd() {
    put("a", "b", "c");
    delete("a");

    try (var rows = store.changes(ChangesQuery.since(0).withDocs())) {
      var changes = new ArrayList<Change>();
      rows.forEachRemaining(changes::add);
      assertThat(changes).extracting(Change::id).containsExactly("b", "c", "a");
      assertThat(changes).extracting(Change::seq).containsExactly(2L, 3L, 4L);
      assertThat(changes.get(2).deleted()).isTrue();
      assertThat(changes.get(2).document()).isNotNull();
      assertThat(rows.lastSeq()).isEqualTo(4);
      assertThat(rows.pending()).isZero();
    }
  }

  @Test
  void everyChangeCarriesAllLeaves() {
    put("a");
    var mine = store.get("a").orElseThrow().rev();
    var theirs = Revision.parse("2-x");
    store.bulk(
        List.of(
            DocumentWrite.replicated(
                "a", new JsonObject(), List.of(theirs, Revision.parse("1-y")), false)),
        false);

    try (var rows = store.changes(ChangesQuery.since(1))) {
      var change = rows.next();
      assertThat(change.leaves()).containsExactly(theirs, mine);
      assertThat(change.winner()).isEqualTo(theirs);
    }
  }

  @Test
  void goesOnAfterTheLimitAndToTheEndWhereNothingMatched() {
    put("a", "b", "c");

    try (var rows = store.changes(ChangesQuery.since(0).withLimit(2))) {
      rows.forEachRemaining(row -> {});
      assertThat(rows.lastSeq()).isEqualTo(2);
      assertThat(rows.pending()).isEqualTo(1);
    }
    try (var rows = store.changes(ChangesQuery.since(0).withDocIds(List.of("x")))) {
      assertThat(rows.hasNext()).isFalse();
      assertThat(rows.lastSeq()).isEqualTo(3);
    }
  }

  @Test
  void endingEarlyDoesNotPretendToHaveReadOn() {
    put("a", "b", "c");
    var rows = store.changes(ChangesQuery.since(0));
    rows.next();
    rows.close();

    assertThat(rows.hasNext()).isFalse();
    assertThat(rows.lastSeq()).isEqualTo(1);
  }

  @Test
  void theFeedEndsWhereItWasAskedFor() {
    put("a", "b");

    try (var rows = store.changes(ChangesQuery.since(0))) {
      put("c");
      var ids = new ArrayList<String>();
      rows.forEachRemaining(row -> ids.add(row.id()));
      assertThat(ids).containsExactly("a", "b");
      assertThat(rows.lastSeq()).isEqualTo(2);
    }
    assertThat(changed(new ChangesQuery(1, 10, true, false, null))).containsExactly("c", "b");
  }

  @Test
  void aFilterIsAskedForEachLeafAndLimitCountsWhatPassed() {
    put("a", "b", "c", "d");
    var ffff = new Revision(1, "f".repeat(32));
    store.bulk(
        List.of(DocumentWrite.replicated("b", new JsonObject(), List.of(ffff), true)), false);
    delete("c");

    var tombstones = ChangesQuery.since(0).withFilter(StoredDocument::deleted);
    try (var rows = store.changes(tombstones)) {
      var conflict = rows.next();
      assertThat(conflict.leaves()).containsExactly(ffff);
      assertThat(conflict.deleted()).as("the winner is not").isFalse();
      assertThat(conflict.document()).isNull();
      assertThat(rows.next().id()).isEqualTo("c");
      assertThat(rows.hasNext()).isFalse();
      assertThat(rows.lastSeq()).isEqualTo(6);
    }
    assertThat(changed(tombstones.withWinnersOnly())).containsExactly("c");
    assertThat(changed(tombstones.withLimit(1))).containsExactly("b");
    try (var rows = store.changes(tombstones.withLimit(1).withDocs())) {
      assertThat(rows.next().document()).isNotNull();
      assertThat(rows.lastSeq()).isEqualTo(5);
      assertThat(rows.pending()).isEqualTo(1);
    }
  }

  @Test
  void aFeedMovesOnOverPagesWithoutAnyRowThatPasses() {
    put(IntStream.range(0, 2000).mapToObj(n -> "doc" + n).toArray(String[]::new));

    var last = ChangesQuery.since(0).withFilter(revision -> revision.id().equals("doc1999"));
    assertThat(changed(last)).containsExactly("doc1999");
    var none = ChangesQuery.since(0).withFilter(revision -> false);
    try (var rows = store.changes(none)) {
      assertThat(rows.hasNext()).isFalse();
      assertThat(rows.lastSeq()).isEqualTo(2000);
    }
  }

  @Test
  void winnersOnly() {
    put("a");
    var other = new Revision(1, "0".repeat(32));
    store.bulk(
        List.of(DocumentWrite.replicated("a", new JsonObject(), List.of(other), false)), false);

    try (var rows = store.changes(ChangesQuery.since(0).withWinnersOnly())) {
      assertThat(rows.next().leaves()).hasSize(1);
    }
  }
}
