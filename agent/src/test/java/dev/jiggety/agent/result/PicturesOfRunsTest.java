package dev.jiggety.agent.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.BatchPictures;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.EvidenceRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence and pictures from the outbox into the node's own replica. */
class PicturesOfRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void fiftyFailingRunsWithPicturesStaySmallAndAreKept() {
    Random random = new Random(7);
    List<JsonObject> documents = new ArrayList<>();
    List<String> attached = new ArrayList<>();
    try (Databases databases = Databases.open(folder.resolve("db"), Databases.Options.defaults())) {
      OutboxOptions options =
          OutboxOptions.defaults("berlin", DatabaseNames.DEFAULT, InstantSource.fixed(NOW));
      LocalBatches local = new LocalBatches(databases);
      BatchStore watching =
          new BatchStore() {
            @Override
            public long store(String database, JsonObject document) {
              documents.add(document.deepCopy());
              return local.store(database, document);
            }

            @Override
            public void purge(String database, java.util.Map<String, String> revisions) {
              local.purge(database, revisions);
            }
          };
      try (Outbox outbox = Outbox.open(folder.resolve("outbox.db"), options, watching)) {
        for (int i = 0; i < 50; i++) {
          outbox.add(failing("t" + i, NOW.plusSeconds(i), random));
        }
        assertThat(outbox.drain(Duration.ofSeconds(60))).isTrue();
      }
      DocumentStore store = databases.find(DatabaseNames.DEFAULT.live(NOW)).orElseThrow();
      for (JsonObject document : documents) {
        StoredDocument kept = store.get(document.get("_id").getAsString()).orElseThrow();
        assertThat(kept.rev().toString()).isEqualTo(BatchDocument.revision(document));
        kept.attachments().forEach(attachment -> attached.add(attachment.name()));
        assertThat(kept.attachments().size()).isLessThanOrEqualTo(BatchPictures.MOST);
      }
    }
    assertThat(documents)
        .allSatisfy(document -> assertThat(document.toString().length()).isLessThan(2 * MEGABYTE));
    assertThat(documents.stream().mapToInt(it -> it.getAsJsonArray("runs").size()).sum())
        .isEqualTo(50);
    assertThat(attached).doesNotHaveDuplicates().isNotEmpty();
  }

  private static Run failing(String test, Instant at, Random random) {
    byte[] picture = new byte[EvidenceRules.PICTURE];
    random.nextBytes(picture);
    Evidence evidence =
        new Evidence(
            "http://shop.example/",
            503,
            List.of(),
            "x".repeat(100_000),
            List.of(),
            List.of(),
            new Picture("image/png", Base64.getEncoder().encodeToString(picture)));
    Run run = Runs.run(test, at, Verdict.DOWN);
    return EvidenceRules.bounded(
        new Run(
            run.testId(),
            run.node(),
            run.plannedAt(),
            run.lateness(),
            List.of(
                run.samples()
                    .getFirst()
                    .withFindings(new Findings(List.of(), List.of(), null, evidence))),
            List.of(),
            run.verdict()));
  }
}
