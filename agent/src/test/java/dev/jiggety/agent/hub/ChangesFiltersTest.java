package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters that look at documents, and feeds for browsers (CouchDB "/{db}/_changes"). */
class ChangesFiltersTest {
  private static final String DESIGN =
      """
      {"views": {
         "lib": {"colours": "exports.wanted = 'red';"},
         "red": {"map": "function (doc) { if (doc.colour === 'red') emit(null); }"}},
       "filters": {
         "colour": "function (doc, req) { return doc.colour === req.query.colour; }",
         "mine": "function (doc, req) { return doc.owner === req.userCtx.name; }",
         "gone": "function (doc) { return !!doc._deleted; }",
         "broken": "function (doc) { return nothing.at.all; }",
         "nonsense": "function ("}}
      """;

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(folder);
    hub.put("db", "");
    hub.put("db/_design/d", DESIGN);
    hub.put("db/a", "{\"colour\":\"red\"}");
    hub.put("db/b", "{\"colour\":\"blue\"}");
    hub.put("db/c", "{\"colour\":\"red\"}");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static List<String> ids(JsonArray rows) {
    var ids = new ArrayList<String>();
    rows.forEach(row -> ids.add(row.getAsJsonObject().get("id").getAsString()));
    return ids;
  }

  private List<String> ids(String parameters) {
    return ids(hub.get("db/_changes?" + parameters).json().getAsJsonArray("results"));
  }

