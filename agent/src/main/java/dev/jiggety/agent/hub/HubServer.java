package dev.jiggety.agent.hub;

import dev.jiggety.agent.hub.HubStartException.Kind;
import dev.jiggety.agent.replication.job.ReplicationJobs;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.script.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

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
  private final Feeds feeds;
  private final Parts parts;
  private final HubConfig config;

  private HubServer(
      Server server, ServerConnector connector, Feeds feeds, Parts parts, HubConfig config) {
    this.parts = parts;
    this.server = server;
    this.connector = connector;
    this.feeds = feeds;
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
    if (!admin.present() && !isLoopback(config.bind())) {
      throw new HubStartException(
          Kind.ADMIN_NEEDED,
          "others can reach "
              + config.bind()
              + ": give the hub an administrator's name and password first, or bind 127.0.0.1");
    }
    var feeds = new Feeds();
    var parts = parts(config, databases, admin, feeds);
    var server = new Server(threads());
    var connector = connector(server, config);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setHandler(new GracefulHandler(new Routing(parts.router, limits)));
    server.setErrorHandler(HubServer::answerBadMessage);
    server.setStopTimeout(STOP_MILLIS);
    open(server, connector, config);
    parts.replicator.start();
    var hub = new HubServer(server, connector, feeds, parts, config);
    LOG.log(Level.INFO, "hub at {0}", hub.url());
    return hub;
  }

  /** What there is behind the sockets. */
  private record Parts(
      Router router, Scripts scripts, ReplicationJobs jobs, ReplicatorDatabase replicator) {}

  private static Parts parts(HubConfig config, Databases databases, AdminFile admin, Feeds feeds) {
    var scripts = Scripts.open(Scripts.Limits.DEFAULT);
    var limits = config.limits();
    var rights = new Rights();
    var users = new UserDocuments(databases, limits.passwordIterations());
    var authenticator =
        new Authenticator(admin, users, config.clock(), limits.passwordIterations());
    var filters = new ChangesFilters(scripts, rights);
    var uuids = new Uuids();
    var validation = new Validation(rights, scripts::validate);
    var partitions = new Partitions();
    var writes = new Writes(rights, users, uuids, limits, validation, partitions);
    var router = new Router(databases, authenticator, rights, partitions);
    var database = new DatabaseRoutes(databases, rights, partitions);
    router.register(
        new ServerRoutes(databases, uuids, database, partitions), new SessionRoutes(authenticator));
    router.register(
        database, new BulkRoutes(writes), new AllDocsRoutes(), new ChangesRoutes(feeds, filters));
    var uploads = new Uploads(config.folder().resolve("uploads"), limits.attachmentBytes());
    router.register(
        new DocumentRoutes(writes, new RelatedBody(uploads, limits)),
        new LocalRoutes(limits),
        new AttachmentRoutes(writes, uploads));
    var jobs =
        new ReplicationJobs(
            new HubConnector(databases, rights, writes, filters),
            databases.serverUuid(),
            config.clock(),
            new SecureRandom());
    var replicator = new ReplicatorDatabase(databases, jobs, config.clock());
    router.register(new ReplicateRoutes(jobs, replicator));
    return new Parts(router, scripts, jobs, replicator);
  }

  /** Requests run on virtual threads; a few real ones do the waiting on sockets. */
  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(24, 2);
    threads.setName("hub");
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return threads;
  }

  private static ServerConnector connector(Server server, HubConfig config) {
    var http = new HttpConfiguration();
    // Ids of documents may hold anything, and we take the path apart ourselves, before decoding.
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(16_384);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
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
    var host = any ? "127.0.0.1" : config.bind();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
  }

  /** How many clients listen to changes right now, longpolls included. */
  public int listeners() {
    return feeds.listeners();
  }

  /**
   * Ends all feeds and replications, lets requests under way finish (for a few seconds), then
   * closes all connections. Closing twice does no harm.
   */
  @Override
  public void close() {
    feeds.close();
    parts.replicator.close();
    parts.jobs.close();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the hub did not stop in order", e);
    }
    parts.scripts.close();
  }

  /** Hands requests to the router and turns what it throws into answers. */
  private static final class Routing extends Handler.Abstract {
    private final Router router;
    private final HubConfig.Limits limits;

    Routing(Router router, HubConfig.Limits limits) {
      this.router = router;
      this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response
          .getHeaders()
          .put("Server", "Jiggety (CouchDB API " + ServerRoutes.COUCHDB_VERSION + ")");
      Exchange exchange;
      try {
        exchange = new Exchange(request, response, callback, limits);
      } catch (CouchError e) {
        Exchange.skipBody(request, Content.Source.asInputStream(request));
        HubServer.answer(response, callback, e);
        return true;
      }
      try {
        router.route(exchange);
      } catch (RuntimeException e) {
        fail(exchange, e);
      }
      return true;
    }

    private static void fail(Exchange exchange, RuntimeException e) {
      var error = CouchError.of(e);
      if (error.status() == 500
          && !(e instanceof UncheckedIOException || e instanceof CouchError)) {
        LOG.log(Level.WARNING, "request " + exchange.requestId() + " failed", e);
      }
      if (exchange.open()) {
        exchange.error(error);
      } else {
        exchange.fail(e);
      }
    }
  }

  /** What the HTTP parser refuses, in CouchDB's form as well. */
  private static boolean answerBadMessage(Request request, Response response, Callback callback) {
    var status = response.getStatus();
    var error =
        switch (status) {
          case 404 -> CouchError.missing();
          case 503 -> new CouchError(503, "service_unavailable", "The hub is closing.");
          default ->
              new CouchError(
                  status < 400 ? 500 : status,
                  status < 400 || status == 500 ? "internal_server_error" : "bad_request",
                  "the request is not valid HTTP");
        };
    answer(response, callback, error);
    return true;
  }

  private static void answer(Response response, Callback callback, CouchError error) {
    response.setStatus(error.status());
    response.getHeaders().put("Content-Type", Exchange.JSON);
    Content.Sink.write(response, true, error.toJson() + "\n", callback);
  }
}
