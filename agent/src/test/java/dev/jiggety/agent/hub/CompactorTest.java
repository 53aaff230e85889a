package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.WriteOutcome.Stored;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactorTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path folder;

  @Test
  void oldVersionsGoInEveryDatabaseAgainAndAgain() {
    try (var databases = Databases.open(folder, Databases.Options.defaults());
        var _ = Compactor.start(databases, OFTEN, _ -> {})) {
      for (var round = 0; round < 2; round++) {
        for (var name : List.of("one", "two")) {
          var store = databases.findOrCreate(name);
          var id = "doc" + round;
          var old = edit(store, Optional.empty(), id);
          edit(store, Optional.of(old), id);
          await().untilAsserted(() -> assertThat(store.get(id, old)).isEmpty());
        }
      }
    }
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsNotInTheWayOfOthers() throws IOException {
    try (var databases = Databases.open(folder, Databases.Options.defaults())) {
      Files.createDirectory(folder.resolve("broken.sqlite"));
      var store = databases.findOrCreate("whole");
      try (var _ = Compactor.start(databases, OFTEN, _ -> {})) {
        for (var round = 0; round < 2; round++) {
          var id = "doc" + round;
          var old = edit(store, Optional.empty(), id);
          edit(store, Optional.of(old), id);
          await().untilAsserted(() -> assertThat(store.get(id, old)).isEmpty());
        }
      }
    }
  }

  @Test
  void theHubDoesItByItself() throws IOException, InterruptedException {
    try (var hub = EmbeddedHub.start(HubConfig.loopback(0, folder), OFTEN);
        var http = HttpClient.newHttpClient()) {
      put(http, hub, "db", "");
      var first = put(http, hub, "db/doc", "{}").get("rev").getAsString();
      put(http, hub, "db/doc", "{\"_rev\":\"" + first + "\"}");
      var old = HttpRequest.newBuilder(hub.url().resolve("db/doc?rev=" + first)).build();
      await()
          .untilAsserted(() ->
              assertThat(http.send(old, BodyHandlers.ofString()).statusCode()).isEqualTo(404));
    }
  }

  private static JsonObject put(HttpClient http, EmbeddedHub hub, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(hub.url().resolve(path))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(201);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static Revision edit(DocumentStore store, Optional<Revision> parent, String id) {
    var write = DocumentWrite.edit(id, new JsonObject(), parent);
    return ((Stored) store.bulk(List.of(write), true).getFirst()).rev();
  }
}
