package dev.jiggety.repository.couch;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.ConfigurationFeed;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.LogRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.ReleaseRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.repository.TestRepository;
import dev.jiggety.repository.TrialRepository;

/**
 * All repositories of one hub. Making them does no I/O; closing the hub ends them. Safe for any
 * thread.
 */
public final class CouchRepositories {
  private final TestRepository tests;
  private final ResultRepository results;
  private final HistoryRepository history;
  private final NodeRepository nodes;
  private final HealthRepository health;
  private final LogRepository logs;
  private final PatchRepository patches;
  private final IncidentRepository incidents;
  private final TrialRepository trials;
  private final SecretRepository secrets;
  private final HubFeed feed;
  private final NoticeRepository notices;
  private final ConfigurationFeed configuration;
  private final ReleaseRepository releases;
  private final EnrolmentRepository enrolment;

  /**
   * The repositories of a hub.
   *
   * @param names how its databases are called
   */
  public CouchRepositories(Hub hub, DatabaseNames names) {
    this.tests = new CouchTests(hub.database(names.config()));
    this.results = new CouchResults(hub, names);
    this.history = new CouchHistory(hub, names);
    this.nodes = new CouchNodes(hub.database(names.status()));
    this.health = new CouchHealth(hub.database(names.status()));
    this.logs = new CouchLogs(hub.database(names.status()));
    this.patches = new CouchPatches(hub, names);
    this.incidents = new CouchIncidents(hub, names);
    this.trials = new CouchTrials(hub, names);
    this.secrets = new CouchSecrets(hub, names);
    this.feed = new CouchFeed(hub, names);
    this.notices = new CouchNotices(hub, names);
    this.releases = new CouchReleases(hub, names);
    this.configuration = new CouchConfigurationFeed(hub, names);
    this.enrolment = new CouchEnrolment(hub, names);
  }

  /** Reads tests. */
  public TestRepository tests() {
    return tests;
  }

  /** Reads results. */
  public ResultRepository results() {
    return results;
  }

  /** Reads results of any age. */
  public HistoryRepository history() {
    return history;
  }

  /** Reads and reports nodes. */
  public NodeRepository nodes() {
    return nodes;
  }

  /** How managers and embedded hubs are. */
  public HealthRepository health() {
    return health;
  }

  /** The last log lines of nodes and managers. */
  public LogRepository logs() {
    return logs;
  }

  /** Patches: the one way in which tests are changed. */
  public PatchRepository patches() {
    return patches;
  }

  /** Incidents, and what people say of them. */
  public IncidentRepository incidents() {
    return incidents;
  }

  /** Who was told of incidents. */
  public NoticeRepository notices() {
    return notices;
  }

  /** Trying tests on nodes. */
  public TrialRepository trials() {
    return trials;
  }

  /** Releases of the agent. */
  public ReleaseRepository releases() {
    return releases;
  }

  /** Sealed secrets. */
  public SecretRepository secrets() {
    return secrets;
  }

  /** Who is a node, and who may become one. */
  public EnrolmentRepository enrolment() {
    return enrolment;
  }

  /** Follows the configuration alone. */
  public ConfigurationFeed configuration() {
    return configuration;
  }

  /** Follows all of it. */
  public HubFeed feed() {
    return feed;
  }
}
