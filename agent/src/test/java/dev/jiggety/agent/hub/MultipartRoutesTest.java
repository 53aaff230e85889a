package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that travel with the contents of their attachments beside them. */
class MultipartRoutesTest {
  private static final String A = "1-" + "a".repeat(32);

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

  private HubFixture.Answer send(String path, String type, byte[] body) {
    return hub.send(
        HttpRequest.newBuilder(hub.uri(path))
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofByteArray(body)));
  }

  private HubFixture.Answer send(String path, String json, Object... headersAndContents)
      throws IOException {
    var body = new ByteArrayOutputStream();
    var writer = new MultipartWriter(body, "frontier");
    writer.part("Content-Type: application/json");
    body.write(json.getBytes(StandardCharsets.UTF_8));
    for (var i = 0; i < headersAndContents.length; i += 2) {
      var header = (String) headersAndContents[i];
      writer.part(header.isEmpty() ? new String[0] : new String[] {header});
      body.write((byte[]) headersAndContents[i + 1]);
    }
    writer.end();
    return send(path, "multipart/related; boundary=\"frontier\"", body.toByteArray());
  }

  private static String announce(String... namesAndLengths) {
    var json = new StringBuilder("{\"n\":1,\"_attachments\":{");
    for (var i = 0; i < namesAndLengths.length; i += 2) {
      json.append(i == 0 ? "" : ",");
      JsonText.quote(json, namesAndLengths[i])
          .append(":{\"follows\":true,\"content_type\":\"text/plain\",\"length\":")
          .append(namesAndLengths[i + 1])
          .append('}');
    }
    return json.append("}}").toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void storesADocumentWithWhatFollows() throws Exception {
    var large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    var json = announce("b", "3000000", "a/x", "2");
    var made = send("db/doc", json, "", large, "", bytes("hi"));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(hub.get("db/doc/a/x").body()).isEqualTo("hi");
    var request = HttpRequest.newBuilder(hub.uri("db/doc/b")).build();
    assertThat(hub.http().send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(large);
    assertThat(hub.get("db/doc").text("n")).isEqualTo("1");
    try (var left = Files.list(folder.resolve("uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void findsPartsByTheirNames() throws Exception {
    var made =
        send(
            "db/doc",
            announce("a", "1", "b", "1"),
            "Content-Disposition: attachment; filename=\"b\"",
            bytes("B"),
            "",
            bytes("A"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(hub.get("db/doc/a").body()).isEqualTo("A");
    assertThat(hub.get("db/doc/b").body()).isEqualTo("B");
  }

  @Test
  void unpacksWhatCouchHasPacked() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes("hello"));
    }
    var digest = java.security.MessageDigest.getInstance("MD5").digest(packed.toByteArray());
    var json =
        ("{\"_rev\":\"%s\",\"_attachments\":{\"t\":{\"follows\":true,\"content_type\":\"text/plain\","
                + "\"revpos\":1,\"length\":5,\"encoded_length\":%d,\"encoding\":\"gzip\",\"digest\":\"md5-%s\"}}}")
            .formatted(A, packed.size(), Base64.getEncoder().encodeToString(digest));
    assertThat(send("db/doc?new_edits=false", json, "", packed.toByteArray()).status())
        .isEqualTo(201);
    assertThat(hub.get("db/doc/t").body()).isEqualTo("hello");
    var stub = hub.get("db/doc?att_encoding_info=true").json().getAsJsonObject("_attachments");
    assertThat(stub)
        .hasToString(
            "{\"t\":{\"content_type\":\"text/plain\",\"revpos\":1,"
                + "\"digest\":\"md5-XUFAKrxLKna5cZ2REBfFkg==\",\"length\":5,\"stub\":true}}");
    // The next revision from there names the packed content's digest.
    var next =
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"doc\",\"_revisions\":{\"start\":2,\"ids\":[\"%s\",\"%s\"]},"
                .formatted("b".repeat(32), "a".repeat(32))
            + "\"_attachments\":{\"t\":{\"stub\":true,\"revpos\":1,\"digest\":\"md5-"
            + Base64.getEncoder().encodeToString(digest)
            + "\"}}}]}";
    assertThat(hub.post("db/_bulk_docs", next).body()).isEqualTo("[]\n");
    assertThat(hub.get("db/doc/t").body()).isEqualTo("hello");
    assertThat(send("db/bad", json.replace(A, "1-b"), "", bytes("not gzip!")).status())
        .isEqualTo(400);
  }

  @Test
  void refusesBodiesThatAreWrong() throws Exception {
    var one = announce("a", "2");
    assertThat(send("db/x", one, "", bytes("h")).error())
        .isEqualTo("400 bad_request: Attachment a is not as long as expected: 1");
    assertThat(send("db/x", one).error())
        .isEqualTo("400 bad_request: The part of attachment a is missing");
    assertThat(send("db/x", one, "", bytes("hi"), "", bytes("x")).error())
        .isEqualTo("400 bad_request: The body has more parts than the document announces");
    var wrongDigest = one.replace("\"length\":2", "\"digest\":\"md5-XUFAKrxLKna5cZ2REBfFkg==\"");
    assertThat(send("db/x", wrongDigest, "", bytes("hi")).error())
        .isEqualTo("400 content_md5_mismatch: Possible message corruption.");
    assertThat(send("db/x", announce("_a", "2"), "", bytes("hi")).error())
        .contains("starts with prohibited character '_'");
    assertThat(send("db/x", "7").error())
        .isEqualTo("400 bad_request: Document must be a JSON object");
    assertThat(send("db/x", "{", "", bytes("hi")).error())
        .isEqualTo("400 bad_request: invalid UTF-8 JSON");
    var related = "multipart/related; boundary=b";
    assertThat(
            send("db/x", related, bytes("--b\r\nContent-Type: text/plain\r\n\r\n{}\r\n--b--"))
                .error())
        .isEqualTo("415 bad_content_type: Content-Type must be application/json");
    assertThat(send("db/x", related, bytes("--b--")).error())
        .isEqualTo("400 bad_request: The body has no document");
    var cut = "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b";
    assertThat(send("db/x", related, bytes(cut)).status()).isEqualTo(400);
    assertThat(send("db/x", related, bytes("nothing of the kind")).status()).isEqualTo(400);
    assertThat(send("db/x", "multipart/related", bytes(cut)).error())
        .isEqualTo("400 bad_request: Content-Type has no usable boundary");
    assertThat(hub.get("db").text("update_seq")).startsWith("0-");
    try (var left = Files.list(folder.resolve("uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusesWhatIsTooLargePackedOrNot() throws Exception {
    var limits = new HubConfig.Limits(500, 1_000, 2_000, 100, 60_000, 1_000);
    hub.close();
    hub = new HubFixture(folder.resolve("small"), config -> config.withLimits(limits));
    hub.put("db", "");
    assertThat(send("db/x", announce("a", "2001"), "", new byte[2_001]).error())
        .isEqualTo("413 attachment_too_large: a");
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[100_000]);
    }
    var json = announce("a", "100000").replace("\"length\"", "\"encoding\":\"gzip\",\"length\"");
    var packed = json.replace("\"length\"", "\"encoded_length\":" + bomb.size() + ",\"length\"");
    assertThat(send("db/x", packed, "", bomb.toByteArray()).error())
        .isEqualTo("413 attachment_too_large: a");
    assertThat(send("db/x", "{\"a\":\"" + "x".repeat(600) + "\"}").status()).isEqualTo(413);
    assertThat(send("db/x", "{\"a\":\"" + "x".repeat(1_600) + "\"}").status()).isEqualTo(413);
  }

  // -- out -------------------------------------------------------------------------------------

  private HttpResponse<byte[]> fetch(String path, String accept) throws Exception {
    var request = HttpRequest.newBuilder(hub.uri(path)).header("Accept", accept).build();
    return hub.http().send(request, BodyHandlers.ofByteArray());
  }

  /** A part as it came. */
  private static final class Part {
    private final MultipartReader.Headers headers;
    private final byte[] content;

    Part(MultipartReader.Headers headers, byte[] content) {
      this.headers = headers;
      this.content = content;
    }

    MultipartReader.Headers headers() {
      return headers;
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    List<Part> parts() throws IOException {
      return split(headers.get("Content-Type").orElseThrow(), content);
    }
  }

  private static List<Part> split(String type, byte[] body) throws IOException {
    var parts = new ArrayList<Part>();
    MultipartReader.read(
        new ByteArrayInputStream(body),
        MultipartReader.boundary(type),
        headers ->
            new ByteArrayOutputStream() {
              @Override
              public void close() {
                parts.add(new Part(headers, toByteArray()));
              }
            });
    return parts;
  }

  private static List<Part> parts(HttpResponse<byte[]> response) throws IOException {
    return split(response.headers().firstValue("Content-Type").orElseThrow(), response.body());
  }

  @Test
  void givesADocumentWithItsContents() throws Exception {
    send("db/doc", announce("a \"b\"", "2"), "", bytes("hi"));
    var answer = fetch("db/doc?attachments=true", "multipart/related");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).isPresent();
    var parts = parts(answer);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).text()).contains("\"n\":1", "\"follows\":true", "\"length\":2");
    assertThat(parts.get(1).headers().filename()).contains("a \"b\"");
    assertThat(parts.get(1).headers().get("Content-Type")).contains("text/plain");
    assertThat(parts.get(1).text()).isEqualTo("hi");
    // What it gives it takes.
    var type = answer.headers().firstValue("Content-Type").orElseThrow();
    assertThat(send("db/doc2?new_edits=false", type, answer.body()).status()).isEqualTo(201);
    assertThat(hub.get("db/doc2/a%20%22b%22").body()).isEqualTo("hi");
    assertThat(fetch("db/doc?attachments=true", "*/*").headers().firstValue("Content-Type"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("multipart/related"));
    hub.put("db/plain", "{}");
    assertThat(fetch("db/plain?attachments=true", "*/*").headers().firstValue("Content-Type"))
        .contains("application/json");
  }

  @Test
  void leavesOutContentsThatTheClientHas() throws Exception {
    var first = send("db/doc", announce("a", "2"), "", bytes("hi")).text("rev");
    hub.send(
        HttpRequest.newBuilder(hub.uri("db/doc/b?rev=" + first))
            .PUT(BodyPublishers.ofString("new")));
    var since = java.net.URLEncoder.encode("[\"" + first + "\"]", StandardCharsets.UTF_8);
    var attachments =
        hub.getJson("db/doc?atts_since=" + since).json().getAsJsonObject("_attachments");
    assertThat(attachments.getAsJsonObject("a").has("stub")).isTrue();
    assertThat(attachments.getAsJsonObject("b").get("data").getAsString()).isEqualTo("bmV3");
    var parts = parts(fetch("db/doc?atts_since=" + since, "multipart/related"));
    assertThat(parts).hasSize(2);
    assertThat(parts.get(1).text()).isEqualTo("new");
  }

  @Test
  void givesSeveralRevisionsAsMixed() throws Exception {
    send(
        "db/doc?new_edits=false",
        announce("a", "2").replace("\"n\"", "\"_rev\":\"" + A + "\",\"n\""),
        "",
        bytes("hi"));
    hub.put("db/doc?new_edits=false", "{\"_rev\":\"1-" + "b".repeat(32) + "\"}");
    var revs = java.net.URLEncoder.encode("[\"" + A + "\",\"9-x\"]", StandardCharsets.UTF_8);
    var parts = parts(fetch("db/doc?revs=true&open_revs=" + revs, "multipart/mixed"));
    assertThat(parts).hasSize(2);
    var inner = parts.get(0).parts();
    assertThat(inner.get(0).text()).contains("\"_revisions\"", "\"follows\":true");
    assertThat(inner.get(1).text()).isEqualTo("hi");
    assertThat(parts.get(1).headers().get("Content-Type"))
        .contains("application/json; error=\"true\"");
    assertThat(parts.get(1).text()).isEqualTo("{\"missing\":\"9-x\"}");
    var all = parts(fetch("db/doc?open_revs=all", "*/*"));
    assertThat(all).hasSize(2);
    assertThat(hub.getJson("db/doc?open_revs=all").array()).hasSize(2);
    assertThat(fetch("db/none?open_revs=all", "*/*").statusCode()).isEqualTo(404);
  }

  @Test
  void givesManyDocumentsAsMixed() throws Exception {
    send("db/doc", announce("a", "2"), "", bytes("hi"));
    hub.put("db/plain", "{}");
    var request =
        HttpRequest.newBuilder(hub.uri("db/_bulk_get"))
            .header("Accept", "multipart/mixed")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"docs\":[{\"id\":\"doc\"},{\"id\":\"plain\"},{\"id\":\"x\"}]}"))
            .build();
    var parts = parts(hub.http().send(request, BodyHandlers.ofByteArray()));
    assertThat(parts).hasSize(3);
    assertThat(parts.get(0).headers().get("X-Doc-Id")).contains("doc");
    assertThat(parts.get(0).parts().get(1).text()).isEqualTo("hi");
    assertThat(parts.get(1).text()).contains("\"_id\":\"plain\"");
    assertThat(parts.get(2).text())
        .isEqualTo(
            "{\"id\":\"x\",\"rev\":\"undefined\",\"error\":\"not_found\",\"reason\":\"missing\"}");
  }
}