  private List<String> selected(String selector) {
    var answer = hub.post("db/_changes?filter=_selector", "{\"selector\":" + selector + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return ids(answer.json().getAsJsonArray("results"));
  }

  @Test
  void bySelector() {
    assertThat(selected("{\"colour\":\"red\"}")).containsExactly("a", "c");
    assertThat(selected("{\"_id\":{\"$gt\":\"a\"}}")).containsExactly("b", "c");
    assertThat(selected("{}")).hasSize(4);
    assertThat(
            hub.post("db/_changes?filter=_selector", "{\"selector\":{\"a\":{\"$no\":1}}}").status())
        .isEqualTo(400);
  }

  @Test
  void byDesignDocuments() {
    assertThat(ids("filter=_design")).containsExactly("_design/d");
    assertThat(ids("filter=_design&style=all_docs")).containsExactly("_design/d");
  }

  @Test
  void byFunction() {
    assertThat(ids("filter=d/colour&colour=red")).containsExactly("a", "c");
    assertThat(ids("filter=d/colour&colour=blue")).containsExactly("b");
    assertThat(ids("filter=d/mine")).isEmpty();
    var rev = hub.get("db/a").text("_rev");
    hub.delete("db/a?rev=" + rev);
    assertThat(ids("filter=d/gone")).containsExactly("a");
  }

  @Test
  void theLimitCountsWhatPassedAndLastSeqMovesOn() {
    var one = hub.get("db/_changes?filter=d/colour&colour=red&limit=1").json();
    assertThat(ids(one.getAsJsonArray("results"))).containsExactly("a");
    assertThat(one.get("pending").getAsInt()).isEqualTo(2);

    var none = hub.get("db/_changes?filter=d/colour&colour=green").json();
    assertThat(none.getAsJsonArray("results")).isEmpty();
    assertThat(none.get("last_seq")).isEqualTo(hub.get("db/_changes").json().get("last_seq"));
    assertThat(none.get("pending").getAsInt()).isZero();
  }

  @Test
  void byView() {
    assertThat(ids("filter=_view&view=d/red")).containsExactly("a", "c");
    assertThat(hub.get("db/_changes?filter=_view").error())
        .isEqualTo("400 bad_request: `view` filter parameter is not provided.");
    assertThat(hub.get("db/_changes?filter=_view&view=d").error())
        .isEqualTo("400 bad_request: `view` must be of the form `designname/viewname`");
    assertThat(hub.get("db/_changes?filter=_view&view=d/x").error())
        .isEqualTo("404 not_found: missing json key: x");
  }

  @Test
  void whatIsNotThereOrDoesNotWorkIsAnError() {
    assertThat(hub.get("db/_changes?filter=x/y").error()).isEqualTo("404 not_found: missing");
    assertThat(hub.get("db/_changes?filter=d/y").error())
        .isEqualTo("404 not_found: missing json key: y");
    assertThat(hub.get("db/_changes?filter=d/nonsense").text("error"))
        .isEqualTo("compilation_error");
    assertThat(hub.get("db/_changes?filter=d/broken").status()).isEqualTo(500);
    assertThat(hub.get("db").status()).isEqualTo(200);
  }

  @Test
  void aChangedFunctionCountsFromTheNextRequest() {
    assertThat(ids("filter=d/colour&colour=red")).hasSize(2);
    var rev = hub.get("db/_design/d").text("_rev");
    hub.put(
        "db/_design/d?rev=" + rev, "{\"filters\":{\"colour\":\"function () { return false; }\"}}");
    assertThat(ids("filter=d/colour&colour=red")).isEmpty();
  }

  /** A client that reads lines as they come. */
  private final class Listener implements AutoCloseable {
    final Socket socket;
    final BufferedReader lines;

    Listener(String parameters, String... headers) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port());
      var head =
          "GET /db/_changes?"
              + parameters
              + " HTTP/1.1\r\nHost: localhost\r\n"
              + String.join("", headers)
              + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that begins so, what comes after that; null at the end. */
    String next(String prefix) throws IOException {
      var line = lines.readLine();
      while (line != null && !line.startsWith(prefix)) {
        line = lines.readLine();
      }
      return line == null ? null : line.substring(prefix.length());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String id(String row) {
    return JsonParser.parseString(row).getAsJsonObject().get("id").getAsString();
  }

  @Test
  void liveFeedsAreFilteredToo() throws Exception {
    try (var feed = new Listener("feed=continuous&filter=d/colour&colour=red&heartbeat=60000");
        var broken = new Listener("feed=continuous&filter=d/broken&since=now&heartbeat=60000");
        var poll = new Listener("feed=longpoll&filter=d/colour&colour=red&since=now")) {
      assertThat(id("{" + feed.next("{"))).isEqualTo("a");
      assertThat(id("{" + feed.next("{"))).isEqualTo("c");
      assertThat(poll.next("{")).contains("results");
      assertThat(broken.next("Cache-Control")).isNotNull();

      hub.put("db/e", "{\"colour\":\"blue\"}");
      hub.put("db/f", "{\"colour\":\"red\"}");

      assertThat(id("{" + feed.next("{"))).isEqualTo("f");
      assertThat(id("{" + poll.next("{"))).isEqualTo("f");
      assertThat(broken.next("{")).as("cut").isNull();
    }
  }

  @Test
  void eventsForBrowsers() throws Exception {
    String first;
    try (var events = new Listener("feed=eventsource&heartbeat=60000")) {
      assertThat(events.next("Content-Type: ")).isEqualTo("text/event-stream");
      assertThat(id(events.next("data: "))).isEqualTo("_design/d");
      first = events.next("id: ");
      assertThat(id(events.next("data: "))).isEqualTo("a");
    }
    try (var again =
        new Listener("feed=eventsource&heartbeat=50", "Last-Event-ID: " + first + "\r\n")) {
      assertThat(id(again.next("data: "))).isEqualTo("a");
      assertThat(again.next("event: ")).isEqualTo("heartbeat");
    }
    try (var events = new Listener("feed=eventsource&limit=1", "Connection: close\r\n")) {
      assertThat(id(events.next("data: "))).isEqualTo("_design/d");
      assertThat(events.next("data: ")).isNull();
    }
  }

  @Test
  void sequencesCanBeLeftOut() {
    var rows = hub.get("db/_changes?seq_interval=2").json().getAsJsonArray("results");
    assertThat(rows.get(0).getAsJsonObject().get("seq").isJsonNull()).isTrue();
    assertThat(rows.get(1).getAsJsonObject().get("seq").isJsonNull()).isFalse();
  }

  @Test
  void aLongPollGoesDownwardsTooButDoesNotWait() {
    assertThat(ids("feed=longpoll&descending=true&limit=2")).containsExactly("c", "b");
  }
}
