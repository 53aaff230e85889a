package dev.jiggety.agent.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A small web shop on loopback that is there to be watched: home page, product, search, login,
 * checkout, a stock interface and a link that moved. How each answers follows the {@link
 * Timetable}.
 */
final class SampleShop implements AutoCloseable {
  private static final Map<String, String> PAGES =
      Map.of(
          "/",
          "<h1>The Jig Shop</h1><p>Welcome! <a href=\"/product\">Today: a fat pig</a></p>",
          "/product",
          "<h1>A fat pig</h1><p>In stock. Price: 12.50</p>",
          "/search",
          "<h1>Search</h1><p>3 results for pig</p>",
          "/login",
          "<h1>Hello, Jack</h1><p>You are logged in.</p>",
          "/checkout",
          "<h1>Checkout</h1><p>1 fat pig, to market. Pay now</p>",
          "/api/stock",
          "{\"product\":\"pig\",\"stock\":17}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final long startedNanos = System.nanoTime();

  private SampleShop(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens the shop on a free port of the loopback address.
   *
   * @throws IOException when there is none
   */
  static SampleShop open() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SampleShop shop = new SampleShop(HttpServer.create(anyPort, 128));
    shop.server.setExecutor(shop.threads);
    shop.server.createContext("/", shop::handle);
    shop.server.start();
    return shop;
  }

  /** Where it is, without a slash at the end. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      switch (Timetable.at(path, Duration.ofNanos(System.nanoTime() - startedNanos))) {
        case Behaviour.Answer(Duration delay) -> {
          pause(delay);
          answer(exchange, path);
        }
        case Behaviour.Fail(int status) -> send(exchange, status, "<h1>Out of pigs</h1>");
        case Behaviour.Stall() -> pause(Duration.ofMinutes(1));
        case Behaviour.Cut() -> cut(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits, but never longer than the shop is open. */
  private void pause(Duration time) throws InterruptedException {
    boolean closed = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    if (closed) {
      throw new InterruptedException("the shop closes");
    }
  }

  private static void answer(HttpExchange exchange, String path) throws IOException {
    String page = PAGES.get(path);
    if (path.equals("/old-home")) {
      exchange.getResponseHeaders().set("Location", "/");
      exchange.sendResponseHeaders(302, -1);
    } else if (path.equals("/login") && !exchange.getRequestMethod().equals("POST")) {
      send(exchange, 405, "<h1>Please log in with a form</h1>");
    } else if (page == null) {
      send(exchange, 404, "<h1>No such page</h1>");
    } else {
      send(exchange, 200, page);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String type = body.startsWith("{") ? "application/json" : "text/html; charset=utf-8";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Promises more than it sends; closing the exchange then closes the connection. */
  private static void cut(HttpExchange exchange) throws IOException {
    byte[] half = "<h1>Hello, Ja".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, half.length * 2L);
    exchange.getResponseBody().write(half);
    exchange.getResponseBody().flush();
  }
}
