package dev.jiggety.repository.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.Heard;
import dev.jiggety.repository.HubException.Kind;
import dev.jiggety.repository.HubFeed.Connection.Away;
import dev.jiggety.repository.HubFeed.Connection.Connected;
import dev.jiggety.repository.RepositoryContract;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.NpmCouch;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NpmRepositoryTest extends RepositoryContract {
  private static NpmCouch couch;

  @BeforeAll
  static void start() {
    couch = NpmCouch.start();
  }

  @AfterAll
  static void stop() {
    couch.close();
  }

  @Override
  protected HubAddress address() {
    return address(couch);
  }

  @Test
  void aFeedSurvivesAHubThatLostAllItHad() {
    try (NpmCouch forgetful = NpmCouch.start();
        Hub hub = Hub.open(address(forgetful), HubOptions.DEFAULT)) {
      var repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
      var provisioner = new Provisioner(hub, DatabaseNames.DEFAULT);
      provisioner.provision(Instant.now());
      new InForce(hub, DatabaseNames.DEFAULT).put(Samples.test("kept"), Samples.test("old"));
      Heard heard = new Heard();
      try (var _ = repositories.feed().follow(Instant.now(), heard)) {
        await().untilAsserted(() -> assertThat(heard.tests).hasSize(2));
        await().untilAsserted(() -> assertThat(heard.connections).hasSize(1));
        forgetful.kill();
        await().untilAsserted(() -> assertThat(heard.connections).hasSize(2));
        assertThat(heard.connections.getLast())
            .isInstanceOfSatisfying(
                Away.class, away -> assertThat(away.kind()).isEqualTo(Kind.UNAVAILABLE));
        forgetful.restart();
        provisioner.provision(Instant.now());
        new InForce(hub, DatabaseNames.DEFAULT).put(Samples.fullTest("kept"));
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(() -> {
              assertThat(heard.connections.getLast()).isEqualTo(new Connected());
              // Both, if it looked before there was anything again.
              assertThat(heard.deleted).contains("old");
              assertThat(heard.tests.getLast().value()).isEqualTo(Samples.fullTest("kept"));
            });
      }
    }
  }

  private static HubAddress address(NpmCouch server) {
    return HubAddress.parse(server.url().toString(), Optional.empty());
  }
}
