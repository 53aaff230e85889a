package dev.jiggety.desktop.session;

import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.ServerCertificates;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.LogRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.repository.TestRepository;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.HubPin;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Hubs that speak CouchDB's API. */
public final class CouchConnector implements HubConnector {
  /** Of several hubs the first one that answers is taken. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  @Override
  public HubConnection open(HubAddress address, TlsTrust trust) {
    Hub hub = Hub.open(address, options(trust));
    return new Connection(hub, new CouchRepositories(hub, DatabaseNames.DEFAULT));
  }

  @Override
  public HubConnection open(List<HubAddress> hubs, TlsTrust trust) {
    DatabaseNames names = DatabaseNames.DEFAULT;
    Hub hub =
        Hub.open(hubs, options(trust), List.of(names.config(), names.patches(), names.incidents()));
    hub.settle(PATIENCE);
    return new Connection(hub, new CouchRepositories(hub, names));
  }

  @Override
  public Optional<X509Certificate> stranger(HubAddress hub, TlsTrust trust) {
    return ServerCertificates.stranger(hub, options(trust));
  }

  private static HubOptions options(TlsTrust trust) {
    return HubOptions.DEFAULT.withUserAgent("Jiggety-Desktop").withTrust(trust);
  }

  private record Connection(Hub client, CouchRepositories repositories) implements HubConnection {
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
    public EnrolmentRepository enrolment() {
      return repositories.enrolment();
    }

    @Override
    public SecretRepository secrets() {
      return repositories.secrets();
    }

    @Override
    public LogRepository logs() {
      return repositories.logs();
    }

    @Override
    public Optional<String> pin(HubAddress hub) {
      HubOptions options = client.options();
      return HubPin.of(hub, options, !options.trust().equals(TlsTrust.PLATFORM));
    }

    @Override
    public HubFeed feed() {
      return repositories.feed();
    }

    @Override
    public String hub() {
      return client.address().toString();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
