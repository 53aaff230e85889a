package dev.jiggety.agent.browser.chromium;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Pages that try what a browser can take; also a proxy that answers in the place of all sites. */
final class GreedySite implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();

  GreedySite() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String at(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Hosts and paths, with what they were asked to prove who asks. */
  List<String> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String proof = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
      asked.add(exchange.getRequestHeaders().getFirst("Host") + path + (proof == null ? "" : " +"));
      switch (path) {
        case "/loop" -> page(exchange, "<script>while (true) {}</script>");
        case "/buffers" ->
            page(
                exchange,
                "<script>const all = []; setInterval(() => {"
                    + "all.push(new Uint8Array(100 << 20).fill(1)); }, 10);</script>"
                    + "<img src=/never.png>");
        case "/never.png" -> hang(exchange);
        case "/file" -> {
          exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=a.zip");
          send(exchange, 200, "application/zip", "PK");
        }
        case "/frame" -> page(exchange, "<img src=/dot.png>");
        case "/frames" ->
            page(exchange, "<iframe src='http://localhost:" + port() + "/frame'></iframe>");
        case "/colours" -> page(exchange, COLOURS);
        case "/locked" -> {
          if (proof == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"gate\"");
            send(exchange, 407, "text/html", "who are you?");
          } else {
            page(exchange, "through the gate");
          }
        }
        default -> page(exchange, "calm");
      }
    }
  }

  /** So much detail that it does not fit without loss. */
  private static final String COLOURS =
      "<body style='margin:0'><canvas id=c width=1280 height=800></canvas><script>"
          + "const x = c.getContext('2d'), d = x.createImageData(1280, 800);"
          + "for (let i = 0; i < d.data.length; i++) {"
          + "d.data[i] = i % 4 == 3 ? 255 : Math.floor(Math.random() * 256); }"
          + "x.putImageData(d, 0, 0);</script>";

  private static void page(HttpExchange exchange, String body) throws IOException {
    send(exchange, 200, "text/html", "<!DOCTYPE html><title>calm</title>" + body);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** An answer without an end: its server waits until it is closed. */
  private void hang(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(1);
    exchange.getResponseBody().flush();
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
