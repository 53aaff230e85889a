package dev.jiggety.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one identity; here two nodes of one name. */
class TwinsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WARNING = "another process is this node too";

  @TempDir private Path folder;

  @Test
  void bothNoticeAndTheHubIsTold() {
    HubConfig config = HubConfig.loopback(0, folder.resolve("hub"));
    try (EmbeddedHub server = EmbeddedHub.start(config.withAdminParty())) {
      HubAddress address = HubAddress.parse(server.url().toString(), Optional.empty());
      try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
        new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
        CouchRepositories there = new CouchRepositories(hub, DatabaseNames.DEFAULT);
        try (TestingNode _ = start("one", address)) {
          await().atMost(PATIENCE).until(() -> there.nodes().all().size() == 1);
        }
        try (TestingNode one = start("one", address)) {
          await().atMost(PATIENCE).until(() -> instance(there).equals(one.status().instance()));
          assertThat(one.notices()).noneMatch(it -> it.contains(WARNING)); // it was restarted
          try (TestingNode two = start("two", address)) {
            await()
                .atMost(PATIENCE)
                .until(() -> List.of(one, two).stream().allMatch(TwinsTest::hasNoticed));
            await().atMost(PATIENCE).until(() -> notices(there).contains(WARNING));
          }
        }
      }
    }
  }

  private static boolean hasNoticed(TestingNode node) {
    return node.notices().stream().anyMatch(it -> it.contains(WARNING));
  }

  private static String instance(CouchRepositories there) {
    return there.nodes().all().getFirst().instance();
  }

  private static String notices(CouchRepositories there) {
    NodeStatus status = there.nodes().all().getFirst();
    return status.vitals() == null ? "" : status.vitals().notices().toString();
  }

  private TestingNode start(String data, HubAddress address) {
    return TestingNode.start(
        NodeConfig.of("north", address, folder.resolve(data))
            .withPace(Duration.ofSeconds(2), Duration.ofMillis(200)));
  }
}
