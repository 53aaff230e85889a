package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.testing.NpmCouch;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a server that shares no code with ours. */
class HttpPeerTest extends PeerContract {
  private static NpmCouch server;
  private static Hub hub;
  private HubDatabase database;

  @BeforeAll
  static void startServer() {
    server = NpmCouch.start();
    hub = Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT);
  }

  @AfterAll
  static void stopServer() {
    hub.close();
    server.close();
  }

  @Override
  Peer open() {
    database = hub.database("peer-" + UUID.randomUUID());
    assertThat(database.create().isOk()).isTrue();
    return new HttpPeer(database);
  }

  /** Not here: asked for a revision that it does not know, this server ends. */
  @Override
  void saysWhichRevisionsItCannotGive() {}

  @Override
  void close() {
    database.drop();
  }
}
