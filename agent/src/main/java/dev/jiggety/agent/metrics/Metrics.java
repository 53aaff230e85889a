package dev.jiggety.agent.metrics;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Figures of one role, for as long as it is open: an endpoint, a push, or both. */
public final class Metrics implements AutoCloseable {
  private final @Nullable MetricsServer server;
  private final @Nullable OtlpPush push;

  private Metrics(@Nullable MetricsServer server, @Nullable OtlpPush push) {
    this.server = server;
    this.push = push;
  }

  /** Where to listen; port 0 for any. */
  public record Listen(String host, int port) {
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Reads {@code [HOST:]PORT}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Listen parse(String text) {
      int colon = text.lastIndexOf(':');
      String port = text.substring(colon + 1);
      String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535 || host.isEmpty()) {
        throw new IllegalArgumentException(
            "--metrics: \"" + text + "\" is no [HOST:]PORT, as in 9464 or 0.0.0.0:9464");
      }
      return new Listen(host, Integer.parseInt(port));
    }
  }

  /**
   * Begins.
   *
   * @param listen where the endpoint is; empty for none
   * @param otlp where figures are pushed to; empty for nowhere
   * @param lacks why the role is not ready, a line each; empty when it is
   * @throws IllegalArgumentException with a line for people when it cannot listen there
   */
  public static Metrics start(
      Who who,
      Optional<Listen> listen,
      Optional<OtlpConfig> otlp,
      List<Source> sources,
      Supplier<List<String>> lacks) {
    Scrape scrape = new Scrape(who, sources);
    MetricsServer server =
        listen.map(at -> MetricsServer.start(at.host(), at.port(), scrape, lacks)).orElse(null);
    OtlpPush push =
        otlp.map(at -> OtlpPush.start(at, scrape, who, InstantSource.system())).orElse(null);
    return new Metrics(server, push);
  }

  /** The endpoint's address, with a slash at the end; empty where there is none. */
  public Optional<URI> url() {
    return Optional.ofNullable(server).map(MetricsServer::url);
  }

  @Override
  public void close() {
    if (push != null) {
      push.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
