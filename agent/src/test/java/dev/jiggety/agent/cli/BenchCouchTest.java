package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.testing.NpmCouch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of a hub measures what it says, of any server, and leaves nothing behind. */
class BenchCouchTest {
  @TempDir private Path folder;

  @Test
  void measuresAHubInAProcessOfItsOwn() {
    Map<String, JsonObject> figures = figures(Cli.run("bench", "couch", "--quick", "--json"));
    assertMeasured(
        figures,
        "bulk insert",
        "PUT, 16 connections",
        "last of 10 listeners p50",
        "RSS, 10 listeners",
        "replication pull",
        "replication push");
    assertThat(figures.get("bulk insert").get("goal").getAsString()).isEqualTo(">= 20000");
  }

  @Test
  void measuresAServerThatRunsAndDropsWhatItMade() throws Exception {
    try (EmbeddedHub hub = EmbeddedHub.start(HubConfig.loopback(0, folder))) {
      Cli.Result result =
          Cli.run("bench", "couch", "--quick", "--json", "--hub", hub.url().toString());
      Map<String, JsonObject> figures = figures(result);
      assertMeasured(figures, "bulk insert", "replication push");
      assertThat(figures.get("RSS at the end").get("reason").getAsString()).contains("--hub-pid");
      assertThat(get(hub.url() + "_all_dbs").strip()).isEqualTo("[]");
    }
  }

  @Test
  void measuresAServerThatWeDidNotWrite() throws Exception {
    try (NpmCouch hub = NpmCouch.start()) {
      Cli.Result result =
          Cli.run("bench", "couch", "--quick", "--json", "--hub", hub.url().toString());
      assertMeasured(
          figures(result),
          "bulk insert",
          "view build",
          "last of 10 listeners p50",
          "PUT, 1 connection");
      assertThat(get(hub.url() + "_all_dbs")).doesNotContain("bench");
    }
  }

  private static void assertMeasured(Map<String, JsonObject> figures, String... names) {
    for (String name : names) {
      assertThat(figures).containsKey(name);
      assertThat(figures.get(name).get("value").isJsonNull())
          .as(figures.get(name).toString())
          .isFalse();
      assertThat(figures.get(name).get("value").getAsDouble()).as(name).isPositive();
    }
  }

  private static Map<String, JsonObject> figures(Cli.Result result) {
    assertThat(result.exitCode()).as(result.err()).isIn(0, 1); // goals are not met by so little
    JsonObject report = JsonParser.parseString(result.out()).getAsJsonObject();
    return report.getAsJsonArray("figures").asList().stream()
        .map(figure -> figure.getAsJsonObject())
        .collect(Collectors.toMap(figure -> figure.get("name").getAsString(), Function.identity()));
  }

  private static String get(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }
}
