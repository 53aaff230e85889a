package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against the embedded hub. */
class HubPeerTest extends PeerContract {
  @TempDir private static Path folder;
  private static Databases databases;
  private static HubServer server;
  private static Hub hub;
  private HubDatabase database;

  @BeforeAll
  static void startServer() {
    databases = Databases.open(folder.resolve("databases"), Databases.Options.defaults());
    server = HubServer.start(HubConfig.loopback(0, folder.resolve("own")), databases);
    var address = HubAddress.parse("http://127.0.0.1:" + server.port(), Optional.empty());
    hub = Hub.open(address, HubOptions.DEFAULT);
  }

  @AfterAll
  static void stopServer() {
    hub.close();
    server.close();
    databases.close();
  }

  @Override
  Peer open() {
    database = hub.database("peer-" + UUID.randomUUID());
    assertThat(database.create().isOk()).isTrue();
    return new HttpPeer(database);
  }

  @Override
  void close() {
    database.drop();
  }
}
