package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attachments, inline and by themselves. */
class AttachmentsTest {
  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(folder);
    hub.put("db", "");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private HubFixture.Answer upload(String path, byte[] bytes) {
    return hub.send(
        HttpRequest.newBuilder(hub.uri(path))
            .header("Content-Type", "image/x-test")
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  @Test
  void whatAKilledHubWasReceivingIsCleared() throws Exception {
    hub.close();
    var uploads = Files.createDirectories(folder.resolve("uploads"));
    var left = Files.writeString(uploads.resolve("attachment1.partial"), "half");
    hub = new HubFixture(folder);
    assertThat(left).doesNotExist();
  }

  @Test
  void aFullDiskIsNamed() {
    var full = new UncheckedIOException(new IOException("No space left on device"));
    assertThat(CouchError.of(full).status()).isEqualTo(507);
  }

  @Test
  void aFolderThatCannotBeUsedIsSaid() throws Exception {
    Files.writeString(folder.resolve("uploads"), "a file in the way");
    assertThat(upload("db/a/x", new byte[10]).error())
        .isEqualTo("500 io_error: The hub cannot read or write a file; see its log.");
  }

  @Test
  void storesAndGivesBackBytes() throws Exception {
    var bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    var made = upload("db/a/some%20picture.png", bytes);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).endsWith("/db/a/some%20picture.png");
    var request = HttpRequest.newBuilder(hub.uri("db/a/some%20picture.png")).build();
    var back = hub.http().send(request, BodyHandlers.ofByteArray());
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body()).isEqualTo(bytes);
    assertThat(back.headers().firstValue("Content-Type")).contains("image/x-test");
    assertThat(back.headers().firstValue("Content-Length")).contains("300000");
    var tag = back.headers().firstValue("ETag").orElseThrow();
    var again = hub.request("GET", "db/a/some%20picture.png", "").header("If-None-Match", tag);
    assertThat(hub.send(again).status()).isEqualTo(304);
    try (var left = Files.list(folder.resolve("uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void keepsTheOthersWhenOneComesOrGoes() {
    var first = upload("db/a/one", new byte[] {1}).text("rev");
    assertThat(upload("db/a/two", new byte[] {2}).status()).isEqualTo(409);
    var second = upload("db/a/two?rev=" + first, new byte[] {2}).text("rev");
    assertThat(hub.get("db/a").json().getAsJsonObject("_attachments").keySet())
        .containsExactly("one", "two");
    assertThat(hub.delete("db/a/one?rev=" + first).status()).isEqualTo(409);
    var third = hub.delete("db/a/one?rev=" + second);
    assertThat(third.status()).isEqualTo(200);
    assertThat(hub.get("db/a").json().getAsJsonObject("_attachments").keySet())
        .containsExactly("two");
    assertThat(hub.get("db/a/one").error())
        .isEqualTo("404 not_found: Document is missing attachment");
    assertThat(hub.get("db/a/one?rev=" + second).status()).isEqualTo(200);
    assertThat(hub.get("db/x/one").error()).isEqualTo("404 not_found: missing");
  }

  @Test
  void takesThemInline() {
    var rev =
        hub.put(
                "db/a",
                "{\"_attachments\":{\"t\":{\"content_type\":\"text/plain\",\"data\":\"aGVsbG8=\"}}}")
            .text("rev");
    assertThat(hub.get("db/a/t").body()).isEqualTo("hello");
    var stub = hub.get("db/a").json().getAsJsonObject("_attachments").getAsJsonObject("t");
    assertThat(stub.get("stub").getAsBoolean()).isTrue();
    assertThat(stub.get("length").getAsInt()).isEqualTo(5);
    assertThat(stub.get("digest").getAsString()).isEqualTo("md5-XUFAKrxLKna5cZ2REBfFkg==");
    var inline = hub.get("db/a?attachments=true").json().getAsJsonObject("_attachments");
    assertThat(inline.getAsJsonObject("t").get("data").getAsString()).isEqualTo("aGVsbG8=");
    var kept = hub.put("db/a?rev=" + rev, "{\"_attachments\":{\"t\":{\"stub\":true}}}");
    assertThat(kept.status()).isEqualTo(201);
    assertThat(hub.get("db/a/t").body()).isEqualTo("hello");
    assertThat(hub.put("db/b", "{\"_attachments\":{\"t\":{\"stub\":true}}}").status())
        .isEqualTo(412);
    assertThat(hub.put("db/b", "{\"_attachments\":{\"t\":{\"data\":\"#\"}}}").status())
        .isEqualTo(400);
  }
}
