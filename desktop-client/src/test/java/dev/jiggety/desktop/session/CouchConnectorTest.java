package dev.jiggety.desktop.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.fx.SystemTicker;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.TestDocument;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.NpmCouch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The way from the desktop to a server that speaks CouchDB's API. */
class CouchConnectorTest {
  @Test
  void followsARealHubThroughItsAbsence() {
    try (NpmCouch couch = NpmCouch.start();
        SystemTicker ticker = new SystemTicker();
        ExecutorService fx = Executors.newSingleThreadExecutor()) {
      HubAddress address = HubAddress.parse(couch.url().toString(), Optional.empty());
      try (HubConnection connection = new CouchConnector().open(address)) {
        assertThatThrownBy(() -> connection.tests().all())
            .isInstanceOfSatisfying(
                HubException.class, e -> assertThat(e.kind()).isEqualTo(HubException.Kind.MISSING));
        provision(address);
        assertThat(connection.tests().all().tests()).isEmpty();
        Tasks tasks = new Tasks(Runnable::run, fx);
        try (LiveFeed feed =
            new LiveFeed(connection.feed(), InstantSource.system(), tasks, ticker)) {
          await().until(() -> feed.picture().link() instanceof Link.Connected);
          put(address);
          await().until(() -> feed.picture().find("home") != null);
          couch.kill();
          await().until(() -> feed.picture().link() instanceof Link.Away);
          assertThat(feed.picture().tests()).hasSize(1);
        }
      }
    }
  }

  /** As a manager does after a patch. */
  private static void put(HubAddress address) {
    try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
      hub.database(DatabaseNames.DEFAULT.config())
          .put(TestDocument.TYPE.write(Examples.test("home", "Home page")));
    }
  }

  private static void provision(HubAddress address) {
    try (Hub hub = Hub.open(address, HubOptions.DEFAULT)) {
      new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    }
  }
}
