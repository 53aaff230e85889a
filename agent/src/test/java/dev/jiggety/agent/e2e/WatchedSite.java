package dev.jiggety.agent.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site that counts who looks at it: the witness of what the nodes really did. */
final class WatchedSite implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();

  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

  private WatchedSite(HttpServer server) {
    this.server = server;
  }

  static WatchedSite open() throws IOException {
    WatchedSite site =
        new WatchedSite(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
    site.server.setExecutor(site.threads);
    site.server.createContext("/", site::answer);
    site.server.start();
    return site;
  }

  String url(String page) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + page;
  }

  int visits(String page) {
    return visits.getOrDefault("/" + page, new AtomicInteger()).get();
  }

  /** From now on the page is answered with that status. */
  void answer(String page, int status) {
    statuses.put("/" + page, status);
  }

  /** Nobody who looks at the page gets an answer, until {@link #release}. */
  void hold(String page) {
    held.put("/" + page, new CountDownLatch(1));
  }

  void release(String page) {
    CountDownLatch latch = held.remove("/" + page);
    if (latch != null) {
      latch.countDown();
    }
  }

  @Override
  public void close() {
    held.values().forEach(CountDownLatch::countDown);
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String page = exchange.getRequestURI().getPath();
      visits.computeIfAbsent(page, _ -> new AtomicInteger()).incrementAndGet();
      CountDownLatch latch = held.get(page);
      if (latch != null) {
        latch.await();
      }
      byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(statuses.getOrDefault(page, 200), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
