package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.jiggety.agent.store.AttachmentContent;
import dev.jiggety.agent.store.AttachmentWrite;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.WriteGuard.Refusal;
import dev.jiggety.agent.store.WriteOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one real store to another. */
class StorePairTest {
  @TempDir private Path folder;
  private DocumentStore source;
  private DocumentStore target;

  @BeforeEach
  void open() {
    source = DocumentStore.open(folder.resolve("source.sqlite"), StoreOptions.defaults());
    target =
        DocumentStore.open(
            folder.resolve("target.sqlite"), StoreOptions.defaults().withMaxDocumentBytes(50_000));
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  private static Optional<Refusal> noSecrets(
      DocumentWrite next, @Nullable StoredDocument previous) {
    return next.id().startsWith("secret")
        ? Optional.of(new Refusal("forbidden", "not here"))
        : Optional.empty();
  }

  private Replicator replicator() {
    return new Replicator(
        new StorePeer(source),
        new StorePeer(target, Duration.ZERO, StoreGate.guarded(StorePairTest::noSecrets)),
        ReplicationOptions.defaults(),
        id -> new StoreQuarantine(source, id),
        alarm -> {},
        InstantSource.system(),
        new Random());
  }

  private void put(String id, String json) {
    var outcome = source.put(id, JsonParser.parseString(json).getAsJsonObject(), Optional.empty());
    assertThat(outcome).isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void keepsEveryDigitAndEveryMember() throws Exception {
    put("numbers", "{\"n\":9007199254740993,\"f\":1.10,\"e\":1e400,\"nothing\":null}");
    replicator().run();
    assertThat(target.get("numbers").orElseThrow().bodyText())
        .isEqualTo(source.get("numbers").orElseThrow().bodyText())
        .contains("9007199254740993", "1.10", "1e400", "null");
  }

  @Test
  void bringsLargeAttachments() throws Exception {
    var bytes = new byte[3_000_000];
    new Random(3).nextBytes(bytes);
    var write =
        DocumentWrite.edit("with", JsonParser.parseString("{}").getAsJsonObject(), Optional.empty())
            .withAttachment(
                AttachmentWrite.of(
                    "a.bin", "application/octet-stream", AttachmentContent.of(bytes)));
    assertThat(source.put(write)).isInstanceOf(WriteOutcome.Stored.class);
    replicator().run();
    var attachment = target.get("with").orElseThrow().attachments().getFirst();
    try (var content = target.attachment(attachment.digest()).orElseThrow()) {
      assertThat(content.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void putsAsideWhatTheTargetForbidsOrFindsTooLargeEvenOverARestart() throws Exception {
    put("fine", "{}");
    put("secret", "{}");
    put("large", "{\"text\":\"" + "x".repeat(60_000) + "\"}");
    put("fine too", "{}");

    replicator().run();

    assertThat(target.get("fine")).isPresent();
    assertThat(target.get("fine too")).isPresent();
    var anew = replicator();
    assertThat(anew.quarantine().list())
        .extracting(QuarantinedDocument::id)
        .containsExactlyInAnyOrder("secret", "large");
    assertThat(anew.run().read()).as("what lies in quarantine is not fetched again").isZero();
  }

  @Test
  void brings20000DocumentsInBatches() throws Exception {
    source.bulk(
        Docs.many("doc", 20_000).stream().map(d -> DocumentWrite.fromJson(d.json())).toList(),
        false);
    assertThat(replicator().run().written()).isEqualTo(20_000);
    assertThat(target.info().docCount()).isEqualTo(20_000);
    assertThat(target.info().updateSeq()).isEqualTo(20_000);
  }
}
