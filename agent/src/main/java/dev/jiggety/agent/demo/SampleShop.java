package dev.jiggety.agent.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A small web shop on loopback that is there to be watched: {@link ShopPages} says what is in it.
 * How each page answers follows the {@link Timetable}.
 */
final class SampleShop implements AutoCloseable {
  private static final int LONGEST_FORM = 10_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ShopPages pages = new ShopPages();
  private final long startedNanos = System.nanoTime();

  private SampleShop(HttpServer server) {
    this.server = server;
  }

  /**
   * Opens the shop on the loopback address.
   *
   * @param port where it would like to be; on any other one when that is taken, or when it is 0
   * @throws IOException when there is no free port
   */
  static SampleShop open(int port) throws IOException {
    SampleShop shop = new SampleShop(server(port));
    shop.server.setExecutor(shop.threads);
    shop.server.createContext("/", shop::handle);
    shop.server.start();
    return shop;
  }

  private static HttpServer server(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
    } catch (BindException e) {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    }
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
      String body =
          new String(exchange.getRequestBody().readNBytes(LONGEST_FORM), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      switch (Timetable.at(path, Duration.ofNanos(System.nanoTime() - startedNanos))) {
        case Behaviour.Answer(Duration delay) -> {
          pause(delay);
          answer(exchange, body);
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

  private void answer(HttpExchange exchange, String body) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String cookies = exchange.getRequestHeaders().getFirst("Cookie");
    ShopPages.Page page =
        pages.answer(
            new ShopPages.Question(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                body,
                cookies == null ? "" : cookies));
    if (!page.cookie().isEmpty()) {
      exchange.getResponseHeaders().add("Set-Cookie", page.cookie());
    }
    if (page.location().isEmpty()) {
      send(exchange, page.status(), page.body());
    } else {
      exchange.getResponseHeaders().set("Location", page.location());
      exchange.sendResponseHeaders(page.status(), -1);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = whole(body).getBytes(StandardCharsets.UTF_8);
    String type = body.startsWith("{") ? "application/json" : "text/html; charset=utf-8";
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static String whole(String body) {
    boolean html = body.startsWith("<");
    return html ? "<!DOCTYPE html><title>The Jig Shop</title>" + body : body;
  }

  /** Promises more than it sends; closing the exchange then closes the connection. */
  private static void cut(HttpExchange exchange) throws IOException {
    byte[] half = "<h1>Hello, Ja".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, half.length * 2L);
    exchange.getResponseBody().write(half);
    exchange.getResponseBody().flush();
  }
}
