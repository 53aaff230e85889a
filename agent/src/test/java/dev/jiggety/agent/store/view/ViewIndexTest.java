package dev.jiggety.agent.store.view;

import static dev.jiggety.agent.store.view.Indexed.json;
import static dev.jiggety.agent.store.view.Indexed.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows, ranges, groups and updates of an index. */
class ViewIndexTest {

  @TempDir Path folder;
  private Indexed db;

  @BeforeEach
  void open() {
    db = new Indexed(folder);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static List<String> ids(List<ViewRow> rows) {
    return rows.stream().map(row -> row.id() + row.key()).toList();
  }

  private static ViewQuery range(String start, String end, boolean inclusive, boolean descending) {
    return new ViewQuery(
        json(start), null, json(end), null, inclusive, descending, 0, Long.MAX_VALUE);
  }

  @Test
  void rowsComeByKeyAndThenById() {
    db.put("b", 1, json("1"), json("\"x\""));
    db.put("a", 2, json("1"), json("[1]"), json("null"));
    var index = db.index();
    assertThat(index.update()).isEqualTo(2);
    assertThat(ids(rows(index, ViewQuery.all())))
        .containsExactly("anull", "a1", "b1", "b\"x\"", "a[1]");
    try (var all = index.rows(0, ViewQuery.range(json("1"), json("2")))) {
      assertThat(all.totalRows()).isEqualTo(5);
      assertThat(all.offset()).isEqualTo(1);
      assertThat(all.next().value().getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void aRangeEndsWhereItShouldInBothDirections() {
    for (var id : List.of("a", "b", "c")) {
      db.put(id, 1, json("1"), json("2"), json("3"));
    }
    var index = db.index();
    index.update();
    assertThat(ids(rows(index, range("1", "2", true, false))))
        .containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
    assertThat(ids(rows(index, range("1", "2", false, false)))).containsExactly("a1", "b1", "c1");
    assertThat(ids(rows(index, range("3", "2", true, true))))
        .containsExactly("c3", "b3", "a3", "c2", "b2", "a2");
    assertThat(ids(rows(index, range("3", "2", false, true)))).containsExactly("c3", "b3", "a3");
    assertThat(rows(index, range("1", "1", false, false))).isEmpty();
    assertThat(rows(index, range("4", "5", true, false))).isEmpty();
    try (var none = index.rows(0, range("4", "5", true, false))) {
      assertThat(none.offset()).isEqualTo(9);
    }
  }

  @Test
  void idsOfDocumentsCutARangeWhereKeysAreEqual() {
    for (var id : List.of("a", "ab", "b", "c")) {
      db.put(id, 1, json("1"));
    }
    var index = db.index();
    index.update();
    var one = json("1");
    assertThat(ids(rows(index, new ViewQuery(one, "ab", one, "b", true, false, 0, 9))))
        .containsExactly("ab1", "b1");
    assertThat(ids(rows(index, new ViewQuery(one, "ab", one, "b", false, false, 0, 9))))
        .containsExactly("ab1");
    assertThat(ids(rows(index, new ViewQuery(one, "b", one, "ab", true, true, 0, 9))))
        .containsExactly("b1", "ab1");
    assertThat(ids(rows(index, new ViewQuery(one, "aa", null, null, true, false, 0, 9))))
        .containsExactly("ab1", "b1", "c1");
    assertThat(ids(rows(index, new ViewQuery(one, "b", null, null, true, true, 0, 9))))
        .containsExactly("b1", "ab1", "a1");
  }

  @Test
  void skipAndLimitWorkOverPages() {
    db.fill(0, 2_000, i -> "[" + i + "]");
    var index = db.index();
    index.update();
    var query = new ViewQuery(json("10"), null, null, null, true, false, 5, 1_500);
    assertThat(rows(index, query).stream().map(row -> row.key().getAsInt()))
        .containsExactlyElementsOf(IntStream.range(15, 1_515).boxed().toList());
    var back = new ViewQuery(null, null, null, null, true, true, 1_990, 100);
    assertThat(rows(index, back)).hasSize(10);
    try (var rows = index.rows(0, back)) {
      assertThat(rows.offset()).isEqualTo(1_990);
    }
    assertThat(rows(index, new ViewQuery(null, null, null, null, true, false, 9_999, 9))).isEmpty();
    assertThat(rows(index, new ViewQuery(null, null, null, null, true, false, 0, 0))).isEmpty();
  }

  @Test
  void groupsGoOnWhereTheLastPageEnded() {
    db.fill(0, 1_500, i -> "[[" + i / 2 + "],[" + i / 2 + ",\"x\"]]");
    var index = db.index();
    index.update();
    var groups = index.reduce(0, ViewQuery.all(), 1);
    assertThat(groups).hasSize(750);
    for (var i = 0; i < 750; i++) {
      assertThat(groups.get(i).key()).isEqualTo(json("[" + i + "]"));
      assertThat(groups.get(i).value().getAsInt()).isEqualTo(2 * (4 * i + 1));
    }
    assertThat(index.reduce(0, ViewQuery.all(), Integer.MAX_VALUE)).hasSize(1_500);
    var back = new ViewQuery(null, null, null, null, true, true, 700, 10);
    assertThat(index.reduce(0, back, 1).stream().map(group -> group.key().toString()))
        .startsWith("[49]", "[48]")
        .hasSize(10);
    assertThat(index.reduce(0, ViewQuery.all(), 0))
        .singleElement()
        .satisfies(all -> assertThat(all.value().getAsInt()).isEqualTo(1_499 * 1_500));
    assertThat(index.reduce(0, ViewQuery.key(json("7")), 0)).isEmpty();
  }

  @Test
  void whatADocumentEmitsTwiceIsThereTwice() {
    db.put("a", 1, json("1"), json("1"), json("1"));
    var index = db.index();
    index.update();
    assertThat(rows(index, ViewQuery.all())).hasSize(3);
    db.put("a", 1, json("1"));
    index.update();
    assertThat(rows(index, ViewQuery.all())).hasSize(1);
  }

  @Test
  void anUpdateTakesAwayWhatADocumentNoLongerEmits() {
    db.put("a", 1, json("1"), json("2"));
    db.put("b", 5, json("2"));
    var index = db.index();
    index.update();
    db.put("a", 3, json("2"));
    db.delete("b");
    assertThat(rows(index, ViewQuery.all())).as("nothing before it is asked for").hasSize(3);
    index.update();
    assertThat(ids(rows(index, ViewQuery.all()))).containsExactly("a2");
    assertThat(index.reduce(0, ViewQuery.all(), 0).getFirst().value().getAsInt()).isEqualTo(3);
  }

  @Test
  void designDocumentsHaveRowsWhereTheDefinitionSaysSo() {
    db.put("_design/d", 1, json("1"));
    var index = db.index();
    index.update();
    assertThat(rows(index, ViewQuery.all())).isEmpty();
    var views = index.definition().views();
    var other =
        db.indexes.find(
            db.store(), new IndexDefinition("_design/d", "other", views, true, Indexed::map));
    other.update();
    assertThat(rows(other, ViewQuery.all())).hasSize(1);
  }

  @Test
  void aDocumentThatTheMapperCannotTakeHasNoRowsAndHindersNoOther() {
    db.fill(0, 600, i -> "[1]");
    var index =
        db.index((documents, emitter) -> {
          Indexed.map(documents, emitter);
          if (documents.stream().anyMatch(document -> document.id().equals("doc300"))) {
            throw new IllegalStateException("this one");
          }
        });
    assertThat(index.update()).isEqualTo(600);
    assertThat(rows(index, ViewQuery.all()))
        .hasSize(599)
        .noneMatch(row -> row.id().equals("doc300"));
  }

  @Test
  void whatWasPurgedIsGone() {
    var rev = db.put("a", 1, json("1"));
    db.put("b", 2, json("2"));
    var index = db.index();
    index.update();
    db.store().purge(Map.of("a", List.of(rev)));
    index.update();
    assertThat(ids(rows(index, ViewQuery.all()))).containsExactly("b2");
  }

  @Test
  void callersAtTheSameTimeShareOneUpdate() throws Exception {
    db.fill(0, 500, i -> "[1]");
    var mapped = new AtomicInteger();
    var index =
        db.index((documents, emitter) -> {
          mapped.addAndGet(documents.size());
          Indexed.map(documents, emitter);
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(java.util.Collections.nCopies(8, index::update));
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(500L);
      }
    }
    assertThat(mapped).hasValue(500);
  }

  @Test
  void readersDoNotWaitForAnUpdateOfSomebodyElse() throws Exception {
    db.put("a", 1, json("1"));
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var index =
        db.index((documents, emitter) -> {
          if (documents.getFirst().id().equals("b")) {
            begun.countDown();
            await(go);
          }
          Indexed.map(documents, emitter);
        });
    index.update();
    db.put("b", 2, json("2"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var update = threads.submit(index::update);
      await(begun);
      assertThat(ids(rows(index, ViewQuery.all()))).containsExactly("a1");
      assertThat(index.reduce(0, ViewQuery.all(), 0)).hasSize(1);
      assertThat(index.info().updating()).isTrue();
      go.countDown();
      assertThat(update.get()).isEqualTo(2);
    }
    assertThat(ids(rows(index, ViewQuery.all()))).containsExactly("a1", "b2");
  }

  @Test
  void aDocumentChangedWhileItIsIndexedIsNotMissed() {
    db.fill(0, 1_000, i -> "[1]");
    var index =
        db.index((documents, emitter) -> {
          if (documents.getFirst().id().equals("doc0")) {
            db.put("doc999", 2, json("2")); // moves it behind the end of this walk
          }
          Indexed.map(documents, emitter);
        });
    assertThat(index.update()).isEqualTo(1_001);
    assertThat(rows(index, ViewQuery.all())).hasSize(1_000).contains(db.model().getLast());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
