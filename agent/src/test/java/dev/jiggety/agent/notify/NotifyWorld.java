package dev.jiggety.agent.notify;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.base.Backoff;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.ChannelDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PolicyDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Channel.Service;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Limit;
import dev.jiggety.model.Policy.Selection;
import dev.jiggety.model.Policy.Step;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A hub with incidents, and managers that tell of them; real sockets, real time. */
final class NotifyWorld implements AutoCloseable {
  final Databases databases;
  final HubServer server;
  final Hub hub;
  final CouchRepositories repositories;
  final Map<String, String> secrets = new ConcurrentHashMap<>();
  final List<AutoCloseable> parts = new ArrayList<>();
  private final Path folder;

  NotifyWorld(Path folder) {
    this.folder = folder;
    databases = Databases.open(folder, Databases.Options.defaults());
    server = HubServer.start(HubConfig.loopback(0, folder), databases);
    hub = open();
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
  }

  private Hub open() {
    return Hub.open(
        HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT);
  }

  /** A manager's term, and what it says. */
  static final class SimTerm implements Term {
    final long epoch;
    final Map<String, String> troubles = new ConcurrentHashMap<>();
    volatile boolean over;
    volatile String says = "";

    SimTerm(long epoch) {
      this.epoch = epoch;
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void says(String text) {
      says = text;
    }

    @Override
    public void trouble(String about, String text) {
      troubles.put(about, text);
    }

    @Override
    public void fine(String about) {
      troubles.remove(about);
    }
  }

  NotifySettings settings() {
    Secrets known =
        name -> {
          String text = secrets.get(name);
          if (text == null) {
            throw new SecretMissingException("the secret " + name + " is missing");
          }
          return Secret.of(text);
        };
    return new NotifySettings(
        known,
        folder.resolve("commands"),
        new Backoff(Duration.ofMillis(50), Duration.ofMillis(200)),
        Duration.ofDays(1),
        2);
  }

  /** A manager begins, with a connection of its own. */
  Notifier manager(SimTerm term) {
    return manager(term, settings());
  }

  Notifier manager(SimTerm term, NotifySettings settings) {
    Hub own = open();
    CouchRepositories its = new CouchRepositories(own, DatabaseNames.DEFAULT);
    Notifier notifier =
        Notifier.begin(
            new Sources(its.incidents(), its.notices(), its.configuration(), its.results()),
            term,
            settings);
    parts.add(own);
    parts.add(notifier);
    return notifier;
  }

  void put(Channel channel) {
    put(ChannelDocument.TYPE.write(channel));
  }

  void put(Policy policy) {
    put(PolicyDocument.TYPE.write(policy));
  }

  private void put(JsonObject document) {
    Outcome<String> put = hub.database(DatabaseNames.DEFAULT.config()).put(document);
    if (!put.isOk()) {
      throw new AssertionError(put.inWords());
    }
  }

  static Policy policy(Duration group, String... channels) {
    return new Policy(
        "ops",
        "Operations",
        true,
        Selection.ALL,
        List.of(new Step(Duration.ZERO, List.of(channels))),
        null,
        group,
        new Limit(10_000, Duration.ofDays(1)),
        List.of(),
        List.of(),
        true);
  }

  static Channel mail(String id, int port) {
    return channel(
        id,
        new Channel.Mail(
            "127.0.0.1",
            port,
            Channel.Encryption.NONE,
            null,
            null,
            "jiggety@example.org",
            List.of("ops@example.org")));
  }

  static Channel webhook(String id, String url) {
    return channel(id, new Channel.Webhook(Service.GENERIC, url, "", "POST", List.of(), null));
  }

  static Channel channel(String id, Channel.Target target) {
    return new Channel(id, id, target, Duration.ofSeconds(2), null, null);
  }

  static Channel with(Channel channel, @Nullable String subject, @Nullable String text) {
    return new Channel(
        channel.id(), channel.name(), channel.target(), channel.timeout(), subject, text);
  }

  /** A test that is down since half a minute. */
  static Incident down(String test) {
    Instant now = Instant.now();
    return new Incident(
        dev.jiggety.document.Ids.incidentsFrom(now.minusSeconds(30)).substring("incident:".length())
            + ":test:"
            + test,
        Kind.DOWN,
        test,
        now.minusSeconds(30),
        now,
        null,
        null,
        "connection refused, 2 of 3 nodes",
        List.of(
            new Witness(
                "fra-1",
                Verdict.DOWN,
                now.minusSeconds(30),
                new Failure(ErrorKind.REFUSED, null, "connection refused"),
                ""),
            new Witness("ber-1", Verdict.UP, now.minusSeconds(20), null, "")),
        null,
        null,
        List.of());
  }

  static Incident over(Incident incident) {
    Instant now = Instant.now();
    return new Incident(
        incident.id(),
        incident.kind(),
        incident.subject(),
        incident.began(),
        incident.detected(),
        now,
        now,
        incident.text(),
        incident.witnesses(),
        null,
        null,
        List.of());
  }

  Stored<Incident> store(Incident incident) {
    return repositories.incidents().store(incident, Optional.empty()).orElseThrow();
  }

  Stored<Incident> store(Incident incident, Stored<Incident> before) {
    return repositories.incidents().store(incident, Optional.of(before)).orElseThrow();
  }

  /** All there are, in the order of their times. */
  List<Notice> notices() {
    Instant now = Instant.now();
    return repositories
        .notices()
        .between(now.minus(Duration.ofDays(2)), now.plusSeconds(60))
        .stream()
        .map(Stored::value)
        .toList();
  }

  List<Notice> notices(State state) {
    return notices().stream().filter(notice -> notice.state() == state).toList();
  }

  /** A web service that keeps what it is told. */
  WebService service(int status) throws IOException {
    WebService service = new WebService(status);
    parts.add(service);
    return service;
  }

  static final class WebService implements AutoCloseable {
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    volatile int status;
    private final HttpServer server;

    WebService(int status) throws IOException {
      this.status = status;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            byte[] answer = "taken".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(this.status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    hub.close();
    server.close();
    databases.close();
  }
}
