package dev.jiggety.agent.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.base.HostAndPort;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /metrics} in the format that is asked for, {@code /-/healthy} as long as the
 * process answers, and {@code /-/ready} as long as it does what it is there for. Reads nothing of a
 * request but its first lines.
 */
final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(MetricsServer.class.getName());
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** Scrapes at a time; who comes beyond is told to come again. */
  private static final int SCRAPES = 4;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Semaphore scraping = new Semaphore(SCRAPES);
  private final Scrape scrape;
  private final Supplier<List<String>> lacks;

  /** An answer that is ready to be sent. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(int status, String type, byte[] body) {
    static Answer text(int status, String text) {
      return new Answer(status, PLAIN, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private MetricsServer(HttpServer server, Scrape scrape, Supplier<List<String>> lacks) {
    this.server = server;
    this.scrape = scrape;
    this.lacks = lacks;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any
   * @param lacks why it is not ready, a line each; empty when it is
   * @throws IllegalArgumentException with a line for people when it cannot listen there
   */
  static MetricsServer start(String host, int port, Scrape scrape, Supplier<List<String>> lacks) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("--metrics: there is no address " + host);
    }
    try {
      HttpServer server = HttpServer.create(address, 16);
      MetricsServer made = new MetricsServer(server, scrape, lacks);
      server.createContext("/", made::handle);
      server.setExecutor(made.threads);
      server.start();
      LOG.log(Level.INFO, "metrics at {0}metrics", made.url());
      return made;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--metrics: cannot listen at %s (%s); choose another port"
              .formatted(HostAndPort.of(host, port), e.getMessage()),
          e);
    }
  }

  /** Where it listens, with a slash at the end. */
  URI url() {
    InetSocketAddress at = server.getAddress();
    return URI.create(
        "http://" + HostAndPort.of(at.getAddress().getHostAddress(), at.getPort()) + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean isHead = method.equals("HEAD");
      Answer answer =
          isHead || method.equals("GET")
              ? answerOrFailure(exchange)
              : Answer.text(405, "only GET and HEAD are answered");
      send(exchange, answer, isHead);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a scrape was cut off", e);
    }
  }

  private Answer answerOrFailure(HttpExchange exchange) throws IOException {
    try {
      return answer(exchange);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a scrape failed", e);
      return Answer.text(500, "the figures cannot be read; see the log");
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    return switch (exchange.getRequestURI().getPath()) {
      case "/metrics" -> metrics(exchange.getRequestHeaders().getFirst("Accept"));
      case "/-/healthy" -> Answer.text(200, "healthy");
      case "/-/ready" -> {
        List<String> missing = lacks.get();
        yield missing.isEmpty()
            ? Answer.text(200, "ready")
            : Answer.text(503, "not ready: " + String.join("; ", missing));
      }
      case "/" -> Answer.text(200, "/metrics\n/-/healthy\n/-/ready");
      case null, default -> Answer.text(404, "there are /metrics, /-/healthy and /-/ready");
    };
  }

  private Answer metrics(@Nullable String accept) throws IOException {
    if (!scraping.tryAcquire()) {
      return Answer.text(503, "too many scrapes at a time");
    }
    try {
      ExpositionFormatWriter writer = writer(accept);
      ByteArrayOutputStream body = new ByteArrayOutputStream(64 << 10);
      writer.write(body, scrape.now());
      return new Answer(200, writer.getContentType(), body.toByteArray());
    } finally {
      scraping.release();
    }
  }

  /** Who would rather have protobuf, which is not on board, gets the best text that it takes. */
  private ExpositionFormatWriter writer(@Nullable String accept) {
    ExpositionFormatWriter wanted = formats.findWriter(accept);
    if (wanted.isAvailable()) {
      return wanted;
    }
    return accept != null && accept.contains("application/openmetrics-text")
        ? formats.getOpenMetricsTextFormatWriter()
        : formats.getPrometheusTextFormatWriter();
  }

  private static void send(HttpExchange exchange, Answer answer, boolean isHead)
      throws IOException {
    String takes = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    byte[] body = answer.body();
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    if (takes != null && takes.contains("gzip") && body.length > 1_000) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      body = packed(body);
    }
    if (isHead) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return packed.toByteArray();
  }
}
