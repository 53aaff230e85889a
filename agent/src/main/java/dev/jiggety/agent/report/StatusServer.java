package dev.jiggety.agent.report;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Hands out the files of a status page from memory, on a port of its own, until it is closed: to
 * GET and HEAD, and nothing else. It knows no hub and no disk, so it can give away nothing of them.
 * Thread-safe.
 */
public final class StatusServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StatusServer.class.getName());
  // Held, because a level is forgotten with its logger.
  private static final Logger JETTY_LOG = Logger.getLogger("org.eclipse.jetty");

  private static final int CONNECTIONS = 512;
  private static final int HEADER_BYTES = 8_192;
  private static final long IDLE_MILLIS = 15_000;
  private static final long STOP_MILLIS = 1_000;

  private final Server server;
  private final ServerConnector connector;
  private final String bind;
  private volatile Map<String, SiteFile> files = Map.of();

  private StatusServer(String bind, int port) {
    this.bind = bind;
    QueuedThreadPool threads = new QueuedThreadPool(12, 2);
    threads.setName("status-page");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bind);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    server.setStopTimeout(STOP_MILLIS);
    server.setHandler(new FilesHandler());
    server.setErrorHandler(StatusServer::error);
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any free one
   * @throws IOException with a line for people, when it cannot
   */
  public static StatusServer start(String bind, int port) throws IOException {
    if (JETTY_LOG.getLevel() == null) {
      JETTY_LOG.setLevel(java.util.logging.Level.WARNING);
    }
    StatusServer made = new StatusServer(bind, port);
    try {
      made.connector.open();
      made.server.start();
      return made;
    } catch (Exception e) {
      made.close();
      throw new IOException(
          "the status page cannot listen at "
              + bind
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "): stop what listens there or choose another port",
          e);
    }
  }

  /** What it hands out from now on. */
  public void show(List<SiteFile> now) {
    files = now.stream().collect(Collectors.toUnmodifiableMap(SiteFile::name, file -> file));
  }

  /** Where it listens, with a slash at the end. */
  public URI url() {
    boolean any = bind.equals("0.0.0.0") || bind.equals("::");
    String host = any ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
    return URI.create("http://" + host + ":" + connector.getLocalPort() + "/");
  }

  /** Lets answers under way finish for a second, then closes all connections. */
  @Override
  public void close() {
    connector.close();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "the status page did not stop in order", e);
    }
  }

  private final class FilesHandler extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      HttpFields.Mutable headers = response.getHeaders();
      secure(headers);
      boolean head = request.getMethod().equals("HEAD");
      if (!head && !request.getMethod().equals("GET")) {
        headers.put(HttpHeader.ALLOW, "GET, HEAD");
        text(405, "only GET and HEAD are answered here\n", response, callback);
        return true;
      }
      String path = Request.getPathInContext(request);
      SiteFile file = files.get(path.equals("/") ? "index.html" : path.substring(1));
      if (file == null) {
        text(files.isEmpty() ? 503 : 404, "there is no such page\n", response, callback);
        return true;
      }
      headers.put(HttpHeader.CONTENT_TYPE, file.type());
      headers.put(HttpHeader.CONTENT_LENGTH, file.content().length);
      headers.put(HttpHeader.CACHE_CONTROL, "public, max-age=15");
      response.setStatus(200);
      response.write(
          true, head ? null : ByteBuffer.wrap(file.content()).asReadOnlyBuffer(), callback);
      return true;
    }
  }

  private static void secure(HttpFields.Mutable headers) {
    headers.put("Content-Security-Policy", Html.POLICY + "; frame-ancestors 'none'");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  }

  private static boolean error(Request request, Response response, Callback callback) {
    secure(response.getHeaders());
    int status = response.getStatus();
    text(status < 400 ? 400 : status, "this cannot be answered\n", response, callback);
    return true;
  }

  private static void text(int status, String text, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, text, callback);
  }
}
