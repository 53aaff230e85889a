package dev.jiggety.agent.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Run;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxCrashTest {
  private static final Instant BASE = Instant.parse("2026-11-18T10:00:00Z");

  @TempDir Path folder;

  @Test
  void nothingDurableIsLostAndNothingDoubledWhenTheProcessIsKilled() throws Exception {
    int next = 0;
    int durable = -1;
    for (int life = 0; life < 4; life++) {
      durable = Math.max(durable, liveAndDie(next, 3 + life * 11));
      next = accounted() + 1; // as a scheduler does: on from what is accounted for
      assertThat(next).isGreaterThan(durable);
    }
    List<Instant> expected = new ArrayList<>();
    for (int i = 0; i < next; i++) {
      expected.add(BASE.plusSeconds(i));
    }
    assertThat(storedRuns()).isEqualTo(expected);
  }

  /** Starts a process, waits for some signs of life, kills it; gives back the last one. */
  private int liveAndDie(int first, int signs) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OutboxChild.class.getName(),
                folder.toString(),
                String.valueOf(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = -1;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < signs; i++) {
        String line = out.readLine();
        assertThat(line).as("the child lives").isNotNull();
        last = Integer.parseInt(line);
      }
      child.toHandle().destroyForcibly(); // unlike that of Process it leaves the stream to be read
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line.matches("\\d+") ? Integer.parseInt(line) : last;
      }
    }
    child.waitFor();
    return last;
  }

  private int accounted() {
    try (Databases databases =
            Databases.open(folder.resolve("databases"), Databases.Options.defaults());
        Outbox outbox = OutboxChild.open(folder, databases)) {
      assertThat(outbox.drain(Duration.ofSeconds(30))).isTrue();
      Instant last = outbox.opening().accounted().get("home");
      return (int) Duration.between(BASE, last).toSeconds();
    }
  }

  private List<Instant> storedRuns() throws Exception {
    List<Instant> planned = new ArrayList<>();
    try (Databases databases =
        Databases.open(folder.resolve("databases"), Databases.Options.defaults())) {
      DocumentStore store = databases.find("jiggety-live-2026w47").orElseThrow();
      try (var rows = store.allDocs(AllDocsQuery.all().withDocs())) {
        while (rows.hasNext()) {
          var row = rows.next();
          var document = row.document().body();
          document.addProperty("_id", row.id());
          BatchDocument.TYPE.read(document).runs().stream()
              .map(Run::plannedAt)
              .forEach(planned::add);
        }
      }
    }
    planned.sort(null);
    return planned;
  }
}
