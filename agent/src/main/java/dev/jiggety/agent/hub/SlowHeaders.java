package dev.jiggety.agent.hub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Cuts connections on which TLS or a request has begun and does not come to its end: the server's
 * idle time says nothing about who sends a byte now and then. Thread-safe.
 */
final class SlowHeaders implements Connection.Listener {
  /** What the JDK calls the protocol until both sides have agreed on one. */
  private static final String NO_TLS_YET = "NONE";

  private final ServerConnector connector;
  private final long patienceNanos;
  private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();

  private static final class Watched {
    volatile boolean busy;
    volatile long bytesBefore;
    volatile boolean begun;
    volatile long begunAt;
  }

  private SlowHeaders(ServerConnector connector, long patienceNanos) {
    this.connector = connector;
    this.patienceNanos = patienceNanos;
  }

  /** Watches all connections of this connector while it runs. */
  static SlowHeaders watch(ServerConnector connector, long patienceMillis) {
    var watch = new SlowHeaders(connector, TimeUnit.MILLISECONDS.toNanos(patienceMillis));
    connector.addBean(watch);
    return watch;
  }

  /** Begins to look; the connector has been started. */
  void start() {
    var pause = Math.clamp(patienceNanos / 4, 1_000_000, 1_000_000_000);
    connector
        .getScheduler()
        .schedule(
            () -> {
              try {
                sweep(System.nanoTime());
              } finally {
                if (connector.isRunning()) {
                  start();
                }
              }
            },
            pause,
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    connections.put(connection, new Watched());
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  /** A request's header has come; until its end the connection is left alone. */
  void begin(Request request) {
    var connection = request.getConnectionMetaData().getConnection();
    var watched = connections.get(connection);
    if (watched != null) {
      watched.busy = true;
      Request.addCompletionListener(
          request,
          failure -> {
            watched.bytesBefore = connection.getBytesIn();
            watched.begun = false;
            watched.busy = false;
          });
    }
  }

  /** Of a TLS connection its greeting counts; what comes through it is a connection of its own. */
  private static boolean isAtRest(Connection connection, Watched watched) {
    return connection instanceof SslConnection tls
        ? !tls.getSSLEngine().getSession().getProtocol().equals(NO_TLS_YET)
        : connection.getBytesIn() <= watched.bytesBefore;
  }

  private void sweep(long now) {
    connections.forEach((connection, watched) -> {
      if (watched.busy || isAtRest(connection, watched)) {
        watched.begun = false;
      } else if (!watched.begun) {
        watched.begun = true;
        watched.begunAt = now;
      } else if (now - watched.begunAt > patienceNanos) {
        connection.getEndPoint().close();
      }
    });
  }
}
