package dev.jiggety.agent.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web site that counts who looks at it: the witness of what the nodes really did. */
final class WatchedSite implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();

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

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      visits
          .computeIfAbsent(exchange.getRequestURI().getPath(), _ -> new AtomicInteger())
          .incrementAndGet();
      byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
