package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The changes feed, asked for once and listened to. */
@Timeout(60)
class ChangesTest {
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

  /** A client that reads lines as they come, and can go away at any time. */
  private final class Listener implements AutoCloseable {
    final Socket socket;
    final BufferedReader lines;

    Listener(String parameters) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port());
      var head = "GET /db/_changes?" + parameters + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).contains("200");
    }

    /** The next line that is JSON, without the framing around it; null at the end. */
    JsonObject next() throws IOException {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{")) {
          return JsonParser.parseString(line).getAsJsonObject();
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private JsonArray results(String parameters) {
    return hub.get("db/_changes?" + parameters).json().getAsJsonArray("results");
  }

  private static List<String> ids(JsonArray results) {
    return results.asList().stream()
        .map(row -> row.getAsJsonObject().get("id").getAsString())
        .toList();
  }

  @Test
  void listsWhatChanged() {
    hub.put("db/a", "{\"n\":1}");
    var rev = hub.put("db/b", "{}").text("rev");
    var gone = hub.delete("db/b?rev=" + rev).text("rev");
    var answer = hub.get("db/_changes").json();
    var rows = answer.getAsJsonArray("results");
    assertThat(ids(rows)).containsExactly("a", "b");
    assertThat(rows.get(1).getAsJsonObject().get("deleted").getAsBoolean()).isTrue();
    assertThat(rows.get(1).getAsJsonObject().get("changes"))
        .hasToString("[{\"rev\":\"" + gone + "\"}]");
    var last = answer.get("last_seq").getAsString();
    assertThat(last).isEqualTo(rows.get(1).getAsJsonObject().get("seq").getAsString());
    assertThat(answer.get("pending").getAsInt()).isZero();
    assertThat(results("since=" + last)).isEmpty();
    assertThat(results("since=now")).isEmpty();
    assertThat(ids(results("descending=true"))).containsExactly("b", "a");
    var first = hub.get("db/_changes?limit=1").json();
    assertThat(first.get("pending").getAsInt()).isEqualTo(1);
    assertThat(ids(results("since=" + first.get("last_seq").getAsString()))).containsExactly("b");
    assertThat(
            results("include_docs=true").get(0).getAsJsonObject().getAsJsonObject("doc").get("n"))
        .hasToString("1");
  }

  @Test
  void showsAllLeavesWhenAsked() {
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + A + "\"}");
    hub.put("db/a?new_edits=false", "{\"_rev\":\"" + B + "\"}");
    assertThat(results("").get(0).getAsJsonObject().getAsJsonArray("changes")).hasSize(1);
    assertThat(results("style=all_docs").get(0).getAsJsonObject().get("changes"))
        .hasToString("[{\"rev\":\"%s\"},{\"rev\":\"%s\"}]".formatted(B, A));
    assertThat(hub.get("db/_changes?style=x").text("error")).isEqualTo("query_parse_error");
  }

  @Test
  void followsSomeDocumentsOnly() {
    for (var id : List.of("a", "b", "c")) {
      hub.put("db/" + id, "{}");
    }
    var some = hub.post("db/_changes?filter=_doc_ids", "{\"doc_ids\":[\"c\",\"a\"]}");
    assertThat(ids(some.json().getAsJsonArray("results"))).containsExactly("a", "c");
    assertThat(ids(results("filter=_doc_ids&doc_ids=%5B%22b%22%5D"))).containsExactly("b");
    assertThat(hub.post("db/_changes?filter=_doc_ids", "{}").status()).isEqualTo(400);
    assertThat(hub.get("db/_changes?filter=x").error())
        .isEqualTo("400 bad_request: filter parameter must be of the form `designname/filtername`");
    assertThat(hub.get("db/_changes?filter=x/y").status()).isEqualTo(404);
    assertThat(hub.get("db/_changes?filter=_selector").error())
        .isEqualTo("400 bad_request: Selector must be specified in POST payload");
    assertThat(hub.get("db/_changes?filter=_nothing").error())
        .isEqualTo("400 bad_request: unknown builtin filter name");
  }

  @Test
  void takesNoSequenceButItsOwn() {
    hub.put("db/a", "{}");
    var malformed = "400 bad_request: Malformed sequence supplied in 'since' parameter.";
    assertThat(hub.get("db/_changes?since=5").error()).isEqualTo(malformed);
    assertThat(hub.get("db/_changes?since=x-y-z!").error()).isEqualTo(malformed);
    var before = hub.get("db").text("update_seq");
    hub.delete("db");
    hub.put("db", "");
    hub.put("db/b", "{}");
    // From before the database was made anew: everything is new.
    assertThat(ids(results("since=" + before))).containsExactly("b");
  }

  @Test
  void longPollAnswersAtOnceWhenThereIsSomething() {
    hub.put("db/a", "{}");
    assertThat(ids(results("feed=longpoll"))).containsExactly("a");
  }

  @Test
  void longPollWaitsForTheNextChange() throws Exception {
    hub.put("db/a", "{}");
    var since = hub.get("db").text("update_seq");
    var poll =
        CompletableFuture.supplyAsync(
            () -> hub.get("db/_changes?feed=longpoll&heartbeat=50&since=" + since),
            Executors.newVirtualThreadPerTaskExecutor());
    hub.put("db/b", "{}");
    var answer = poll.get(20, TimeUnit.SECONDS).json();
    assertThat(ids(answer.getAsJsonArray("results"))).containsExactly("b");
    assertThat(answer.get("last_seq").getAsString()).isEqualTo(hub.get("db").text("update_seq"));
  }

  @Test
  void longPollEndsEmptyAfterItsTime() {
    var answer = hub.get("db/_changes?feed=longpoll&timeout=100").json();
    assertThat(answer.getAsJsonArray("results")).isEmpty();
    assertThat(answer.get("last_seq").getAsString()).startsWith("0-");
    assertThat(answer.get("pending").getAsInt()).isZero();
  }

  @Test
  void longPollForSomeDocumentsSleepsThroughOthers() throws Exception {
    var poll =
        CompletableFuture.supplyAsync(
            () -> hub.get("db/_changes?feed=longpoll&filter=_doc_ids&doc_ids=%5B%22b%22%5D"),
            Executors.newVirtualThreadPerTaskExecutor());
    hub.put("db/a", "{}");
    hub.put("db/b", "{}");
    assertThat(ids(poll.get(20, TimeUnit.SECONDS).json().getAsJsonArray("results")))
        .containsExactly("b");
  }

  @Test
  void continuousFeedShowsOldAndNew() throws Exception {
    hub.put("db/a", "{}");
    try (var listener = new Listener("feed=continuous&include_docs=true&heartbeat=1000")) {
      assertThat(listener.next().get("id").getAsString()).isEqualTo("a");
      hub.put("db/b", "{\"n\":2}");
      var row = listener.next();
      assertThat(row.get("id").getAsString()).isEqualTo("b");
      assertThat(row.getAsJsonObject("doc").get("n").getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void continuousFeedEndsAfterItsLimitOrTime() throws Exception {
    IntStream.range(0, 3).forEach(n -> hub.put("db/" + n, "{}"));
    try (var listener = new Listener("feed=continuous&limit=2")) {
      listener.next();
      var second = listener.next();
      var end = listener.next();
      assertThat(end.get("last_seq")).isEqualTo(second.get("seq"));
      assertThat(end.get("pending").getAsInt()).isEqualTo(1);
    }
    try (var listener = new Listener("feed=continuous&since=now&timeout=100")) {
      assertThat(listener.next().get("last_seq").getAsString())
          .isEqualTo(hub.get("db").text("update_seq"));
    }
  }

  @Test
  void continuousFeedCatchesUpWithMuch() throws Exception {
    for (var i = 0; i < 3; i++) {
      hub.post("db/_bulk_docs", "{\"docs\":[" + "{},".repeat(999) + "{}]}");
    }
    try (var listener = new Listener("feed=continuous&limit=3000")) {
      var count = 0;
      for (var row = listener.next(); row.has("id"); row = listener.next()) {
        count++;
      }
      assertThat(count).isEqualTo(3000);
    }
  }

  @Test
  void heartbeatsKeepAFeedAlive() throws Exception {
    try (var listener = new Listener("feed=continuous&heartbeat=50")) {
      var empty = 0;
      while (empty < 5) {
        empty += listener.lines.readLine().isEmpty() ? 1 : 0;
      }
      hub.put("db/a", "{}");
      assertThat(listener.next().get("id").getAsString()).isEqualTo("a");
    }
  }

  @Test
  void aThousandListenersHearOfOneWrite() throws Exception {
    var listeners = new ArrayList<Listener>();
    try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 1_000; i++) {
        listeners.add(new Listener("feed=continuous&since=now&heartbeat=60000"));
      }
      var heard = listeners.stream().map(each -> readers.submit(each::next)).toList();
      var rev = hub.put("db/head", "{}").text("rev");
      for (var each : heard) {
        assertThat(each.get(30, TimeUnit.SECONDS).get("changes"))
            .hasToString("[{\"rev\":\"" + rev + "\"}]");
      }
    } finally {
      for (var listener : listeners) {
        listener.close();
      }
    }
  }

  @Test
  void noticesClientsThatHaveGone() throws Exception {
    for (var i = 0; i < 20; i++) {
      new Listener("feed=continuous&heartbeat=50").close();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> hub.hub.listeners() == 0);
    assertThat(hub.put("db/a", "{}").status()).isEqualTo(201);
  }

  @Test
  void aClientThatDoesNotReadHindersNobody() throws Exception {
    try (var deaf = new Listener("feed=continuous&include_docs=true&heartbeat=1000");
        var listener = new Listener("feed=continuous&heartbeat=1000")) {
      var large = "{\"x\":\"" + "x".repeat(1_000_000) + "\"}";
      for (var i = 0; i < 20; i++) {
        hub.put("db/" + i, large);
        assertThat(listener.next().get("id").getAsString()).isEqualTo("" + i);
      }
      for (var i = 0; i < 20; i++) {
        assertThat(deaf.next().get("id").getAsString()).isEqualTo("" + i);
      }
    }
  }

  @Test
  void feedsEndWhenTheDatabaseGoes() throws Exception {
    try (var listener = new Listener("feed=continuous&heartbeat=60000")) {
      hub.put("db/a", "{}");
      listener.next();
      hub.delete("db");
      assertThat(listener.next().has("last_seq")).isTrue();
      // The last chunk: the answer is over, the connection may serve another.
      assertThat(listener.lines.readLine()).isEmpty();
      assertThat(listener.lines.readLine()).isEqualTo("0");
    }
  }

  @Test
  void feedsEndWhenTheHubCloses() throws Exception {
    try (var listener = new Listener("feed=continuous&heartbeat=60000");
        var poll = new Listener("feed=longpoll&heartbeat=60000")) {
      var last = hub.get("db").text("update_seq");
      hub.hub.close();
      assertThat(listener.next().get("last_seq").getAsString()).isEqualTo(last);
      assertThat(listener.next()).isNull();
      assertThat(poll.lines.lines().toList()).anyMatch(line -> line.contains("last_seq"));
    }
  }
}
