package dev.jiggety.desktop.testing;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Certificates;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubException;
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
import dev.jiggety.repository.VerdictCount;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hub in memory that keeps the promises of the ports: revisions, conflicts, a feed that catches
 * up. It can be away, and it can ask for a password. Thread-safe.
 */
public final class FakeHub implements HubConnector, HubConnection {
  private final NavigableMap<String, Stored<TestDefinition>> tests = new TreeMap<>();
  private final Map<String, NodeStatus> nodes = new TreeMap<>();
  private final List<Batch> batches = new ArrayList<>();
  private final Map<String, byte[]> pictures = new HashMap<>();
  private final List<HubFeed.Listener> listeners = new ArrayList<>();
  private final List<String> missedDeletions = new ArrayList<>();
  private @Nullable Credentials wanted;
  private @Nullable X509Certificate authority;
  private final FakeManager manager;
  private final FakeTrials trials = new FakeTrials(this);
  private final FakeIncidents incidents = new FakeIncidents(this);
  private final FakeNotices notices = new FakeNotices(this);
  private final FakeHistory history = new FakeHistory(this);
  private final FakeHealth health = new FakeHealth(this);
  private final FakeEnrolment enrolment = new FakeEnrolment(this);
  private final FakeLogs logs = new FakeLogs(this);
  private boolean away;
  private int revisions;
  private int open;
  private @Nullable Runnable beforeWrite;

  public FakeHub(InstantSource clock) {
    manager = new FakeManager(this, clock);
  }

  @Override
  public synchronized HubConnection open(HubAddress hub, TlsTrust trust) {
    open++;
    if (isStranger(trust)) {
      return new Locked(HubException.Kind.UNAVAILABLE, "its authority is not known");
    }
    if (wanted != null && !hub.credentials().equals(Optional.of(wanted))) {
      return new Locked(HubException.Kind.UNAUTHORIZED, "name or password is incorrect");
    }
    return this;
  }

  /** From now on it shows a certificate of this authority, which this machine does not know. */
  public synchronized void showCertificate(X509Certificate issuer) {
    authority = issuer;
  }

  @Override
  public synchronized Optional<X509Certificate> stranger(HubAddress hub, TlsTrust trust) {
    return isStranger(trust) ? Optional.ofNullable(authority) : Optional.empty();
  }

  private boolean isStranger(TlsTrust trust) {
    return authority != null
        && !(trust instanceof TlsTrust.Only(Path pem)
            && Certificates.read(pem).contains(authority));
  }

  /** How many connections were opened and not closed. */
  public synchronized int connections() {
    return open;
  }

  /** From now on only this user gets in. */
  public synchronized void askFor(String user, String password) {
    wanted = Credentials.of(user, password);
  }

  /** Somebody changes or creates a test, whoever it is. */
  public Stored<TestDefinition> put(TestDefinition test) {
    return put(TestDocument.TYPE.write(test));
  }

  /** A test as a document. */
  public synchronized Stored<TestDefinition> put(JsonObject document) {
    String rev = ++revisions + "-x";
    TestDefinition test = TestDocument.TYPE.read(document);
    Stored<TestDefinition> stored = new Stored<>(test, rev, document);
    tests.put(test.id(), stored);
    tell(listener -> listener.test(stored));
    return stored;
  }

  /** The documents of all tests by their ids. */
  synchronized Map<String, JsonObject> documents() {
    Map<String, JsonObject> documents = new TreeMap<>();
    tests.values().forEach(it -> documents.put(Ids.test(it.value().id()), it.raw()));
    return documents;
  }

  synchronized Set<String> nodeNames() {
    return Set.copyOf(nodes.keySet());
  }

  synchronized boolean isAway() {
    return away;
  }

  /** What somebody else does just before a patch. */
  synchronized void somebodyElseFirst() {
    Runnable first = beforeWrite;
    beforeWrite = null;
    if (first != null) {
      first.run();
    }
  }

  /** Somebody deletes a test. */
  public synchronized void delete(String testId) {
    tests.remove(testId);
    if (away) {
      missedDeletions.add(testId);
    }
    tell(listener -> listener.testDeleted(testId));
  }

  public synchronized void report(NodeStatus status) {
    nodes.put(status.name(), status);
    tell(listener -> listener.node(status));
  }

  public synchronized void results(Batch batch) {
    batches.add(batch);
    tell(listener -> listener.batch(batch));
  }

  /** A picture of a batch. */
  public synchronized void picture(String batchId, String name, byte[] bytes) {
    pictures.put(batchId + "/" + name, bytes);
  }

  /** Done once, just before the next patch: what somebody else does at the wrong moment. */
  public synchronized void beforeNextWrite(Runnable action) {
    beforeWrite = action;
  }

