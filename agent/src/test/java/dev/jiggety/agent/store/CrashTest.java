package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.StoreException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed in the middle of writing loses nothing that it was told is stored. */
class CrashTest {

  @TempDir Path folder;

  /** The child: writes batches for ever and says which are stored. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      var batch = Integer.parseInt(args[1]);
      try (var store = DocumentStore.open(Path.of(args[0]), StoreOptions.defaults())) {
        var round = store.info().updateSeq();
        for (var i = round; ; i += batch) {
          var writes = new ArrayList<DocumentWrite>();
          for (var n = i; n < i + batch; n++) {
            var body = new JsonObject();
            body.addProperty("n", n);
            body.addProperty("text", "x".repeat((int) (n % 3000)));
            writes.add(DocumentWrite.edit("doc" + n, body, Optional.empty()));
          }
          store.bulk(writes, true);
          System.out.println(i);
          System.out.flush();
        }
      }
    }
  }

  private Process start(int batch) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.resolve("db.sqlite").toString(),
            Integer.toString(batch))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Set<Long> killAfter(Process child, int acknowledged) throws Exception {
    var seen = new TreeSet<Long>();
    try (var out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        seen.add(Long.parseLong(line));
        if (seen.size() == acknowledged) {
          // By its handle: the process object would close the pipe before we have read it.
          child.toHandle().destroyForcibly();
        }
      }
    }
    child.waitFor();
    assertThat(seen).hasSizeGreaterThanOrEqualTo(acknowledged);
    return seen;
  }

  @ParameterizedTest
  @CsvSource({"1, 150", "20, 60"})
  void whatWasAcknowledgedIsThereAfterKill9(int batch, int acknowledged) throws Exception {
    var all = new HashSet<Long>();
    for (var round = 1; round <= 2; round++) {
      all.addAll(killAfter(start(batch), acknowledged * round));

      try (var store = DocumentStore.open(folder.resolve("db.sqlite"), StoreOptions.defaults())) {
        assertThat(store.openReport().setAside()).isEmpty();
        for (var first : all) {
          for (var n = first; n < first + batch; n++) {
            assertThat(store.get("doc" + n).orElseThrow().body().get("n").getAsLong()).isEqualTo(n);
          }
        }
        assertThat(store.info().docCount() % batch).as("no half batch").isZero();
        assertThat(changes(store)).isEqualTo(documents(store));
        assertThat(store.info().docCount()).isEqualTo(documents(store).size());
        assertThat(store.info().updateSeq()).isEqualTo(store.info().docCount());
      }
    }
  }

  private static Set<String> changes(DocumentStore store) {
    var ids = new HashSet<String>();
    try (var rows = store.changes(ChangesQuery.since(0))) {
      rows.forEachRemaining(row -> assertThat(ids.add(row.id())).isTrue());
    }
    return ids;
  }

  private static Set<String> documents(DocumentStore store) {
    var ids = new HashSet<String>();
    try (var rows = store.allDocs(AllDocsQuery.all().withDocs())) {
      rows.forEachRemaining(row -> ids.add(row.id()));
    }
    return ids;
  }

  @Test
  void anotherProcessThatHasTheFileIsNamedAsTheReason() throws Exception {
    var child = start(1);
    try (var out =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      assertThat(out.readLine()).isNotNull();
      var faults = new ArrayList<StoreException>();
      try (var store = DocumentStore.open(folder.resolve("db.sqlite"), StoreOptions.defaults())) {
        assertThat(store).as("opened beside another process").isNull();
      } catch (StoreException e) {
        faults.add(e);
      }
      assertThat(faults)
          .singleElement()
          .satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(Kind.LOCKED);
            assertThat(fault).hasMessageContaining("db.sqlite").hasMessageContaining("process");
          });
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (var store = DocumentStore.open(folder.resolve("db.sqlite"), StoreOptions.defaults())) {
      assertThat(List.of(store.name())).containsExactly("db");
    }
  }
}
