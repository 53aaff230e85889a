package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasesTest {

  @TempDir Path folder;

  private Databases open() {
    return Databases.open(folder, Databases.Options.defaults());
  }

  private static void put(DocumentStore store, String... ids) {
    var writes = new ArrayList<DocumentWrite>();
    for (var id : ids) {
      writes.add(DocumentWrite.edit(id, new JsonObject(), Optional.empty()));
    }
    store.bulk(writes, true);
  }

  @Test
  void aDatabaseThatCouldNotBeMadeIsNotThere() throws IOException {
    try (var databases = open()) {
      var obstacle = Files.createDirectory(folder.resolve("one.sqlite.lock"));
      assertThatThrownBy(() -> databases.create("one")).isInstanceOf(StoreException.class);
      assertThat(databases.find("one")).isEmpty();
      Files.delete(obstacle);
      assertThat(databases.find("one")).isEmpty();
      assertThat(databases.list()).isEmpty();
      assertThat(databases.create("one")).isPresent();
    }
  }

  @Test
  void databasesComeAndGo() {
    var events = new ArrayList<String>();
    String uuid;
    try (var databases = open()) {
      uuid = databases.serverUuid();
      var subscription =
          databases.subscribe(
              new DatabaseListener() {
                @Override
                public void created(String name) {
                  events.add("+" + name);
                }

                @Override
                public void deleted(String name) {
                  events.add("-" + name);
                }
              });
      put(databases.create("one").orElseThrow(), "a");
      assertThat(databases.create("two/half")).isPresent();
      assertThat(databases.create("one")).isEmpty();
      assertThat(databases.findOrCreate("one").get("a")).isPresent();
      assertThat(databases.list()).containsExactly("one", "two/half");
      assertThat(databases.delete("one")).isTrue();
      assertThat(databases.delete("one")).isFalse();
      subscription.close();
      assertThat(databases.create("three")).isPresent();
    }
    assertThat(events).containsExactly("+one", "+two/half", "-one");
    try (var databases = open()) {
      assertThat(databases.serverUuid()).isEqualTo(uuid).matches("[0-9a-f]{32}");
      assertThat(databases.list()).containsExactly("three", "two/half");
      assertThat(databases.find("one")).isEmpty();
      assertThat(databases.find("two/half")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a1_$()+-/b", "con", "nul", "_users", "jiggety-live-2026w30"})
  void takesCouchDbsNamesAndFindsThemAgain(String name) {
    try (var databases = open()) {
      assertThat(databases.create(name)).isPresent();
      assertThat(databases.list()).containsExactly(name);
    }
    assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith(".sqlite"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "_a", "a b", "a.b", "../a", "ä", "a%2f", "a:b"})
  void refusesOtherNames(String name) {
    try (var databases = open()) {
      assertThat(Databases.isLegalName(name)).isFalse();
      assertThatThrownBy(() -> databases.create(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Must begin with a letter");
      assertThat(databases.find(name)).isEmpty();
      assertThat(databases.delete(name)).isFalse();
    }
  }

  @Test
  void deletingUnderAReaderEndsItCleanly() throws IOException {
    try (var databases = open()) {
      var store = databases.create("db").orElseThrow();
      var ids = new String[3 * PagedRows.PAGE_ROWS];
      for (var i = 0; i < ids.length; i++) {
        ids[i] = "doc" + i;
      }
      put(store, ids);
      try (var rows = store.allDocs(AllDocsQuery.all())) {
        rows.next();
        databases.delete("db");

        assertThatThrownBy(() -> rows.forEachRemaining(row -> {}))
            .isInstanceOfSatisfying(
                StoreException.class,
                e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CLOSED))
            .hasMessageContaining("deleted");
      }
      var again = databases.create("db").orElseThrow();
      assertThat(again.info().docCount()).isZero();
      assertThat(again.uuid()).isNotEmpty();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith("sqlite-"))
          .containsExactlyInAnyOrder(
              "databases.lock", "server-uuid", "db.sqlite", "db.sqlite.lock");
    }
  }

  @Test
  void theLeastRecentlyUsedRestAndWakeAgain() {
    var options = new Databases.Options(name -> StoreOptions.defaults(), 2, Duration.ofDays(1));
    try (var databases = Databases.open(folder, options)) {
      var stores = new ArrayList<DocumentStore>();
      for (var name : List.of("a", "b", "c", "d")) {
        stores.add(databases.create(name).orElseThrow());
        put(stores.getLast(), "doc");
      }
      assertThat(stores)
          .extracting(store -> ((SqliteDocumentStore) store).sessions().awake())
          .containsExactly(false, false, true, true);

      assertThat(stores.getFirst().get("doc")).isPresent();
      put(stores.getFirst(), "doc2");
      assertThat(stores.getFirst().info().updateSeq()).isEqualTo(2);
    }
  }

  @Test
  void aListenerHearsOfWritesAfterTheStoreHasRested() {
    try (var databases = open()) {
      var store = databases.create("a").orElseThrow();
      var heard = new java.util.concurrent.CopyOnWriteArrayList<Long>();
      store.subscribe(heard::add);
      assertThat(((SqliteDocumentStore) store).sessions().rest()).isTrue();
      put(store, "doc");

      org.awaitility.Awaitility.await().until(() -> heard.contains(1L));
    }
  }

  @Test
  void twoObjectsCannotHaveOneFolder() {
    try (var databases = open()) {
      assertThat(databases.list()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.LOCKED));
    }
    open().close();
  }

  @Test
  void whatADeleteLeftBehindIsRemovedAtTheNextStart() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("abc.deleted"), "rest");

    open().close();

    assertThat(folder.resolve("abc.deleted")).doesNotExist();
  }
}