  /** The hub goes away: every call fails, the feed says so. */
  public synchronized void goAway() {
    away = true;
    listeners.forEach(listener ->
        listener.connection(
            new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused")));
    manager.away();
    trials.away();
    incidents.away();
    notices.away();
  }

  /** The hub is back; the feed tells all that happened meanwhile, and more than once at that. */
  public synchronized void comeBack() {
    away = false;
    listeners.forEach(listener -> listener.connection(new HubFeed.Connection.Connected()));
    missedDeletions.forEach(id -> tell(listener -> listener.testDeleted(id)));
    missedDeletions.clear();
    listeners.forEach(this::tellAll);
    manager.back();
    trials.back();
    incidents.back();
    notices.back();
  }

  public synchronized Optional<Stored<TestDefinition>> stored(String testId) {
    return Optional.ofNullable(tests.get(testId));
  }

  @Override
  public TestRepository tests() {
    return new TestRepository() {
      @Override
      public Tests all() {
        synchronized (FakeHub.this) {
          refuseWhenAway();
          return new Tests(List.copyOf(tests.values()), List.of());
        }
      }

      @Override
      public Optional<Stored<TestDefinition>> find(String testId) {
        synchronized (FakeHub.this) {
          refuseWhenAway();
          return stored(testId);
        }
      }
    };
  }

  @Override
  public PatchRepository patches() {
    return manager;
  }

  /** Who carries patches out. */
  public FakeManager manager() {
    return manager;
  }

  @Override
  public ResultRepository results() {
    return new ResultRepository() {
      @Override
      public Optional<Batch> find(String batchId) {
        synchronized (FakeHub.this) {
          refuseWhenAway();
          return batches.stream()
              .filter(it -> Ids.batch(it.at(), it.node(), it.stream(), it.seq()).equals(batchId))
              .findFirst();
        }
      }

      @Override
      public Optional<byte[]> picture(String batchId, String name) {
        synchronized (FakeHub.this) {
          refuseWhenAway();
          return Optional.ofNullable(pictures.get(batchId + "/" + name));
        }
      }

      @Override
      public void read(Instant from, Instant to, Consumer<Batch> consumer) {
        batches(from, to).forEach(consumer);
      }

      @Override
      public List<VerdictCount> verdicts(Instant from, Instant to) {
        return history.verdicts(from, to);
      }
    };
  }

  synchronized List<Batch> batches(Instant from, Instant to) {
    refuseWhenAway();
    return batches.stream()
        .filter(it -> !it.at().isBefore(from) && it.at().isBefore(to))
        .sorted(Comparator.comparing(Batch::at))
        .toList();
  }

  @Override
  public NodeRepository nodes() {
    throw new UnsupportedOperationException("the desktop hears of nodes by the feed");
  }

  @Override
  public FakeHistory history() {
    return history;
  }

  List<Batch> allBatches() {
    return List.copyOf(batches);
  }

  @Override
  public FakeIncidents incidents() {
    return incidents;
  }

  @Override
  public FakeNotices notices() {
    return notices;
  }

  @Override
  public HealthRepository health() {
    return health;
  }

  @Override
  public TrialRepository trials() {
    return trials;
  }

  @Override
  public FakeEnrolment enrolment() {
    return enrolment;
  }

  @Override
  public SecretRepository secrets() {
    return enrolment.secrets();
  }

  @Override
  public FakeLogs logs() {
    return logs;
  }

  @Override
  public Optional<String> pin(HubAddress hub) {
    return Optional.empty();
  }

  /** What was asked of nodes, and their answers. */
  public FakeTrials nodeTrials() {
    return trials;
  }

  @Override
  public HubFeed feed() {
    return (since, listener) -> {
      synchronized (this) {
        listeners.add(listener);
        if (away) {
          goAway();
        } else {
          listener.connection(new HubFeed.Connection.Connected());
          tellAll(listener);
        }
      }
      return () -> {
        synchronized (this) {
          listeners.remove(listener);
        }
      };
    };
  }

  /** What managers and the hub itself say. */
  public FakeHealth fakeHealth() {
    return health;
  }

  /** How many feeds are followed: what was opened and not closed. */
  public synchronized int followers() {
    return listeners.size();
  }

  @Override
  public synchronized void close() {
    open--;
  }

  private void tellAll(HubFeed.Listener listener) {
    tests.values().forEach(listener::test);
    nodes.values().forEach(listener::node);
    batches.forEach(listener::batch);
  }

  private void tell(Consumer<HubFeed.Listener> word) {
    if (!away) {
      List.copyOf(listeners).forEach(word);
    }
  }

  synchronized void refuseWhenAway() {
    if (away) {
      throw new HubException(
          HubException.Kind.UNAVAILABLE, "connection refused; is the hub running?");
    }
  }

  /** What a user with the wrong password gets. */
  private final class Locked implements HubConnection {
    private final HubException.Kind kind;
    private final String why;

    Locked(HubException.Kind kind, String why) {
      this.kind = kind;
      this.why = why;
    }

    @Override
    public TestRepository tests() {
      throw new HubException(kind, why);
    }

    @Override
    public PatchRepository patches() {
      throw new HubException(kind, why);
    }

    @Override
    public ResultRepository results() {
      throw new HubException(kind, why);
    }

    @Override
    public NodeRepository nodes() {
      throw new HubException(kind, why);
    }

    @Override
    public HistoryRepository history() {
      throw new HubException(kind, why);
    }

    @Override
    public IncidentRepository incidents() {
      throw new HubException(kind, why);
    }

    @Override
    public NoticeRepository notices() {
      throw new HubException(kind, why);
    }

    @Override
    public HealthRepository health() {
      throw new HubException(kind, why);
    }

    @Override
    public TrialRepository trials() {
      throw new HubException(kind, why);
    }

    @Override
    public EnrolmentRepository enrolment() {
      throw new HubException(kind, why);
    }

    @Override
    public SecretRepository secrets() {
      throw new HubException(kind, why);
    }

    @Override
    public LogRepository logs() {
      throw new HubException(kind, why);
    }

    @Override
    public Optional<String> pin(HubAddress hub) {
      throw new HubException(kind, why);
    }

    @Override
    public HubFeed feed() {
      throw new HubException(kind, why);
    }

    @Override
    public void close() {
      FakeHub.this.close();
    }
  }
}
