package dev.jiggety.desktop.session;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.TestRepository;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.repository.couch.CouchRepositories;

/** Hubs that speak CouchDB's API. */
public final class CouchConnector implements HubConnector {
  @Override
  public HubConnection open(HubAddress address) {
    Hub hub = Hub.open(address, HubOptions.DEFAULT.withUserAgent("Jiggety-Desktop"));
    return new Connection(hub, new CouchRepositories(hub, DatabaseNames.DEFAULT));
  }

  private record Connection(Hub hub, CouchRepositories repositories) implements HubConnection {
    @Override
    public TestRepository tests() {
      return repositories.tests();
    }

    @Override
    public PatchRepository patches() {
      return repositories.patches();
    }

    @Override
    public ResultRepository results() {
      return repositories.results();
    }

    @Override
    public NodeRepository nodes() {
      return repositories.nodes();
    }

    @Override
    public HistoryRepository history() {
      return repositories.history();
    }

    @Override
    public IncidentRepository incidents() {
      return repositories.incidents();
    }

    @Override
    public NoticeRepository notices() {
      return repositories.notices();
    }

    @Override
    public HealthRepository health() {
      return repositories.health();
    }

    @Override
    public TrialRepository trials() {
      return repositories.trials();
    }

    @Override
    public HubFeed feed() {
      return repositories.feed();
    }

    @Override
    public void close() {
      hub.close();
    }
  }
}
