package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reopening, purging, compacting, backing up, listening, many writers. */
class HousekeepingTest {

  @TempDir Path folder;

  private DocumentStore open() {
    return DocumentStore.open(folder.resolve("db.sqlite"), StoreOptions.defaults());
  }

  private static JsonObject body(String text) {
    var body = new JsonObject();
    body.addProperty("text", text);
    return body;
  }

  private static Revision put(DocumentStore store, String id, String text, Revision... parent) {
    var outcome = store.put(id, body(text), List.of(parent).stream().findFirst());
    return ((Stored) outcome).rev();
  }

  @Test
  void everythingIsThereAfterReopening() {
    String uuid;
    StoreInfo info;
    Revision rev;
    try (var store = open()) {
      assertThat(store.openReport().created()).isTrue();
      rev = put(store, "a", "one");
      put(store, "b", "two");
      store.putLocal("log", body("l"), Optional.empty());
      store.setRevsLimit(7);
      uuid = store.uuid();
      info = store.info();
    }
    try (var store = open()) {
      assertThat(store.openReport().created()).isFalse();
      assertThat(store.uuid()).isEqualTo(uuid).hasSize(32);
      assertThat(store.name()).isEqualTo("db");
      assertThat(store.revsLimit()).isEqualTo(7);
      assertThat(store.info())
          .usingRecursiveComparison()
          .ignoringFields("fileBytes", "activeBytes")
          .isEqualTo(info);
      assertThat(store.get("a").orElseThrow().rev()).isEqualTo(rev);
      assertThat(store.local("log")).isPresent();
    }
  }

  @Test
  void aSequenceIsNeverGivenTwice() {
    var seen = new ArrayList<Long>();
    for (var round = 0; round < 4; round++) {
      try (var store = open()) {
        var rev = put(store, "doc" + round, "text");
        seen.add(store.info().updateSeq());
        store.purge(Map.of("doc" + round, List.of(rev)));
        assertThat(store.info().docCount()).isZero();
      }
    }
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void purgingLeavesNoTombstone() {
    try (var store = open()) {
      var first = put(store, "a", "one");
      var second = put(store, "a", "two", first);
      var other = put(store, "b", "other");

      var purged =
          store.purge(
              Map.of("a", List.of(first, second), "b", List.of(second), "c", List.of(first)));

      assertThat(purged).containsOnly(Map.entry("a", List.of(second)));
      assertThat(store.get("a")).isEmpty();
      assertThat(store.tree("a")).isEmpty();
      assertThat(store.get("b").orElseThrow().rev()).isEqualTo(other);
      assertThat(store.info().purgeSeq()).isEqualTo(1);
      assertThat(store.info().docCount()).isEqualTo(1);
      assertThat(store.info().deletedCount()).isZero();
    }
  }

  @Test
  void purgingOneLeafOfAConflictLetsTheOtherWin() {
    try (var store = open()) {
      var mine = put(store, "a", "mine");
      var theirs = Revision.parse("2-x");
      store.bulk(
          List.of(
              DocumentWrite.replicated(
                  "a", body("theirs"), List.of(theirs, Revision.parse("1-y")), false)),
          false);
      var before = store.info().updateSeq();

      store.purge(Map.of("a", List.of(theirs)));

      assertThat(store.get("a").orElseThrow().rev()).isEqualTo(mine);
      assertThat(store.info().updateSeq()).isEqualTo(before + 1);
    }
  }

  @Test
  void compactionKeepsLeavesAndTheTreeAndGivesSpaceBack() throws IOException {
    try (var store = open()) {
      var filler = new StringBuilder();
      new Random(1).ints(20_000, 'a', 'z').forEach(c -> filler.append((char) c));
      var rev = put(store, "a", "0" + filler);
      var first = rev;
      for (var i = 1; i < 60; i++) {
        rev = put(store, "a", i + filler.toString(), rev);
      }
      var before = store.info();

      store.compact();

      var after = store.info();
      assertThat(store.get("a", first)).isEmpty();
      assertThat(store.get("a").orElseThrow().rev()).isEqualTo(rev);
      assertThat(store.get("a").orElseThrow().history()).hasSize(60);
      assertThat(after.updateSeq()).isEqualTo(before.updateSeq());
      assertThat(after.fileBytes()).isLessThan(before.fileBytes() / 5);
      assertThat(Files.size(folder.resolve("db.sqlite"))).isEqualTo(after.fileBytes());
    }
  }

  @Test
  void aBackupIsWholeAndHasAnIdentityOfItsOwn() {
    var target = folder.resolve("copy.sqlite");
    try (var store = open()) {
      put(store, "a", "one");
      store.backup(target);
      put(store, "b", "later");

      try (var copy = DocumentStore.open(target, StoreOptions.defaults())) {
        assertThat(copy.uuid()).hasSize(32).isNotEqualTo(store.uuid());
        assertThat(copy.get("a")).isPresent();
        assertThat(copy.get("b")).isEmpty();
        assertThat(copy.info().updateSeq()).isEqualTo(1);
      }
      assertThatThrownBy(() -> store.backup(target)).hasMessageContaining("copy.sqlite");
    }
  }

  @Test
  void theFileCanBeReadBySqliteWhileItIsOpen() throws Exception {
    try (var store = open()) {
      put(store, "a", "one");
      try (var other =
              java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("db.sqlite"));
          var statement = other.createStatement();
          var rows = statement.executeQuery("SELECT id, winner FROM docs")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("a");
      }
    }
  }

