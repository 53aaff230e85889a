package dev.jiggety.agent.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jiggety.model.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;

/** A site on loopback whose pages are all {@link Trap}s. Endless answers end when it is closed. */
public final class HostileSite implements AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";
  private static final int MEBIBYTE = 1 << 20;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer plain;
  private final Map<Trap, HttpServer> secure = new EnumMap<>(Trap.class);

  private HostileSite() throws IOException {
    plain = start(HttpServer.create(anyPort(), 0));
    secure.put(Trap.TLS_EXPIRED, start(TestCertificates.expired()));
    secure.put(Trap.TLS_WRONG_HOST, start(TestCertificates.wrongHost()));
    secure.put(Trap.TLS_SELF_SIGNED, start(TestCertificates.selfSigned()));
  }

  /** Opens it on free ports. */
  public static HostileSite open() throws IOException {
    return new HostileSite();
  }

  /** Where a trap waits. */
  public String url(Trap trap) {
    HttpServer tls = secure.get(trap);
    int port = (tls == null ? plain : tls).getAddress().getPort();
    return (tls == null ? "http" : "https") + "://localhost:" + port + "/" + trap.name();
  }

  /** A page without harm. */
  public String harmless() {
    return "http://localhost:" + plain.getAddress().getPort() + "/harmless";
  }

  /** The way there: with an authority that has signed what is bad otherwise. */
  public static Connection connection() {
    return BrowserContract.trusting();
  }

  @Override
  public void close() {
    closing.countDown();
    plain.stop(0);
    secure.values().forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private HttpServer start(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return start(server);
  }

  private HttpServer start(HttpServer server) {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    return server;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      String query = exchange.getRequestURI().getQuery();
      Trap trap =
          Arrays.stream(Trap.values()).filter(t -> t.name().equals(path)).findFirst().orElse(null);
      switch (path) {
        case "slow.png" -> closing.await();
        case "dot.png" -> answer(exchange, "image/png", new byte[100]);
        case "no-script" -> answer(exchange, "text/javascript", new byte[] {'(', 0, (byte) 0xff});
        default -> {
          if (trap == null) {
            answer(exchange, HTML, utf8(HostilePages.page("<p>fine</p>")));
          } else {
            spring(exchange, trap, query == null ? "" : query);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void spring(HttpExchange exchange, Trap trap, String query)
      throws IOException, InterruptedException {
    switch (trap) {
      case SILENCE -> closing.await();
      case DRIP -> drip(exchange);
      case GIGABYTE -> flood(exchange, utf8("<p>pigs, pigs, pigs</p>\n".repeat(40_000)), 1100);
      case GZIP_BOMB -> gzip(exchange);
      case REDIRECT_LOOP -> redirect(exchange, "/" + trap.name());
      case REDIRECT_CHAIN -> redirect(exchange, "/" + trap.name() + "?" + query + "1");
      case WRONG_CHARSET ->
          answer(exchange, "text/html; charset=utf-16", utf8(HostilePages.page("<p>Zürich</p>")));
      case UNKNOWN_CHARSET ->
          answer(exchange, "text/html; charset=pig-latin", utf8(HostilePages.page("<p>ü</p>")));
      case BROKEN_TEXT -> answer(exchange, HTML, brokenText());
      case UTF16_WITHOUT_BOM ->
          answer(
              exchange,
              "text/html",
              HostilePages.page("<p>Zürich</p>").getBytes(StandardCharsets.UTF_16LE));
      case ATTACHMENT -> {
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=pig.html");
        answer(exchange, HTML, utf8(HostilePages.page("<p>take me away</p>")));
      }
      case OCTETS -> answer(exchange, "application/octet-stream", new byte[300_000]);
      case COOKIES -> {
        for (int i = 0; i < 2000; i++) {
          exchange.getResponseHeaders().add("Set-Cookie", "pig" + i + "=" + i + "; Path=/");
        }
        answer(exchange, HTML, utf8(HostilePages.page("<p>fine</p>")));
      }
      case HUGE_HEADER -> {
        exchange.getResponseHeaders().set("X-Pig", "oink ".repeat(200_000));
        answer(exchange, HTML, utf8(HostilePages.page("<p>fine</p>")));
      }
      case CUT_SHORT -> {
        exchange.getResponseHeaders().set("Content-Type", HTML);
        exchange.sendResponseHeaders(200, 100_000);
        exchange.getResponseBody().write(utf8("<p>not all"));
        exchange.getResponseBody().flush();
      }
      default -> answer(exchange, HTML, utf8(HostilePages.of(trap, query)));
    }
  }

  private void drip(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", HTML);
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write(utf8("<!DOCTYPE html><title>Drip</title><p>"));
    do {
      body.write('.');
      body.flush();
    } while (!closing.await(50, TimeUnit.MILLISECONDS));
  }

  private void flood(HttpExchange exchange, byte[] piece, int times) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", HTML);
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    for (int i = 0; i < times && closing.getCount() > 0; i++) {
      body.write(piece);
    }
  }

  /** Blocks of deflate (RFC 1951) that stand for a mebibyte each, again and again. */
  private void gzip(HttpExchange exchange) throws IOException {
    byte[] blanks = new byte[MEBIBYTE];
    Arrays.fill(blanks, (byte) ' ');
    byte[] block = new byte[MEBIBYTE];
    int length;
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(blanks);
      length = deflater.deflate(block, 0, block.length, Deflater.FULL_FLUSH);
    }
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    exchange.getResponseHeaders().set("Content-Type", HTML);
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
    for (int i = 0; i < 1100 && closing.getCount() > 0; i++) {
      body.write(block, 0, length);
    }
  }

  private static byte[] brokenText() {
    byte[] start = utf8("<!DOCTYPE html><title>Broken</title><p>");
    byte[] bad = {
      (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xff, (byte) 0xc0, 0, 1, 0x7f, (byte) 0xf5, '<'
    };
    byte[] all = Arrays.copyOf(start, start.length + bad.length);
    System.arraycopy(bad, 0, all, start.length, bad.length);
    return all;
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to.length() > 2000 ? "/REDIRECT_CHAIN" : to);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
