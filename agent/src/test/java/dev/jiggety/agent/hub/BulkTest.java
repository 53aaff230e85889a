package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many documents at once, in and out. */
class BulkTest {
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

  private void fill(int count) {
    var docs =
        IntStream.range(0, count)
            .mapToObj("{\"_id\":\"%04d\",\"n\":1}"::formatted)
            .collect(Collectors.joining(","));
    assertThat(hub.post("db/_bulk_docs", "{\"docs\":[" + docs + "]}").status()).isEqualTo(201);
  }

  private List<String> ids(String path) {
    return ids(hub.get(path));
  }

  private static List<String> ids(HubFixture.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getAsJsonArray("rows").asList().stream()
        .map(row -> row.getAsJsonObject().get("key").getAsString())
        .toList();
  }

  @Test
  void storesABatchWithAnAnswerForEach() {
    hub.put("db/b", "{}");
    var answer =
        hub.post("db/_bulk_docs", "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\"},{\"n\":1}]}");
    assertThat(answer.status()).isEqualTo(201);
    var rows = answer.array();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).getAsJsonObject().get("ok").getAsBoolean()).isTrue();
    assertThat(rows.get(1))
        .hasToString(
            "{\"id\":\"b\",\"error\":\"conflict\",\"reason\":\"Document update conflict.\"}");
    assertThat(rows.get(2).getAsJsonObject().get("id").getAsString()).hasSize(32);
  }

  @Test
  void takesReplicatedRevisionsAndAnswersWithFailuresOnly() {
    var batch =
        "{\"new_edits\":false,\"docs\":[{\"_id\":\"a\",\"_rev\":\""
            + A
            + "\",\"n\":1},"
            + "{\"_id\":\"a\",\"_revisions\":{\"start\":2,\"ids\":[\"%s\",\"%s\"]},\"n\":2}]}"
                .formatted("c".repeat(32), "b".repeat(32));
    assertThat(hub.post("db/_bulk_docs", batch).body()).isEqualTo("[]\n");
    assertThat(hub.post("db/_bulk_docs", batch).body()).isEqualTo("[]\n");
    assertThat(hub.get("db/a?conflicts=true").json().get("_conflicts"))
        .hasToString("[\"" + A + "\"]");
    assertThat(hub.get("db").text("update_seq")).startsWith("2-");
    assertThat(
            hub.post("db/_bulk_docs", "{\"new_edits\":false,\"docs\":[{\"_id\":\"x\"}]}").status())
        .isEqualTo(400);
  }

  @Test
  void storesNothingOfABatchThatIsWrongSomewhere() {
    for (var batch :
        List.of(
            "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"_b\"}]}",
            "{\"docs\":[{\"_id\":\"a\"},{\"_id\":\"b\",\"_wrong\":1}]}",
            "{\"docs\":[{\"_id\":\"a\"},7]}",
            "{\"docs\":[{\"_id\":\"a\"}]} x",
            "{\"docs\":[{\"_id\":\"a\"}",
            "{\"docs\":{\"_id\":\"a\"}}",
            "{\"new_edits\":\"x\",\"docs\":[{\"_id\":\"a\"}]}",
            "{}",
            "")) {
      assertThat(hub.post("db/_bulk_docs", batch).status()).as(batch).isEqualTo(400);
    }
    assertThat(hub.get("db").text("update_seq")).startsWith("0-");
  }

  @Test
  void storesNothingOfABatchThatIsCutOff() throws Exception {
    var docs = "{\"docs\":[" + "{\"n\":1},".repeat(5_000);
    for (var framing : List.of("Content-Length: 10000000", "Transfer-Encoding: chunked")) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port())) {
        var chunk = framing.startsWith("T") ? Integer.toHexString(docs.length()) + "\r\n" : "";
        var head =
            "POST /db/_bulk_docs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + framing
                + "\r\n\r\n"
                + chunk;
        socket.getOutputStream().write((head + docs).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
    }
    // A whole batch after the cut ones: the hub is well, and has stored this one alone.
    fill(1);
    assertThat(hub.get("db").text("doc_count")).isEqualTo("1");
    await()
        .during(java.time.Duration.ofMillis(200))
        .until(() -> hub.get("db").text("doc_count").equals("1"));
  }

  @Test
  void tellsWhichRevisionsItLacks() {
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + A + "\"}");
    var answer =
        hub.post("db/_revs_diff", "{\"a\":[\"" + A + "\",\"2-x\"],\"b\":[\"" + B + "\"],\"c\":[]}");
    assertThat(answer.json())
        .hasToString(
            ("{\"a\":{\"missing\":[\"2-x\"],\"possible_ancestors\":[\"%s\"]},"
                    + "\"b\":{\"missing\":[\"%s\"]}}")
                .formatted(A, B));
    assertThat(hub.post("db/_missing_revs", "{\"b\":[\"" + B + "\"]}").json())
        .hasToString("{\"missing_revs\":{\"b\":[\"" + B + "\"]}}");
    assertThat(hub.post("db/_revs_diff", "{\"a\":1}").status()).isEqualTo(400);
    assertThat(hub.post("db/_revs_diff", "{\"a\":[\"x\"]}").error())
        .isEqualTo("400 bad_request: Invalid rev format");
  }

  @Test
  void givesManyDocumentsAtOnce() {
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + A + "\"}");
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + B + "\"}");
    var answer =
        hub.post(
            "db/_bulk_get?revs=true",
            "{\"docs\":[{\"id\":\"a\"},{\"id\":\"a\",\"rev\":\"%s\"},{\"id\":\"x\"}]}"
                .formatted(A));
    var results = answer.json().getAsJsonArray("results");
    assertThat(docs(results, 0)).hasSize(2);
    assertThat(docs(results, 1)).hasSize(1);
    assertThat(docs(results, 1).get(0))
        .hasToString(
            "{\"ok\":{\"_id\":\"a\",\"_rev\":\"%s\",\"_revisions\":{\"start\":1,\"ids\":[\"%s\"]}}}"
                .formatted(A, A.substring(2)));
    assertThat(docs(results, 2).get(0))
        .hasToString(
            "{\"error\":{\"id\":\"x\",\"rev\":\"undefined\",\"error\":\"not_found\","
                + "\"reason\":\"missing\"}}");
    assertThat(hub.post("db/_bulk_get", "{}").status()).isEqualTo(400);
  }

  private static JsonArray docs(JsonArray results, int index) {
    JsonElement result = results.get(index);
    return result.getAsJsonObject().getAsJsonArray("docs");
  }

  @Test
  void listsDocumentsInRanges() {
    fill(10);
    var all = hub.get("db/_all_docs").json();
    assertThat(all.get("total_rows").getAsInt()).isEqualTo(10);
    assertThat(all.get("offset").getAsInt()).isZero();
    assertThat(ids("db/_all_docs?startkey=%220003%22&endkey=%220005%22"))
        .containsExactly("0003", "0004", "0005");
    assertThat(ids("db/_all_docs?start_key=%220003%22&end_key=%220005%22&inclusive_end=false"))
        .containsExactly("0003", "0004");
    assertThat(ids("db/_all_docs?descending=true&startkey=%220005%22&limit=2&skip=1"))
        .containsExactly("0004", "0003");
    assertThat(ids("db/_all_docs?key=%220007%22")).containsExactly("0007");
    assertThat(ids("db/_all_docs?limit=0")).isEmpty();
    assertThat(hub.get("db/_all_docs?startkey=%22b%22&endkey=%22a%22").text("error"))
        .isEqualTo("query_parse_error");
    assertThat(hub.get("db/_all_docs?limit=x").error())
        .isEqualTo("400 query_parse_error: Invalid value for integer: \"x\"");
    assertThat(hub.get("db/_all_docs?limit=-1").text("error")).isEqualTo("query_parse_error");
    assertThat(hub.get("db/_all_docs?startkey=b").error())
        .isEqualTo("400 bad_request: invalid UTF-8 JSON");
  }

  @Test
  void listsDocumentsByKey() {
    fill(3);
    var rev = hub.get("db/0001").text("_rev");
    var gone = hub.delete("db/0001?rev=" + rev).text("rev");
    var answer =
        hub.post("db/_all_docs?include_docs=true", "{\"keys\":[\"0002\",\"x\",\"0001\",\"0002\"]}");
    assertThat(ids(answer)).containsExactly("0002", "x", "0001", "0002");
    var rows = answer.json().getAsJsonArray("rows");
    assertThat(rows.get(0).getAsJsonObject().getAsJsonObject("doc").get("n").getAsInt())
        .isEqualTo(1);
    assertThat(rows.get(1)).hasToString("{\"key\":\"x\",\"error\":\"not_found\"}");
    assertThat(rows.get(2))
        .hasToString(
            "{\"id\":\"0001\",\"key\":\"0001\",\"value\":{\"rev\":\"%s\",\"deleted\":true},\"doc\":null}"
                .formatted(gone));
    assertThat(ids("db/_all_docs?keys=%5B%220000%22%5D")).containsExactly("0000");
    assertThat(ids(hub.post("db/_all_docs", "{\"startkey\":\"0002\",\"limit\":1}")))
        .containsExactly("0002");
    assertThat(hub.post("db/_all_docs", "{\"keys\":1}").error())
        .isEqualTo("400 bad_request: `keys` body member must be an array.");
  }

  @Test
  void streamsWhatIsLong() {
    for (var i = 0; i < 4; i++) {
      var docs =
          IntStream.range(0, 1000)
              .mapToObj(n -> "{\"text\":\"" + "x".repeat(500) + "\"}")
              .collect(Collectors.joining(","));
      hub.post("db/_bulk_docs", "{\"docs\":[" + docs + "]}");
    }
    assertThat(ids("db/_all_docs?include_docs=true")).hasSize(4000).isSorted();
  }

  @Test
  void refusesBodiesThatAreTooLargePackedOrNot() throws Exception {
    var limits = new HubConfig.Limits(500, 1_000, 2_000, 100, 60_000, 1_000);
    try (var small = new HubFixture(folder.resolve("small"), config -> config.withLimits(limits))) {
      small.put("db", "");
      var tooLarge = "413 too_large: the request entity is too large";
      var body = "{\"docs\":[" + "{},".repeat(1_000) + "{}]}";
      assertThat(small.post("db/_bulk_docs", body).error()).isEqualTo(tooLarge);
      var packed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(packed)) {
        gzip.write(body.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(packed.size()).isLessThan(1_000);
      var request =
          HttpRequest.newBuilder(small.uri("db/_bulk_docs"))
              .header("Content-Type", "application/json")
              .header("Content-Encoding", "gzip")
              .POST(BodyPublishers.ofByteArray(packed.toByteArray()));
      assertThat(small.send(request).error()).isEqualTo(tooLarge);
      assertThat(small.put("db/a/t", "x".repeat(2_001)).error()).isEqualTo(tooLarge);
      assertThat(small.get("db").text("update_seq")).startsWith("0-");
    }
  }
}
