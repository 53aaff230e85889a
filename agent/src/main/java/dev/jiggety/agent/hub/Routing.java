package dev.jiggety.agent.hub;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests to the router and turns what it throws into answers. */
final class Routing extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(Routing.class.getName());

  private final Router router;
  private final HubConfig.Limits limits;

  private final BodyBudget bodies;
  private final SlowHeaders slowHeaders;
  private final RequestCounts counts;
  private final boolean tlsOnly;

  Routing(
      Router router,
      HubConfig.Limits limits,
      SlowHeaders slowHeaders,
      RequestCounts counts,
      boolean tlsOnly) {
    this.tlsOnly = tlsOnly;
    this.router = router;
    this.limits = limits;
    this.bodies = new BodyBudget(limits.bodiesBytes(), limits.slowMillis());
    this.slowHeaders = slowHeaders;
    this.counts = counts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response
        .getHeaders()
        .put("Server", "Jiggety (CouchDB API " + ServerRoutes.COUCHDB_VERSION + ")");
    if (tlsOnly && !request.getConnectionMetaData().isSecure()) {
      response.getHeaders().put("Connection", "close");
      answer(
          response,
          callback,
          new CouchError(
              400, "tls_required", "this hub speaks TLS only; write https instead of http"));
      return true;
    }
    slowHeaders.begin(request);
    try (var memory = bodies.lease()) {
      return handle(request, response, callback, memory);
    }
  }

  private boolean handle(
      Request request, Response response, Callback callback, BodyBudget.Lease memory) {
    Exchange exchange;
    try {
      exchange = new Exchange(request, response, callback, limits, memory);
    } catch (CouchError e) {
      var body = Content.Source.asInputStream(request);
      RequestBody.skip(request, new PacedStream(body, limits.slowNanos()));
      answer(response, callback, e);
      return true;
    }
    try {
      router.route(exchange);
    } catch (RuntimeException e) {
      fail(exchange, e);
    } finally {
      counts.count(exchange.path(), response.getStatus());
    }
    return true;
  }

  private static void fail(Exchange exchange, RuntimeException e) {
    var error = CouchError.of(e);
    if (error.status() == 500 && !(e instanceof UncheckedIOException || e instanceof CouchError)) {
      LOG.log(Level.WARNING, "request " + exchange.requestId() + " failed", e);
    }
    if (exchange.open()) {
      exchange.error(error);
    } else {
      exchange.fail(e);
    }
  }

  /** What the HTTP parser refuses, in CouchDB's form as well. */
  static boolean answerBadMessage(Request request, Response response, Callback callback) {
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
