package dev.jiggety.agent.manager.couch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.manager.Papers;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Databases of a test on some hub, and what a manager sees of them. */
final class Site implements AutoCloseable {
  private static final Duration WEEK = Duration.ofDays(7);

  final DatabaseNames names =
      new DatabaseNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
  final Hub hub;

  Site(String url) {
    this.hub = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(Papers.NOW);
  }

  CouchPatchBoard patches() {
    return new CouchPatchBoard(hub, names);
  }

  CouchConfigBoard config() {
    return new CouchConfigBoard(hub, names);
  }

  CouchFleet fleet() {
    return new CouchFleet(hub, names);
  }

  void handIn(JsonObject document) {
    assertThat(hub.database(names.patches()).put(document)).matches(Outcome::isOk);
  }

  void say(NodeStatus node) {
    new CouchRepositories(hub, names).nodes().report(node);
  }

  @Override
  public void close() {
    List<String> all = new ArrayList<>(names.live(Papers.NOW, Papers.NOW.plus(WEEK)));
    all.addAll(List.of(names.config(), names.patches(), names.status()));
    all.forEach(name -> hub.database(name).drop());
    hub.close();
  }

  /** The hub of the product, in this process. */
  static final class Embedded implements AutoCloseable {
    private final Path folder;
    private final Databases databases;
    private HubServer server;

    Embedded(Path folder) {
      this.folder = folder;
      databases = Databases.open(folder, Databases.Options.defaults());
      server = HubServer.start(HubConfig.loopback(0, folder), databases);
    }

    String url() {
      return server.url().toString();
    }

    int port() {
      return server.url().getPort();
    }

    /** Cuts all connections, and is there again at the same address. */
    void restart() {
      int port = port();
      server.close();
      server = HubServer.start(HubConfig.loopback(port, folder), databases);
    }

    @Override
    public void close() {
      server.close();
      databases.close();
    }
  }
}
