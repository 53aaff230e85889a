package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files, full disks, two openers, foreign files. */
class FaultsTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("db.sqlite");
  }

  private DocumentStore open() {
    return DocumentStore.open(file(), StoreOptions.defaults());
  }

  private static DocumentWrite document(String id, int bytes) {
    var body = new JsonObject();
    var text = new StringBuilder();
    new Random(id.hashCode()).ints(bytes, 'a', 'z').forEach(c -> text.append((char) c));
    body.addProperty("text", text.toString());
    return DocumentWrite.edit(id, body, Optional.empty());
  }

  private static void fill(DocumentStore store, int documents) {
    var writes = new ArrayList<DocumentWrite>();
    for (var i = 0; i < documents; i++) {
      writes.add(document("doc" + i, 500));
    }
    store.bulk(writes, true);
  }

  private static Kind kindOf(Runnable action) {
    try {
      action.run();
    } catch (StoreException e) {
      return e.kind();
    }
    throw new AssertionError("no StoreException");
  }

  private static void garble(Path file, long from, int length) throws IOException {
    var noise = new byte[length];
    new Random(1).nextBytes(noise);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(noise), from);
    }
  }

  private void assertSetAside(String uuidBefore) throws IOException {
    var reports = new ArrayList<OpenReport>();
    var options = StoreOptions.defaults().withOnSetAside(reports::add);
    try (var store = DocumentStore.open(file(), options)) {
      var report = store.openReport();
      assertThat(reports).containsExactly(report);
      assertThat(report.created()).isTrue();
      assertThat(report.reason()).isNotEmpty();
      assertThat(report.setAside().orElseThrow())
          .exists()
          .satisfies(
              aside -> assertThat(aside.getFileName().toString()).startsWith("db.sqlite.corrupt-"));
      assertThat(store.uuid()).isNotEqualTo(uuidBefore);
      assertThat(store.info().docCount()).isZero();
      fill(store, 3);
      assertThat(store.info().docCount()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 40, 4096, 3 * 4096})
  void aGarbledFileIsSetAsideAndReported(long from) throws IOException {
    String uuid;
    try (var store = open()) {
      fill(store, 200);
      uuid = store.uuid();
    }
    garble(file(), from, 4000);

    assertSetAside(uuid);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, 4096, 30_000})
  void aFileThatWasCutIsSetAsideAndReported(long bytes) throws IOException {
    String uuid;
    try (var store = open()) {
      fill(store, 200);
      uuid = store.uuid();
    }
    try (var channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytes);
    }

    assertSetAside(uuid);
  }

  @Test
  void anEmptyFileIsANewStore() throws IOException {
    Files.createFile(file());

    try (var store = open()) {
      assertThat(store.openReport().created()).isTrue();
      assertThat(store.openReport().setAside()).isEmpty();
      fill(store, 1);
    }
  }

  @Test
  void aLogThatLostItsFileIsNotReplayedIntoANewOne() throws IOException {
    try (var store = open()) {
      fill(store, 5);
      Files.copy(folder.resolve("db.sqlite-wal"), folder.resolve("saved-wal"));
    }
    Files.delete(file());
    Files.move(folder.resolve("saved-wal"), folder.resolve("db.sqlite-wal"));

    try (var store = open()) {
      assertThat(store.info().docCount()).isZero();
      assertThat(store.get("doc1")).isEmpty();
    }
  }

  @Test
  void aDatabaseOfAnotherProgramIsLeftAlone() throws Exception {
    try (var other = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = other.createStatement()) {
      statement.execute("CREATE TABLE t (x)");
    }
    var before = Files.readAllBytes(file());

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a Jiggety store");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void twoOpenersOfOneFileAreRefused() {
    try (var store = open()) {
      assertThat(kindOf(this::open)).isEqualTo(Kind.LOCKED);
      fill(store, 1);
    }
    open().close();
  }

  @Test
  void anUnwritableFolderIsNamed() throws IOException {
    var blocked = Files.writeString(folder.resolve("file"), "no folder");

    assertThatThrownBy(
            () -> DocumentStore.open(blocked.resolve("db.sqlite"), StoreOptions.defaults()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("db.sqlite");
  }

  @Test
  void atItsLimitTheStoreRefusesWholeWritesAndStaysReadable() {
    var options = StoreOptions.defaults().withMaxFileBytes(400_000);
    try (var store = DocumentStore.open(file(), options)) {
      var stored = fillUntilFull(store, 5_000);
      assertThat(stored).isGreaterThan(10);
      assertConsistent(store, stored);
      assertThat(kindOf(() -> store.put(document("huge", 300_000)))).isEqualTo(Kind.FULL);
      var first = store.get("doc0").orElseThrow().rev();
      var second = store.get("doc1").orElseThrow().rev();
      store.purge(Map.of("doc0", List.of(first), "doc1", List.of(second)));
      assertThat(store.put(document("again", 1000))).isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  @Test
  void onAFullDiskTheStoreRefusesAndGoesOnWhenThereIsSpace() throws Exception {
    var disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString()))
        .as("may mount a small disk")
        .isZero();
    try {
      var ballast = Files.write(disk.resolve("ballast"), new byte[700_000]);
      try (var store = DocumentStore.open(disk.resolve("db.sqlite"), StoreOptions.defaults())) {
        var stored = fillUntilFull(store, 5_000);
        assertThat(stored).isGreaterThan(10);
        assertConsistent(store, stored);

        Files.delete(ballast);
        assertThat(store.put(document("again", 5_000))).isInstanceOf(WriteOutcome.Stored.class);
        assertThat(store.info().docCount()).isEqualTo(stored + 1);
      }
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int fillUntilFull(DocumentStore store, int bytes) {
    for (var i = 0; i < 10_000; i++) {
      try {
        store.put(document("doc" + i, bytes));
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(Kind.FULL);
        assertThat(e).hasMessageContaining("db.sqlite").hasMessageContaining("no space");
        return i;
      }
    }
    throw new AssertionError("never full");
  }

  private static void assertConsistent(DocumentStore store, int stored) {
    assertThat(store.info())
        .extracting(StoreInfo::docCount, StoreInfo::updateSeq)
        .containsExactly((long) stored, (long) stored);
    assertThat(store.get("doc" + (stored - 1))).isPresent();
    assertThat(store.get("doc" + stored)).isEmpty();
    try (var rows = store.changes(ChangesQuery.since(0))) {
      var seqs = new ArrayList<Long>();
      rows.forEachRemaining(change -> seqs.add(change.seq()));
      assertThat(seqs).hasSize(stored);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
