package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.manager.ManagerConfig;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.manager.companion.UsualCompanions;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.agent.metrics.Exposition;
import dev.jiggety.agent.metrics.Look;
import dev.jiggety.agent.metrics.Metrics;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.SigningKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three roles side by side: each says how it is, and shows its figures. */
class RolesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void everyRoleSaysHowItIsAndShowsItsFigures() {
    HubConfig config = HubConfig.loopback(0, folder.resolve("hub"));
    try (EmbeddedHub server = EmbeddedHub.start(config.withAdminParty())) {
      HubAddress address = HubAddress.parse(server.url().toString(), Optional.empty());
      try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
        new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
        SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
        ManagerConfig manager =
            ManagerConfig.of("m1", address, folder.resolve("manager"))
                .withTrusted(List.of(ada.trusted()));
        NodeConfig north = NodeConfig.of("north", address, folder.resolve("node"));
        NodeMetrics figures = new NodeMetrics(10);
        try (PatchManager patches =
                PatchManager.start(
                    manager,
                    CouchBoards::on,
                    new UsualCompanions(
                        NotifySettings.of(Secrets.NONE, folder.resolve("commands"))));
            TestingNode node = TestingNode.start(north, figures::observe)) {
          reported(new CouchRepositories(hub, DatabaseNames.DEFAULT).health());
          shown(server, patches, node, figures);
          told(server.url().toString());
        }
      }
    }
  }

  @Test
  void metricsOptionsAreReadBeforeAnythingIsShown() {
    for (String wrong : new String[] {"nonsense", "host:0x1", "1:2:"}) {
      Cli.Result result =
          Cli.run(
              "hub",
              "--admin-party",
              "--port",
              "0",
              "--data",
              folder.resolve("other").toString(),
              "--metrics",
              wrong);
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains("--metrics", wrong);
    }
  }

  private static void reported(HealthRepository health) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(health.managers())
                .singleElement()
                .satisfies(it -> {
                  assertThat(it.name()).isEqualTo("m1");
                  assertThat(it.stand()).isEqualTo(ManagerReport.Stand.ACTIVE);
                  assertThat(it.vitals().diskFree()).isPositive();
                  assertThat(it.vitals().memory()).isPositive();
                }));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(health.hubs())
                .singleElement()
                .satisfies(it -> {
                  assertThat(it.databases()).isGreaterThanOrEqualTo(5);
                  assertThat(it.bytes()).isPositive();
                }));
  }

  private static void shown(
      EmbeddedHub server, PatchManager patches, TestingNode node, NodeMetrics figures) {
    assertThat(scrape(HubMetrics.of(server)).series())
        .containsKey("jiggety_hub_requests_total{kind=\"bulk\",status=\"2xx\"}")
        .containsKey("jiggety_hub_documents{database=\"jiggety-config\"}")
        .containsEntry("jiggety_hub_logins_refused_total", 0.0)
        .hasEntrySatisfying("jiggety_hub_feeds", it -> assertThat(it).isPositive());
    assertThat(scrape(ManagerMetrics.of(patches)).series())
        .containsEntry("jiggety_manager_active", 1.0)
        .containsEntry("jiggety_queue_length", 0.0)
        .containsEntry("jiggety_incidents_open{kind=\"down\"}", 0.0)
        .containsEntry("jiggety_rollouts{state=\"held\"}", 0.0)
        .containsEntry("jiggety_patches_total{outcome=\"completed\"}", 0.0)
        .containsEntry("jiggety_patch_submit_to_active_seconds_count", 0.0);
    assertThat(scrape(figures.of(node)).series())
        .containsEntry("jiggety_tests", 0.0)
        .containsEntry("jiggety_backlog_runs", 0.0)
        .containsKey("jiggety_disk_free_bytes");
  }

  private static Exposition scrape(MetricsOption.Role role) {
    try (Metrics metrics =
        Metrics.start(
            role.who(),
            Optional.of(Metrics.Listen.parse("0")),
            Optional.empty(),
            role.sources(),
            role.lacks())) {
      await().atMost(PATIENCE).until(() -> ready(metrics.url().orElseThrow()));
      return Look.scrape(metrics);
    } finally {
      role.close().close();
    }
  }

  private static boolean ready(URI url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url.resolve("-/ready")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }
  }

  private static void told(String url) {
    Cli.Result json = Cli.run("status", "--json", "--hub", url);
    assertThat(json.exitCode()).isEqualTo(ExitCode.FINE);
    JsonObject status = JsonParser.parseString(json.out()).getAsJsonObject();
    for (String part : new String[] {"nodes", "managers", "hubs"}) {
      assertThat(status.getAsJsonArray(part)).as(part).hasSize(1);
    }
    Cli.Result table = Cli.run("status", "--hub", url);
    assertThat(table.out()).contains("manager m1", "active", "hub", "databases", "north", "iB");
  }
}
