package dev.jiggety.agent.store.view;

import static dev.jiggety.agent.store.view.Indexed.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.agent.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the files of indexes: restarts, damage, old copies, deleted databases. */
class ViewIndexFilesTest {

  @TempDir Path folder;

  private static void fill(Indexed db, int from, int to) {
    db.fill(from, to, i -> "[\"" + "k".repeat(100) + i + "\"]");
  }

  private static void assertWhole(Indexed db) {
    db.index().update();
    assertThat(rows(db.index(), ViewQuery.all())).isEqualTo(db.model());
  }

  /** A database with an index up to date. Returns the index's file. */
  private Path make(int documents) {
    try (var db = new Indexed(folder)) {
      fill(db, (int) db.store().info().docCount(), documents);
      assertWhole(db);
      return db.files().getFirst();
    }
  }

  @Test
  void anIndexGoesOnAfterARestart() {
    make(50);
    try (var db = new Indexed(folder)) {
      var index =
          db.index((documents, emitter) -> {
            assertThat(documents).hasSize(1);
            Indexed.map(documents, emitter);
          });
      assertThat(rows(index, ViewQuery.all())).hasSize(50);
      fill(db, 50, 51);
      assertThat(index.update()).isEqualTo(51);
      assertThat(rows(index, ViewQuery.all())).isEqualTo(db.model());
    }
  }

  @Test
  void anOlderCopyOfTheFileCatchesUp() throws IOException {
    var file = make(50);
    var copy = Files.copy(file, folder.resolve("copy"));
    make(120);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    try (var db = new Indexed(folder)) {
      db.delete("doc3");
      assertWhole(db);
    }
  }

  @Test
  void anIndexThatIsAheadOfItsDatabaseIsMadeAnew() throws IOException {
    make(50);
    var database = folder.resolve("db.sqlite");
    var copy = Files.copy(database, folder.resolve("copy"));
    make(80);
    Files.move(copy, database, StandardCopyOption.REPLACE_EXISTING);
    try (var db = new Indexed(folder)) {
      assertThat(db.store().info().docCount()).isEqualTo(50);
      assertWhole(db);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 8})
  void aFileThatWasCutIsMadeAnew(int eighths) throws IOException {
    var file = make(500);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() * eighths / 8 - (eighths == 8 ? 100 : 0));
    }
    try (var db = new Indexed(folder)) {
      assertWhole(db);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileDamagedWhileItIsOpenIsMadeAnew(boolean byUpdate) throws IOException {
    make(500);
    try (var db = new Indexed(folder)) {
      var index = db.index();
      index.info();
      var zeros = java.nio.ByteBuffer.allocate(65_536);
      try (var channel = FileChannel.open(db.files().getFirst(), StandardOpenOption.WRITE)) {
        for (var at = 4_096L; at < channel.size(); at += zeros.capacity()) {
          channel.write(zeros.clear(), at);
        }
      }
      if (byUpdate) {
        fill(db, 500, 600);
        index.update();
      }
      assertThat(rows(index, ViewQuery.all())).isEqualTo(db.model());
    }
  }

  @Test
  void aFileThatIsNoIndexIsMadeOne() throws IOException {
    Files.writeString(
        make(20), "this is no database at all, but some text of somebody's".repeat(9));
    try (var db = new Indexed(folder)) {
      assertWhole(db);
    }
  }

  @Test
  void anIndexGoesWithItsDatabase() {
    try (var db = new Indexed(folder)) {
      fill(db, 0, 20);
      var old = db.index();
      old.update();
      db.databases.delete("db");
      assertThat(folder.resolve("db.sqlite.views")).doesNotExist();
      assertThatThrownBy(() -> old.rows(0, ViewQuery.all())).isInstanceOf(StoreException.class);
      assertThat(db.store().info().docCount()).isZero();
      fill(db, 5, 7);
      assertWhole(db);
    }
  }

  @Test
  void anIndexThatACrashLeftWithoutItsDatabaseGoesAtTheNextStart() throws IOException {
    make(20);
    Files.delete(folder.resolve("db.sqlite"));
    try (var db = new Indexed(folder)) {
      assertThat(folder.resolve("db.sqlite.views")).doesNotExist();
      fill(db, 3, 5);
      assertWhole(db);
    }
  }

  @Test
  void aDatabaseMadeAnewNeverSeesAnOldIndex() throws IOException {
    var file = make(20);
    var copy = Files.copy(file, folder.resolve("copy"));
    try (var db = new Indexed(folder)) {
      db.databases.delete("db");
      fill(db, 3, 5);
      db.index().update();
      Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
      assertWhole(db);
      db.indexes.cleanUp(db.store(), Set.of(Indexed.SIGNATURE));
      assertThat(file).doesNotExist();
      assertThat(db.files()).hasSize(1);
      assertWhole(db);
    }
  }

  @Test
  void cleaningUpDeletesWhatNobodyNeeds() {
    try (var db = new Indexed(folder)) {
      fill(db, 0, 20);
      db.index().update();
      var other = db.indexes.find(db.store(), Indexed.definition("other", Indexed::map));
      other.update();
      assertThat(db.files()).hasSize(2);
      db.indexes.cleanUp(db.store(), Set.of("other"));
      assertThat(db.files()).singleElement().asString().contains("other");
      assertThat(rows(other, ViewQuery.all())).hasSize(20);
      assertWhole(db);
    }
  }

  @Test
  void compactionKeepsEveryRow() {
    try (var db = new Indexed(folder)) {
      fill(db, 0, 500);
      db.index().update();
      var before = db.index().info().fileBytes();
      for (var i = 0; i < 490; i++) {
        db.delete("doc" + i);
      }
      db.index().update();
      db.index().compact();
      assertThat(db.index().info().fileBytes()).isLessThan(before);
      assertWhole(db);
    }
  }

  @Test
  void afterItsEndAnIndexSaysSo() {
    var db = new Indexed(folder);
    fill(db, 0, 3);
    var index = db.index();
    index.update();
    db.close();
    assertThatThrownBy(() -> index.rows(0, ViewQuery.all()))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CLOSED));
  }
}
