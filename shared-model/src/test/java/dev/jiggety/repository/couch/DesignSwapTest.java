package dev.jiggety.repository.couch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.testing.NpmCouch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New indexes come beside the old ones, which answer until they are built. */
class DesignSwapTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<String> NOT_PASSED_ON = Set.of("connection", "transfer-encoding");
  private static NpmCouch couch;

  private final String name = "swap" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> whileBuilding = new CopyOnWriteArrayList<>();
  private Hub direct;
  private HubDatabase database;

  @BeforeAll
  static void startServer() {
    couch = NpmCouch.start();
  }

  @AfterAll
  static void stopServer() {
    couch.close();
  }

  @BeforeEach
  void create() {
    direct = open(couch.url());
    database = direct.database(name);
    assertThat(database.create().isOk()).isTrue();
    JsonObject document = new JsonObject();
    document.addProperty("_id", "a");
    document.addProperty("size", 7);
    assertThat(database.put(document).isOk()).isTrue();
  }

  @AfterEach
  void drop() {
    database.drop();
    direct.close();
  }

  @Test
  void theOldIndexAnswersUntilTheNewOneIsBuilt() throws IOException {
    assertThat(new DesignSwap(database, PATIENCE).install(design(1, "doc.size")).isOk()).isTrue();
    assertThat(sizes()).containsExactly("7");

    HttpServer proxy = proxy();
    try (Hub watched = open(url(proxy))) {
      DesignSwap swap = new DesignSwap(watched.database(name), PATIENCE);
      assertThat(swap.install(design(2, "doc.size * 2")).isOk()).isTrue();
    } finally {
      proxy.stop(0);
    }
    assertThat(whileBuilding).as("asked while the new index is built").containsExactly("[7]");
    assertThat(sizes()).containsExactly("14");
    assertThat(database.get(DesignSwap.NEXT).ok()).as("where it was built").isEmpty();
  }

  @Test
  void whatWasCutOffIsFinishedByTheNextOne() {
    DesignSwap swap = new DesignSwap(database, PATIENCE);
    assertThat(swap.install(design(1, "doc.size")).isOk()).isTrue();
    JsonObject left = design(2, "doc.size * 2");
    left.addProperty("_id", DesignSwap.NEXT);
    assertThat(database.put(left).isOk()).isTrue();

    assertThat(swap.install(design(2, "doc.size * 2")).isOk()).isTrue();
    assertThat(sizes()).containsExactly("14");
    assertThat(database.get(DesignSwap.NEXT).ok()).isEmpty();
  }

  @Test
  void anOlderProgramLeavesAloneWhatANewerOneBuilds() {
    DesignSwap swap = new DesignSwap(database, PATIENCE);
    assertThat(swap.install(design(1, "doc.size")).isOk()).isTrue();
    JsonObject building = design(2, "doc.size * 2");
    building.addProperty("_id", DesignSwap.NEXT);
    assertThat(database.put(building).isOk()).isTrue();

    assertThat(swap.install(design(1, "doc.size")).isOk()).isTrue();
    assertThat(database.get(DesignSwap.NEXT).ok()).as("what is being built").isPresent();

    assertThat(swap.install(design(2, "doc.size * 2")).isOk()).isTrue();
    assertThat(swap.install(design(1, "doc.size")).isOk()).isTrue();
    assertThat(sizes()).as("the newer one stays").containsExactly("14");
  }

  @Test
  void provisioningBringsNewIndexesIntoOldMonthsToo() {
    DatabaseNames names = new DatabaseNames(name + "-");
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    Instant old = Instant.parse("2026-02-03T10:00:00Z");
    HubDatabase month = direct.database(names.archive(old));
    assertThat(month.create().isOk()).isTrue();
    assertThat(month.put(design(1, "doc.size")).isOk()).isTrue();
    try {
      new Provisioner(direct, names).provision(now);
      JsonObject found = month.get(DesignDocuments.ID).ok().orElseThrow();
      assertThat(found.get("views")).isEqualTo(DesignDocuments.archive().get("views"));
    } finally {
      direct.databaseNames().ok().orElseThrow().stream()
          .filter(database -> database.startsWith(names.prefix()))
          .forEach(database -> direct.database(database).drop());
    }
  }

  private List<String> sizes() {
    List<String> sizes = new ArrayList<>();
    JsonArray last = new JsonArray(); // behind all numbers
    assertThat(
            database
                .views()
                .eachEntry(
                    "jiggety/sizes",
                    JsonNull.INSTANCE,
                    last,
                    row -> sizes.add(row.value().toString()))
                .inWords())
        .isEqualTo("done");
    return sizes;
  }

  private static JsonObject design(int version, String value) {
    JsonObject view = new JsonObject();
    view.addProperty("map", "function (doc) { emit(doc.size, " + value + "); }");
    JsonObject views = new JsonObject();
    views.add("sizes", view);
    JsonObject design = new JsonObject();
    design.addProperty("_id", DesignDocuments.ID);
    design.addProperty("language", "javascript");
    design.addProperty("version", version);
    design.add("views", views);
    return design;
  }

  /** Passes everything on; where an index is asked for that is built, it asks the old one first. */
  private HttpServer proxy() throws IOException {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HttpClient client = HttpClient.newHttpClient();
    proxy.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().contains("jiggety-next/_view")) {
            whileBuilding.add(sizes().toString());
          }
          passOn(client, exchange);
        });
    proxy.start();
    return proxy;
  }

  private static void passOn(HttpClient client, HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(couch.url().resolve(exchange.getRequestURI().toString()));
    try (InputStream body = exchange.getRequestBody()) {
      request.method(
          exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body.readAllBytes()));
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type != null) {
      request.header("Content-Type", type);
    }
    request.header("Accept", "application/json");
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach((header, values) -> {
            if (!NOT_PASSED_ON.contains(header)) {
              exchange.getResponseHeaders().put(header, values);
            }
          });
      byte[] bytes = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static URI url(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static Hub open(URI url) {
    return Hub.open(HubAddress.parse(url.toString(), Optional.empty()), HubOptions.DEFAULT);
  }
}
