package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
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
    var inline = hub.getJson("db/a?attachments=true").json().getAsJsonObject("_attachments");
    assertThat(inline.getAsJsonObject("t").get("data").getAsString()).isEqualTo("aGVsbG8=");
    var kept = hub.put("db/a?rev=" + rev, "{\"_attachments\":{\"t\":{\"stub\":true}}}");
    assertThat(kept.status()).isEqualTo(201);
    assertThat(hub.get("db/a/t").body()).isEqualTo("hello");
    assertThat(hub.put("db/b", "{\"_attachments\":{\"t\":{\"stub\":true}}}").status())
        .isEqualTo(412);
    assertThat(hub.put("db/b", "{\"_attachments\":{\"t\":{\"data\":\"#\"}}}").status())
        .isEqualTo(400);
  }

  private HttpResponse<byte[]> range(String range) throws Exception {
    var request = HttpRequest.newBuilder(hub.uri("db/a/x")).header("Range", range).build();
    return hub.http().send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void givesPartsOfThem() throws Exception {
    var bytes = new byte[1_000_000];
    new Random(3).nextBytes(bytes);
    upload("db/a/x", bytes);
    for (var wanted : new long[][] {{0, 0}, {1, 99}, {262_144, 262_144}, {300_000, 999_998}}) {
      var answer = range("bytes=" + wanted[0] + "-" + wanted[1]);
      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body())
          .isEqualTo(Arrays.copyOfRange(bytes, (int) wanted[0], (int) wanted[1] + 1));
      assertThat(answer.headers().firstValue("Content-Range"))
          .contains("bytes " + wanted[0] + "-" + wanted[1] + "/1000000");
      assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
    }
    assertThat(range("bytes=-3").body()).isEqualTo(Arrays.copyOfRange(bytes, 999_997, 1_000_000));
    assertThat(range("bytes=999990-").body()).hasSize(10);
    assertThat(range("bytes=999990-2000000").body()).hasSize(10);
    for (var whole : List.of("bytes=0-", "bytes=0-1,5-6", "lines=1-2", "bytes=x")) {
      assertThat(range(whole).statusCode()).as(whole).isEqualTo(200);
      assertThat(range(whole).body()).as(whole).hasSize(1_000_000);
    }
    for (var none : List.of("bytes=5-1", "bytes=1000000-", "bytes=-0")) {
      assertThat(range(none).statusCode()).as(none).isEqualTo(416);
    }
    var head = hub.send(hub.request("HEAD", "db/a/x", ""));
    assertThat(head.header("Content-Length")).isEqualTo("1000000");
    assertThat(head.header("Content-MD5")).hasSize(24);
  }

  @Test
  void checksTheSumThatComesWithThem() {
    var good =
        hub.request("PUT", "db/a/t", "hello").header("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(hub.send(good).status()).isEqualTo(201);
    var bad =
        hub.request("PUT", "db/b/t", "hullo").header("Content-MD5", "XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(hub.send(bad).error())
        .isEqualTo("400 content_md5_mismatch: Possible message corruption.");
    assertThat(hub.get("db/b").status()).isEqualTo(404);
  }

  @Test
  void takesWhatComesInChunksAndPacked() throws Exception {
    var chunked =
        HttpRequest.newBuilder(hub.uri("db/a/t"))
            .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[200_000])));
    assertThat(hub.send(chunked).status()).isEqualTo(201);
    assertThat(hub.send(hub.request("HEAD", "db/a/t", "")).header("Content-Length"))
        .isEqualTo("200000");
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("hello".getBytes(StandardCharsets.UTF_8));
    }
    var request =
        HttpRequest.newBuilder(hub.uri("db/b/t"))
            .header("Content-Encoding", "gzip")
            .PUT(BodyPublishers.ofByteArray(packed.toByteArray()));
    assertThat(hub.send(request).status()).isEqualTo(201);
    assertThat(hub.get("db/b/t").body()).isEqualTo("hello");
    var other = hub.request("PUT", "db/c/t", "x").header("Content-Encoding", "br");
    assertThat(hub.send(other).status()).isEqualTo(415);
  }

  @Test
  void refusesNamesAndRevisionsThatCannotBe() {
    assertThat(upload("db/a/_x", new byte[1]).error())
        .isEqualTo("400 bad_request: Attachment name '_x' starts with prohibited character '_'");
    assertThat(upload("db/a/x?rev=1-aaa", new byte[1]).error())
        .isEqualTo("409 not_found: missing_rev");
    assertThat(upload("db/_local/a/x", new byte[1]).error())
        .isEqualTo("400 bad_request: _local documents do not accept attachments.");
    var rev = upload("db/a/x", new byte[1]).text("rev");
    var both = hub.request("DELETE", "db/a/x?rev=" + rev, "").header("If-Match", "\"1-b\"");
    assertThat(hub.send(both).error())
        .isEqualTo("400 bad_request: Document rev and etag have different values");
    assertThat(hub.delete("db/a/y?rev=" + rev).status()).isEqualTo(404);
    assertThat(hub.delete("db/a/x").error()).isEqualTo("409 conflict: Document update conflict.");
    var match = hub.request("DELETE", "db/a/x", "").header("If-Match", "\"" + rev + "\"");
    assertThat(hub.send(match).status()).isEqualTo(200);
  }
}
