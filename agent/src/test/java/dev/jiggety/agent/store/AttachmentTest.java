package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.WriteOutcome.Rejected;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentTest {

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

  private static AttachmentContent text(String text) {
    return AttachmentContent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private Revision put(DocumentWrite write) {
    return ((Stored) store.put(write)).rev();
  }

  private static DocumentWrite edit(String id, Revision... parent) {
    return DocumentWrite.edit(id, new JsonObject(), List.of(parent).stream().findFirst());
  }

  private byte[] content(String digest) throws IOException {
    try (var in = store.attachment(digest).orElseThrow()) {
      return in.readAllBytes();
    }
  }

  @Test
  void comesBackInlineOrAsAStub() {
    put(edit("a").withAttachment(AttachmentWrite.of("f.txt", "text/plain", text("hi"))));
    var document = store.get("a").orElseThrow();

    assertThat(store.toJson(document, DocumentForm.PLAIN).get("_attachments"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"f.txt\":{\"content_type\":\"text/plain\",\"revpos\":1,"
                    + "\"digest\":\"md5-SfaKXIST7CwL9ImCHCH8Ow==\",\"length\":2,\"stub\":true}}"));
    assertThat(store.toJson(document, DocumentForm.REPLICATION).toString())
        .contains("\"data\":\"aGk=\"");
  }

  @Test
  void travelsToAnotherStoreUnchanged() throws IOException {
    put(edit("a").withAttachment(AttachmentWrite.of("f", "text/plain", text("hello"))));
    var document = store.toJson(store.get("a").orElseThrow(), DocumentForm.REPLICATION);

    try (var other = DocumentStore.open(folder.resolve("o.sqlite"), StoreOptions.defaults())) {
      other.bulk(List.of(DocumentWrite.fromJson(document)), false);
      assertThat(other.toJson(other.get("a").orElseThrow(), DocumentForm.REPLICATION))
          .isEqualTo(document);
    }
  }

  @Test
  void aStubKeepsWhatTheParentHas() throws IOException {
    var first = put(edit("a").withAttachment(AttachmentWrite.of("f", "text/plain", text("hi"))));
    var stub = JsonParser.parseString("{\"_attachments\":{\"f\":{\"stub\":true}}}");
    var second = put(DocumentWrite.edit("a", stub.getAsJsonObject(), Optional.of(first)));

    var attachment = store.get("a", second).orElseThrow().attachments().getFirst();
    assertThat(attachment.revpos()).isEqualTo(1);
    assertThat(attachment.contentType()).isEqualTo("text/plain");
    assertThat(content(attachment.digest())).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aStubForNothingIsRejected() {
    var stub =
        JsonParser.parseString("{\"_attachments\":{\"f\":{\"stub\":true,\"digest\":\"md5-x\"}}}");

    assertThat(store.put(DocumentWrite.edit("a", stub.getAsJsonObject(), Optional.empty())))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.error()).isEqualTo("missing_stub"));
    assertThat(store.get("a")).isEmpty();
  }

  @Test
  void largeOnesAreStoredInPartsAndOnce() throws IOException {
    var bytes = new byte[3 * AttachmentTable.PART_BYTES + 17];
    new Random(1).nextBytes(bytes);
    var file = Files.write(folder.resolve("large"), bytes);
    var content = AttachmentContent.of(file);

    put(edit("a").withAttachment(AttachmentWrite.of("f", "application/zip", content)));
    var size = store.info().activeBytes();
    put(edit("b").withAttachment(AttachmentWrite.of("g", "application/zip", content)));

    assertThat(content.length()).isEqualTo(bytes.length);
    assertThat(content.digest()).isEqualTo(AttachmentContent.of(bytes).digest());
    assertThat(content(content.digest())).isEqualTo(bytes);
    assertThat(store.info().activeBytes()).isLessThan(size + AttachmentTable.PART_BYTES);
  }

  @Test
  void compactionDropsWhatNoRevisionRefersTo() {
    var gone = text("gone");
    var kept = text("kept");
    var first =
        put(
            edit("a")
                .withAttachment(AttachmentWrite.of("f", "text/plain", gone))
                .withAttachment(AttachmentWrite.of("g", "text/plain", kept)));
    put(
        edit("a", first)
            .withAttachment(
                AttachmentWrite.keep(store.get("a").orElseThrow().attachments().getLast())));
    assertThat(store.attachment(gone.digest())).isPresent();

    store.compact();

    assertThat(store.attachment(gone.digest())).isEmpty();
    assertThat(store.attachment(kept.digest())).isPresent();
    assertThat(store.attachment("md5-none")).isEmpty();
  }
}
