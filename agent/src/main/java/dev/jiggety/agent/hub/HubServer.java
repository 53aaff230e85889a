package dev.jiggety.agent.hub;

import dev.jiggety.agent.hub.HubConfig.Wire;
import dev.jiggety.agent.hub.HubStartException.Kind;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.model.AccessEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The embedded hub: serves databases by CouchDB's HTTP API until it is closed. Thread-safe.
 *
 * <p>The databases belong to the caller, who closes them after the server.
 */
public final class HubServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HubServer.class.getName());
  private static final long STOP_MILLIS = 5_000;

  // Held, because a level is forgotten with its logger.
  private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

  // A line for each request with an odd Host header: anybody could fill the log with them.
  private static final List<Logger> CHATTY =
      List.of(
          Logger.getLogger("org.eclipse.jetty.http.HttpParser"),
          Logger.getLogger("org.eclipse.jetty.util.HostPort"));

  private final Server server;
  private final ServerConnector connector;
  private final HubParts parts;
  private final HubConfig config;
  private final @Nullable HubTls tls;

  private HubServer(
      Server server,
      ServerConnector connector,
      HubParts parts,
      HubConfig config,
      @Nullable HubTls tls) {
    this.tls = tls;
    this.server = server;
    this.connector = connector;
    this.parts = parts;
    this.config = config;
  }

  /**
   * Starts serving; returns when requests are answered.
   *
   * @throws HubStartException with a line for people
   */
  public static HubServer start(HubConfig config, Databases databases) {
    if (JETTY_LOG.getLevel() == null) {
      JETTY_LOG.setLevel(java.util.logging.Level.WARNING); // five lines at every start
      CHATTY.forEach(log -> log.setLevel(java.util.logging.Level.SEVERE));
    }
    var limits = config.limits();
    var admin = AdminFile.load(config.folder(), config.admin(), limits.passwordIterations());
    checkAdmin(config, admin);
    checkWire(config);
    var tls = config.wire() instanceof Wire.Tls files ? HubTls.open(files) : null;
    var parts = new HubParts(config, databases, admin);
    var server = new Server(threads());
    var connector = connector(server, config, tls);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    var slowHeaders = SlowHeaders.watch(connector, limits.slowMillis());
    server.setHandler(
        new GracefulHandler(
            new Routing(parts.router(), limits, slowHeaders, parts.requests(), tls != null)));
    server.setErrorHandler(Routing::answerBadMessage);
    server.setStopTimeout(STOP_MILLIS);
    try {
      open(server, connector, config);
    } catch (HubStartException e) {
      if (tls != null) {
        tls.close();
      }
      parts.close();
      throw e;
    }
    slowHeaders.start();
    parts.start();
    var hub = new HubServer(server, connector, parts, config, tls);
    LOG.log(Level.INFO, "hub at {0}", hub.url());
    return hub;
  }

  private static void checkAdmin(HubConfig config, AdminFile admin) {
    if (admin.present()) {
      return;
    }
    if (!isLoopback(config.bind())) {
      throw new HubStartException(
          Kind.ADMIN_NEEDED,
          "others can reach "
              + config.bind()
              + ": give the hub an administrator's name and password first, or bind 127.0.0.1");
    }
    if (!config.adminParty()) {
      throw new HubStartException(
          Kind.ADMIN_NEEDED,
          "the hub has no administrator: give it one (JIGGETY_ADMIN_USER and"
              + " JIGGETY_ADMIN_PASSWORD, or --admin FILE), or let everybody on this machine be one"
              + " (--admin-party)");
    }
  }

  private static void checkWire(HubConfig config) {
    if (config.wire() instanceof Wire.PlainHere && !isLoopback(config.bind())) {
      throw new HubStartException(
          Kind.TLS_NEEDED,
          "others can reach "
              + config.bind()
              + ", and passwords would travel unencrypted: give the hub a certificate"
              + " (--tls-certificate and --tls-key; 'jiggety provision --tls DIR --host NAME' makes"
              + " one), or bind 127.0.0.1; --plain-http where something in front of it encrypts");
    }
  }

  /** Requests run on virtual threads; a few real ones do the waiting on sockets. */
  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(24, 2);
    threads.setName("hub");
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return threads;
  }

  private static ServerConnector connector(Server server, HubConfig config, @Nullable HubTls tls) {
    var http = new HttpConfiguration();
    // Ids of documents may hold anything, and we take the path apart ourselves, before decoding.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(16_384);
    var plain = new HttpConnectionFactory(http);
    var connector =
        tls == null
            ? new ServerConnector(server, 1, 1, plain)
            : new ServerConnector(server, 1, 1, tls.before(plain));
    connector.setHost(config.bind());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.limits().idleMillis());
    connector.setAcceptQueueSize(1_024);
    server.addConnector(connector);
    return connector;
  }

  private static void open(Server server, ServerConnector connector, HubConfig config) {
    var address = config.bind() + ":" + config.port();
    try {
      connector.open();
    } catch (IOException e) {
      var taken = isBusy(e);
      throw new HubStartException(
          taken ? Kind.PORT_TAKEN : Kind.ADDRESS,
          taken
              ? "another program listens at " + address + ": stop it or choose another port"
              : "cannot listen at " + address + ": " + innermost(e).getMessage(),
          e);
    }
    try {
      server.start();
    } catch (Exception e) {
      connector.close();
      throw new HubStartException(Kind.SERVER, "the hub could not start: " + e.getMessage(), e);
    }
  }

  private static boolean isBusy(IOException e) {
    var message = innermost(e).getMessage();
    return message != null && message.contains("already in use");
  }

  private static Throwable innermost(Throwable e) {
    var cause = e.getCause();
    return cause == null ? e : innermost(cause);
  }

  private static boolean isLoopback(String address) {
    try {
      for (var each : InetAddress.getAllByName(address)) {
        if (!each.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw new HubStartException(Kind.ADDRESS, "there is no address " + address, e);
    }
  }

  /** The port that it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The address, with a slash at its end. */
  public URI url() {
    var any = config.bind().equals("0.0.0.0") || config.bind().equals("::");
    var host = tls != null ? tls.ownName(config.bind()) : any ? "127.0.0.1" : config.bind();
    return URI.create(
        (tls == null ? "http://" : "https://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port()
            + "/");
  }

  /** Carries a task out on the threads of requests. */
  void execute(Runnable task) {
    server.getThreadPool().execute(task);
  }

  /** All routes that it serves. */
  List<Router.Listed> routes() {
    return parts.router().routes();
  }

  /** How many clients listen to changes right now, longpolls included. */
  public int listeners() {
    return parts.listeners();
  }

  /** When its certificate ends; empty where it speaks no TLS. */
  Optional<Instant> certificateEnds() {
    return Optional.ofNullable(tls).map(HubTls::ends);
  }

  /** Why the files of its certificate are not used as they are now; empty where they are. */
  Optional<String> certificateProblem() {
    return Optional.ofNullable(tls).flatMap(HubTls::problem);
  }

  /** Requests since it began. */
  List<HubStatus.Requests> requests() {
    return parts.requests().read();
  }

  /** The last things that concern who may do what. */
  List<AccessEvent> access() {
    return parts.access();
  }

  /** Wrong names and passwords since it began. */
  long refusedLogins() {
    return parts.refusedLogins();
  }

  /**
   * Ends all feeds and replications, lets requests under way finish (for a few seconds), then
   * closes all connections. Closing twice does no harm.
   */
  @Override
  public void close() {
    // First of all, and a while before the rest: a connection that Jetty accepts while it stops is
    // neither served nor closed, and its client waits for ever if this process lives on.
    connector.close();
    parts.endWork();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the hub did not stop in order", e);
    }
    if (tls != null) {
      tls.close();
    }
    parts.close();
  }

  /** Deletes the indexes of a database whose design documents are gone. */
  void cleanUpViews(DocumentStore store) {
    parts.cleanUpViews(store);
  }
}
