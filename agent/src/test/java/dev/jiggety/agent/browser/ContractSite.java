package dev.jiggety.agent.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The pages that {@link BrowserContract} walks through, on loopback. */
final class ContractSite implements AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";

  private final HttpServer server;
  private final String base;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private ContractSite(HttpServer server, String scheme) {
    this.server = server;
    this.base = scheme + "://localhost:" + server.getAddress().getPort();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Plain http. */
  static ContractSite open() throws IOException {
    return new ContractSite(HttpServer.create(anyPort(), 0), "http");
  }

  /** With TLS. */
  static ContractSite open(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new ContractSite(server, "https");
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The absolute address of a path. */
  String url(String path) {
    return base + path;
  }

  /** What was asked for, as {@code GET /path?query}, but for the icon that browsers look for. */
  List<String> asked() {
    return asked.stream().filter(line -> !line.contains("favicon")).toList();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      switch (path) {
        case "/echo" -> send(exchange, 200, Map.of(), echo(exchange));
        case "/cookie" ->
            send(exchange, 200, Map.of("Set-Cookie", "pig=pink; Path=/"), ContractPages.SIMPLE);
        case "/private" -> secret(exchange);
        case "/moved" -> send(exchange, 302, Map.of("Location", "/moved-again"), "");
        case "/moved-again" -> send(exchange, 301, Map.of("Location", "/target?by=redirect"), "");
        case "/circle" -> send(exchange, 302, Map.of("Location", "/circle"), "");
        case "/missing" ->
            send(
                exchange,
                404,
                Map.of("X-Reason", "eaten"),
                ContractPages.page("Gone", "<p>No pig</p>"));
        case "/broken" -> send(exchange, 500, Map.of(), ContractPages.page("Oops", "<p>500</p>"));
        case "/never" -> closing.await();
        case "/half" -> half(exchange);
        case "/text" ->
            send(exchange, 200, Map.of("Content-Type", "text/plain"), "only <b>text</b>");
        case "/style.css" ->
            send(exchange, 200, Map.of("Content-Type", "text/css"), "p{color:red}");
        case "/script.js" ->
            send(
                exchange,
                200,
                Map.of("Content-Type", "text/javascript"),
                "document.title = 'Written by a script';");
        case "/dot.png" -> dot(exchange);
        case "/absent.png" -> send(exchange, 404, Map.of("Content-Type", "image/png"), "");
        default -> {
          String page = ContractPages.BY_PATH.get(path);
          send(exchange, page == null ? 404 : 200, Map.of(), page == null ? "" : page);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void secret(HttpExchange exchange) throws IOException {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    String right =
        "Basic "
            + Base64.getEncoder().encodeToString("jack:fat pig".getBytes(StandardCharsets.UTF_8));
    if (right.equals(given)) {
      send(exchange, 200, Map.of(), ContractPages.page("Inside", "<p>Hello, Jack</p>"));
    } else {
      send(
          exchange,
          401,
          Map.of("WWW-Authenticate", "Basic realm=\"The sty\""),
          ContractPages.page("Outside", "<p>Who are you?</p>"));
    }
  }

  /** Less than was promised. */
  private static void half(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", HTML);
    exchange.sendResponseHeaders(200, 100_000);
    exchange.getResponseBody().write("<title>Half</title>".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void dot(HttpExchange exchange) throws IOException {
    byte[] png =
        Base64.getDecoder()
            .decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
                    + "rkJggg==");
    exchange.getResponseHeaders().set("Content-Type", "image/png");
    exchange.sendResponseHeaders(200, png.length);
    exchange.getResponseBody().write(png);
  }

  private static String echo(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> text.append('\n').append(name).append(": ").append(values.get(0)));
    byte[] body = exchange.getRequestBody().readAllBytes();
    text.append("\n\n").append(new String(body, StandardCharsets.UTF_8));
    return ContractPages.page("Echo", "<pre id=request>" + ContractPages.escaped(text) + "</pre>");
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", HTML);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
