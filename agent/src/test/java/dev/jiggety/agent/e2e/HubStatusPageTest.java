package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page that an embedded hub serves beside its own port. */
class HubStatusPageTest {
  @TempDir Path folder;

  @Test
  void thePageIsOnAPortOfItsOwnThatKnowsNoDatabase() throws Exception {
    try (JiggetyProcess hub =
            JiggetyProcess.start(
                "hub",
                "--port",
                "0",
                "--data",
                folder.toString(),
                "--admin-party",
                "--status-page",
                "--status-port",
                "0",
                "--title",
                "Shop status");
        HttpClient http = HttpClient.newHttpClient()) {
      URI api = address(hub.awaitLine("hub is listening on "));
      URI page = address(hub.awaitLine("status page at "));
      assertThat(page.getPort()).isNotEqualTo(api.getPort());
      assertThat(status(http, page)).as("nothing is provisioned yet").isEqualTo(503);
      provision(api);

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(body(http, page)).contains("Shop status", "Home page"));
      assertThat(body(http, page)).doesNotContain("Secret wiki");
      for (String path : List.of("_all_dbs", "jiggety-config", "_utils", "_session")) {
        assertThat(status(http, page.resolve(path))).as(path).isEqualTo(404);
        assertThat(status(http, api.resolve("index.html"))).isNotEqualTo(200);
      }
    }
  }

  private static void provision(URI api) {
    try (Hub hub =
        Hub.open(HubAddress.parse(api.toString(), Optional.empty()), HubOptions.DEFAULT)) {
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
      put(hub, "home", "Home page", "public");
      put(hub, "wiki", "Secret wiki", "internal");
    }
  }

  private static void put(Hub hub, String id, String name, String tag) {
    TestDefinition test =
        TestDefinition.builder(id, Check.Http.get("http://127.0.0.1/"))
            .name(name)
            .tags(List.of(tag))
            .build();
    hub.database(DatabaseNames.DEFAULT.config()).put(TestDocument.TYPE.write(test));
  }

  private static URI address(String line) {
    return URI.create(line.substring(line.indexOf("http")).strip());
  }

  private static int status(HttpClient http, URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static String body(HttpClient http, URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
