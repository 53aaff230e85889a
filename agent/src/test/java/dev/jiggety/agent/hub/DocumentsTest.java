package dev.jiggety.agent.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One document at a time. */
class DocumentsTest {
  private static final String A = "1-" + "a".repeat(32);
  private static final String B = "1-" + "b".repeat(32);

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

  @Test
  void writesReadsChangesAndDeletes() {
    var made = hub.put("db/a", "{\"n\":1}");
    assertThat(made.status()).isEqualTo(201);
    var rev = made.text("rev");
    assertThat(made.body()).isEqualTo("{\"ok\":true,\"id\":\"a\",\"rev\":\"" + rev + "\"}\n");
    assertThat(made.header("ETag")).isEqualTo("\"" + rev + "\"");
    assertThat(made.header("Location")).isEqualTo(hub.hub.url() + "db/a");
    assertThat(hub.get("db/a").body())
        .isEqualTo("{\"_id\":\"a\",\"_rev\":\"" + rev + "\",\"n\":1}\n");

    var second = hub.put("db/a", "{\"_rev\":\"" + rev + "\",\"n\":2}").text("rev");
    assertThat(second).startsWith("2-");
    assertThat(hub.get("db/a?rev=" + rev).text("n")).isEqualTo("1");
    var gone = hub.delete("db/a?rev=" + second);
    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.text("rev")).startsWith("3-");
  }

  @Test
  void tellsMissingFromDeleted() {
    assertThat(hub.get("db/a").error()).isEqualTo("404 not_found: missing");
    assertThat(hub.delete("db/a?rev=" + A).error()).isEqualTo("404 not_found: missing");
    var rev = hub.put("db/a", "{}").text("rev");
    var last = hub.delete("db/a?rev=" + rev).text("rev");
    assertThat(hub.get("db/a").error()).isEqualTo("404 not_found: deleted");
    assertThat(hub.delete("db/a?rev=" + last).error()).isEqualTo("404 not_found: deleted");
    assertThat(hub.get("db/a?rev=" + last).json().get("_deleted").getAsBoolean()).isTrue();
    assertThat(hub.get("db/a?rev=" + B).error()).isEqualTo("404 not_found: missing");
    assertThat(hub.put("db/a", "{\"n\":1}").text("rev")).startsWith("3-");
  }

  @Test
  void refusesWhatRestsOnAnOldRevision() {
    var rev = hub.put("db/a", "{}").text("rev");
    var conflict = "409 conflict: Document update conflict.";
    assertThat(hub.put("db/a", "{}").error()).isEqualTo(conflict);
    assertThat(hub.put("db/a?rev=" + A, "{}").error()).isEqualTo(conflict);
    assertThat(hub.delete("db/a").error()).isEqualTo(conflict);
    assertThat(hub.delete("db/a?rev=" + A).error()).isEqualTo(conflict);
    assertThat(hub.put("db/a?rev=x", "{}").error())
        .isEqualTo("400 bad_request: Invalid rev format");
    assertThat(hub.put("db/a?rev=" + rev, "{\"_rev\":\"" + A + "\"}").status()).isEqualTo(400);
    var ifMatch = hub.request("PUT", "db/a", "{}").header("If-Match", "\"" + rev + "\"");
    assertThat(hub.send(ifMatch).status()).isEqualTo(201);
  }

  @Test
  void sendsNothingTwice() {
    var rev = hub.put("db/a", "{}").text("rev");
    var tag = "\"" + rev + "\"";
    assertThat(hub.get("db/a").header("ETag")).isEqualTo(tag);
    var again = hub.send(hub.request("GET", "db/a", "").header("If-None-Match", tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    var head = hub.send(hub.request("HEAD", "db/a", ""));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo(tag);
  }

  @Test
  void takesIdsWithEverythingInThem() {
    for (var id : new String[] {"test:1", "a%2Fb", "a%2Bb", "a%20b", "%C3%A4%E2%82%AC", "a%25b"}) {
      assertThat(hub.put("db/" + id, "{}").status()).as(id).isEqualTo(201);
      assertThat(hub.get("db/" + id).status()).as(id).isEqualTo(200);
    }
    assertThat(hub.get("db/a%2Fb").text("_id")).isEqualTo("a/b");
    assertThat(hub.get("db/a%2Bb").text("_id")).isEqualTo("a+b");
    assertThat(hub.get("db/a+b").text("_id")).isEqualTo("a b");
    assertThat(hub.get("db/%C3%A4%E2%82%AC").text("_id")).isEqualTo("ä€");
    assertThat(hub.put("db/_x", "{}").error())
        .isEqualTo("400 illegal_docid: Only reserved document ids may start with underscore.");
    assertThat(hub.put("db/%00", "{}").status()).isEqualTo(400);
    assertThat(hub.put("db/%FF", "{}").status()).isEqualTo(400);
  }

  @Test
  void knowsDesignDocumentsByBothSpellings() {
    var made = hub.put("db/_design/d", "{}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).endsWith("/db/_design/d");
    assertThat(hub.get("db/_design%2Fd").text("_id")).isEqualTo("_design/d");
    assertThat(hub.get("db/_design_docs").json().getAsJsonArray("rows")).hasSize(1);
  }

  @Test
  void givesIdsToDocumentsWithoutOne() {
    var made = hub.post("db", "{\"n\":1}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("id")).matches("[0-9a-f]{32}");
    assertThat(made.header("Location")).endsWith("/db/" + made.text("id"));
    assertThat(hub.post("db", "{\"_id\":\"mine\"}").text("id")).isEqualTo("mine");
    assertThat(hub.post("db?batch=ok", "{}").status()).isEqualTo(202);
  }

  @Test
  void showsHistoryAndConflicts() {
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + A + "\",\"n\":1}");
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + B + "\",\"n\":2}");
    var winner = hub.get("db/a?conflicts=true&revs=true&revs_info=true&local_seq=true").json();
    assertThat(winner.get("_rev").getAsString()).isEqualTo(B);
    assertThat(winner.get("_conflicts")).hasToString("[\"" + A + "\"]");
    assertThat(winner.get("_revisions"))
        .hasToString("{\"start\":1,\"ids\":[\"" + "b".repeat(32) + "\"]}");
    assertThat(winner.get("_revs_info"))
        .hasToString("[{\"rev\":\"" + B + "\",\"status\":\"available\"}]");
    assertThat(winner.get("_local_seq").getAsInt()).isEqualTo(2);
    hub.delete("db/a?rev=" + A);
    assertThat(hub.get("db/a?meta=true").json().getAsJsonArray("_deleted_conflicts")).hasSize(1);
    assertThat(hub.get("db/a?conflicts=maybe").error())
        .isEqualTo("400 query_parse_error: Invalid boolean parameter: \"maybe\"");
  }

  @Test
  void showsSeveralRevisionsAtOnce() {
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + A + "\"}");
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + B + "\"}");
    var next = hub.put("db/a?rev=" + B, "{\"n\":2}").text("rev");
    assertThat(hub.getJson("db/a?open_revs=all").body())
        .isEqualTo(
            "[{\"ok\":{\"_id\":\"a\",\"_rev\":\"%s\",\"n\":2}},{\"ok\":{\"_id\":\"a\",\"_rev\":\"%s\"}}]\n"
                .formatted(next, A));
    var some = "%5B%22" + B + "%22,%22" + "9-c" + "%22%5D";
    var answers = hub.getJson("db/a?open_revs=" + some).array();
    assertThat(answers.get(0).getAsJsonObject().getAsJsonObject("ok").get("_rev").getAsString())
        .isEqualTo(B);
    assertThat(answers.get(1)).hasToString("{\"missing\":\"9-c\"}");
    var latest = hub.getJson("db/a?latest=true&open_revs=" + some).array();
    assertThat(latest.get(0).getAsJsonObject().getAsJsonObject("ok").get("_rev").getAsString())
        .isEqualTo(next);
    assertThat(hub.get("db/a?latest=true&rev=" + B).text("_rev")).isEqualTo(next);
  }

  @Test
  void keepsEveryDigitAndCharacter() {
    var body = "{\"big\":9007199254740993,\"exact\":1.10,\"tiny\":1e-400,\"text\":\"\\u0000ä€😀\"}";
    hub.put("db/a", body);
    assertThat(hub.get("db/a").body())
        .contains("9007199254740993", "1.10", "1e-400", "\\u0000ä€😀");
  }

  @Test
  void refusesWhatIsNoJson() {
    var malformed = "400 bad_request: invalid UTF-8 JSON";
    for (var garbage :
        new String[] {"{", "{\"a\":}", "{'a':1}", "{\"a\":1}x", "{\"a\":NaN}", "x"}) {
      assertThat(hub.put("db/a", garbage).error()).as(garbage).isEqualTo(malformed);
    }
    assertThat(hub.put("db/a", "[".repeat(10_000)).error()).isEqualTo(malformed);
    assertThat(hub.put("db/a", "[1]").error())
        .isEqualTo("400 bad_request: Document must be a JSON object");
    assertThat(hub.put("db/a", "{\"_wrong\":1}").error())
        .isEqualTo("400 doc_validation: Bad special document member: _wrong");
    var bytes = new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, '"', '}'};
    var request =
        java.net.http.HttpRequest.newBuilder(hub.uri("db/a"))
            .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(bytes));
    assertThat(hub.send(request).error()).isEqualTo(malformed);
    assertThat(hub.get("db/a").status()).isEqualTo(404);
  }

  @Test
  void wantsJsonToBeCalledJson() {
    var plain =
        java.net.http.HttpRequest.newBuilder(hub.uri("db"))
            .header("Content-Type", "text/plain")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(hub.send(plain).error())
        .isEqualTo("415 bad_content_type: Content-Type must be application/json");
  }

  @Test
  void refusesDocumentsThatAreTooLarge() {
    var large = "{\"x\":\"" + "x".repeat(8_000_000) + "\"}";
    assertThat(hub.put("db/a", large).error()).isEqualTo("413 document_too_large: a");
    assertThat(hub.put("db/_local/a", large).status()).isEqualTo(413);
    assertThat(hub.post("db/_bulk_docs", "{\"docs\":[{\"_id\":\"b\"}," + large + "]}").status())
        .isEqualTo(413);
    assertThat(hub.get("db").text("doc_count")).isEqualTo("0");
    assertThat(hub.put("db/a", "{\"x\":\"" + "x".repeat(7_999_000) + "\"}").status())
        .isEqualTo(201);
  }

  @Test
  void packsWhatIsLarge() throws Exception {
    hub.put("db/a", "{\"x\":\"" + "x".repeat(100_000) + "\"}");
    var request = hub.request("GET", "db/a", "").header("Accept-Encoding", "gzip").build();
    var response = hub.http().send(request, java.net.http.HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.body()).hasSizeLessThan(2_000);
    var unpacked =
        new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(response.body()));
    assertThat(unpacked.readAllBytes()).hasSizeGreaterThan(100_000);

    var body = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(body)) {
      gzip.write("{\"packed\":true}".getBytes(UTF_8));
    }
    var put =
        java.net.http.HttpRequest.newBuilder(hub.uri("db/b"))
            .header("Content-Encoding", "gzip")
            .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    assertThat(hub.send(put).status()).isEqualTo(201);
    assertThat(hub.get("db/b").text("packed")).isEqualTo("true");
  }

  @Test
  void keepsLocalDocumentsToItself() {
    assertThat(hub.get("db/_local/c").error()).isEqualTo("404 not_found: missing");
    var made = hub.put("db/_local/c", "{\"n\":1}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).isEqualTo("{\"ok\":true,\"id\":\"_local/c\",\"rev\":\"0-1\"}\n");
    assertThat(hub.get("db/_local/c").body())
        .isEqualTo("{\"_id\":\"_local/c\",\"_rev\":\"0-1\",\"n\":1}\n");
    assertThat(hub.put("db/_local/c", "{\"_rev\":\"0-1\"}").text("rev")).isEqualTo("0-2");
    assertThat(hub.put("db/_local/c", "{\"_rev\":\"0-1\"}").status()).isEqualTo(409);
    assertThat(hub.get("db/_local%2Fc").status()).isEqualTo(200);
    assertThat(hub.get("db/_changes").json().getAsJsonArray("results")).isEmpty();
    assertThat(hub.delete("db/_local/c").status()).isEqualTo(200);
    assertThat(hub.delete("db/_local/c").status()).isEqualTo(404);
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    hub.put("db/a", "{\"n\":0}");
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var generation = 1; generation <= 5; generation++) {
        var rev = hub.get("db/a").text("_rev");
        var tasks =
            IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(
                    n -> () -> hub.put("db/a?rev=" + rev, "{\"n\":" + n + "}").status())
                .toList();
        var statuses = writers.invokeAll(tasks).stream().map(f -> f.resultNow()).toList();
        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
        assertThat(hub.get("db/a?conflicts=true").json().has("_conflicts")).isFalse();
      }
    }
    assertThat(hub.get("db/a").text("_rev")).startsWith("6-");
  }
}
