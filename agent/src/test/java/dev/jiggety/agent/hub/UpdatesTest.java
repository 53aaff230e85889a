package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to databases. */
@Timeout(60)
class UpdatesTest {
  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(folder);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static String events(HubFixture.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StreamSupport.stream(answer.json().getAsJsonArray("results").spliterator(), false)
        .map(row -> row.getAsJsonObject())
        .map(row -> row.get("type").getAsString() + ":" + row.get("db_name").getAsString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void theLatestEventOfEachKindIsTold() {
    hub.put("a", "");
    hub.put("a/x", "{}");
    hub.put("b", "");
    hub.put("a/y", "{}");
    hub.delete("b");
    hub.put("a/_local/z", "{}"); // which is no change
    var all = hub.get("_db_updates");
    assertThat(events(all)).isEqualTo("created:a created:b updated:a deleted:b");
    var since = all.json().getAsJsonArray("results").get(1).getAsJsonObject().get("seq");
    assertThat(events(hub.get("_db_updates?since=" + since.getAsString())))
        .isEqualTo("updated:a deleted:b");
    assertThat(events(hub.get("_db_updates?limit=1"))).isEqualTo("created:a");
    assertThat(events(hub.get("_db_updates?since=" + all.text("last_seq")))).isEmpty();
    assertThat(events(hub.get("_db_updates?since=now"))).isEmpty();
    assertThat(events(hub.get("_db_updates?since=77-elsewhere"))).startsWith("created:a");
  }

  @Test
  void aLongpollWaits() throws Exception {
    hub.put("a", "");
    var path = "_db_updates?feed=longpoll&since=" + hub.get("_db_updates").text("last_seq");
    assertThat(events(hub.get(path + "&timeout=1"))).isEmpty();
    var waiting = CompletableFuture.supplyAsync(() -> hub.get(path));
    hub.put("a/x", "{}");
    assertThat(events(waiting.get(30, TimeUnit.SECONDS))).isEqualTo("updated:a");
  }

  @Test
  void aContinuousFeedGoesOnAndEndsWithTheHub() throws Exception {
    var request = hub.request("GET", "_db_updates?feed=continuous&heartbeat=20", "").build();
    var answer = hub.http().send(request, BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEmpty();
      hub.put("a", "");
      var line = lines.readLine();
      while (line.isEmpty()) {
        line = lines.readLine();
      }
      assertThat(line).startsWith("{\"db_name\":\"a\",\"type\":\"created\",\"seq\":\"1-");
      hub.hub.close();
      while (line.isEmpty() || !line.startsWith("{\"last_seq\"")) {
        line = lines.readLine();
      }
      assertThat(line).startsWith("{\"last_seq\":\"1-");
    }
  }

  @Test
  void aBrowserGetsEvents() {
    hub.put("a", "");
    var answer = hub.get("_db_updates?feed=eventsource&timeout=1");
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(answer.body()).startsWith("data: {\"db_name\":\"a\",\"type\":\"created\",");
  }
}