  @Test
  void manyWritersShareCommitsAndEachIsAnswered() throws Exception {
    try (var store = open();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var start = new CountDownLatch(1);
      var answers = new ArrayList<java.util.concurrent.Future<Revision>>();
      for (var i = 0; i < 200; i++) {
        var id = "doc" + i;
        answers.add(
            callers.submit(() -> {
              start.await();
              return put(store, id, id);
            }));
      }
      start.countDown();
      for (var i = 0; i < answers.size(); i++) {
        assertThat(store.get("doc" + i, answers.get(i).get())).isPresent();
      }
      assertThat(store.info())
          .extracting(StoreInfo::docCount, StoreInfo::updateSeq)
          .containsExactly(200L, 200L);
    }
  }

  @Test
  void listenersHearOfCommitsAndOfTheEnd() {
    var heard = new CopyOnWriteArrayList<Long>();
    var ended = new AtomicBoolean();
    var store = open();
    store.subscribe(seq -> {
      throw new IllegalStateException("a bad neighbour");
    });
    var subscription =
        store.subscribe(
            new StoreListener() {
              @Override
              public void changed(long seq) {
                heard.add(seq);
              }

              @Override
              public void closed() {
                ended.set(true);
              }
            });
    for (var i = 0; i < 50; i++) {
      put(store, "doc" + i, "text");
    }
    Awaitility.await().until(() -> heard.contains(50L));
    assertThat(heard).isSorted().doesNotHaveDuplicates();

    store.close();
    Awaitility.await().untilTrue(ended);
    subscription.close();
  }

  @Test
  void aSlowListenerHoldsUpNeitherWritersNorItself() throws Exception {
    try (var store = open()) {
      var entered = new CountDownLatch(1);
      var release = new CountDownLatch(1);
      var heard = new CopyOnWriteArrayList<Long>();
      store.subscribe(seq -> {
        heard.add(seq);
        entered.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      put(store, "first", "text");
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      for (var i = 0; i < 20; i++) {
        put(store, "doc" + i, "text");
      }
      release.countDown();

      Awaitility.await().until(() -> heard.contains(21L));
      assertThat(heard).containsExactly(1L, 21L);
    }
  }

  @Test
  void aClosedSubscriptionHearsNothingMore() {
    try (var store = open()) {
      var heard = new CopyOnWriteArrayList<Long>();
      var other = new CopyOnWriteArrayList<Long>();
      var subscription = store.subscribe(heard::add);
      store.subscribe(other::add);
      put(store, "a", "text");
      Awaitility.await().until(() -> other.contains(1L));
      subscription.close();
      subscription.close();
      put(store, "b", "text");

      Awaitility.await().until(() -> other.contains(2L));
      assertThat(heard).doesNotContain(2L);
    }
  }
}
