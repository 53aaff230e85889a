package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.replication.CuttingProxy.Cut;
import dev.jiggety.agent.replication.CuttingProxy.Where;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Attachments that do not fit inside their documents, between stores and hubs. */
@Timeout(120)
class LargeAttachmentsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final byte[] KEPT = {};

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final MemoryQuarantine quarantine = new MemoryQuarantine();
  private Databases databases;
  private DocumentStore here;
  private DocumentStore there;
  private CuttingProxy proxy;
  private Hub direct;
  private Hub line;

  /** How the two stores are connected. */
  enum Way {
    /** Both are files of this process. */
    NEAR,
    /** The target is behind a hub. */
    PUSH,
    /** The source is. */
    PULL,
    /** Both are. */
    BETWEEN_HUBS
  }

  @BeforeEach
  void start() throws Exception {
    databases = Databases.open(folder.resolve("databases"), Databases.Options.defaults());
    var limits = new HubConfig.Limits(8_000_000, 64L << 20, 4L * MEGABYTE, 100, 120_000, 1);
    var config = HubConfig.loopback(0, folder.resolve("own")).withLimits(limits);
    var hub = HubServer.start(config, databases);
    here = databases.create("here").orElseThrow();
    there = databases.create("there").orElseThrow();
    proxy = new CuttingProxy(hub.port());
    direct = hub(hub.port());
    line = hub(proxy.port());
    open.addAll(List.of(line, direct, proxy, hub, databases));
  }

  private static Hub hub(int port) {
    var address = HubAddress.parse("http://127.0.0.1:" + port, Optional.empty());
    return Hub.open(address, HubOptions.DEFAULT);
  }

  @AfterEach
  void stop() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  private Peer source(Way way) {
    return way == Way.PULL || way == Way.BETWEEN_HUBS
        ? new HttpPeer(line.database("here"))
        : new StorePeer(here);
  }

  private Peer target(Way way) {
    return way == Way.PUSH || way == Way.BETWEEN_HUBS
        ? new HttpPeer(line.database("there"))
        : new StorePeer(there);
  }

  private Replicator replicator(Peer source, Peer target) {
    return new Replicator(
        source,
        target,
        ReplicationOptions.defaults(),
        id -> quarantine,
        entry -> {},
        InstantSource.system(),
        new Random(1));
  }

  private Replicator.Report run(Way way) throws InterruptedException {
    return replicator(source(way), target(way)).run();
  }

  private void assertSame(String... ids) {
    for (var id : ids) {
      assertThat(Attached.leaves(there, id)).isNotEmpty().isEqualTo(Attached.leaves(here, id));
    }
    assertThat(quarantine.list()).isEmpty();
    assertThat(Attached.partial(folder.resolve("databases"))).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void bringsAttachmentsOfAllSizes(Way way) throws Exception {
    var contents = new TreeMap<String, byte[]>();
    contents.put("empty", new byte[0]);
    contents.put("größe/😀 \"+%?&'\\", Attached.bytes(MEGABYTE, 1));
    contents.put("page.html", Attached.bytes(3 * MEGABYTE + 1, 2));
    Attached.put(here, "größe/ü +%", Optional.empty(), contents);
    Attached.put(here, "small", Optional.empty(), Map.of("s", Attached.bytes(1000, 3)));
    Attached.put(here, "_design/d", Optional.empty(), Map.of("d", Attached.bytes(300_000, 4)));
    Attached.put(here, "none", Optional.empty(), Map.of());
    assertThat(run(way).written()).isEqualTo(4);
    assertSame("größe/ü +%", "small", "_design/d", "none");
  }

  @ParameterizedTest
  @EnumSource
  void bringsTheAttachmentsOfEachLeaf(Way way) throws Exception {
    var root =
        Attached.put(here, "doc", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 1)));
    run(way);
    Attached.put(here, "doc", Optional.of(root), Map.of("a", Attached.bytes(MEGABYTE, 2)));
    // The other side goes on by itself, and what it makes comes here.
    Attached.put(
        there, "doc", Optional.of(root), Map.of("a", KEPT, "b", Attached.bytes(MEGABYTE, 3)));
    replicator(new StorePeer(there), new StorePeer(here)).run();
    var leaves = here.leaves("doc");
    assertThat(leaves).hasSize(2);
    Attached.put(
        here, "doc", Optional.of(leaves.getLast().rev()), Map.of("c", Attached.bytes(400_000, 4)));
    run(way);
    assertSame("doc");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotSendAgainWhatTheTargetHas(Way way) throws Exception {
    var first =
        Attached.put(here, "doc", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 1)));
    run(way);
    var contents = Map.of("a", KEPT, "b", Attached.bytes(500, 2));
    Attached.put(here, "doc", Optional.of(first), contents);
    // Whoever would send the large one, or ask for it, fails.
    proxy.cut(new Cut(Where.REQUEST, "PUT /there/doc", 100_000, 1));
    var asked = new Cut(Where.REQUEST, "GET /here/doc/a", 0, 1);
    if (way != Way.PUSH) {
      proxy.cut(asked);
    }
    run(way);
    assertThat(proxy.cuts()).isZero();
    assertSame("doc");
  }

  @ParameterizedTest
  @EnumSource
  void sendsAllWhereTheTargetHasLostWhatItHad(Way way) throws Exception {
    var first =
        Attached.put(here, "doc", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 1)));
    run(way);
    Attached.put(here, "doc", Optional.of(first), Map.of("a", KEPT));
    // It says that it has the first revision, but its attachment is gone.
    var target = new FaultyPeer(target(way));
    target.faults(operation ->
        operation.equals("fetch") || !operation.equals("store")
            ? Optional.empty()
            : Optional.of(
                new Fault.Meanwhile(() -> {
                  there.purge(Map.of("doc", List.of(first)));
                  there.compact();
                })));
    replicator(source(way), target).run();
    assertSame("doc");
  }

  @ParameterizedTest
  @CsvSource({
    "PUSH, REQUEST, PUT /there/doc, 0",
    "PUSH, REQUEST, PUT /there/doc, 300",
    "PUSH, REQUEST, PUT /there/doc, 900",
    "PUSH, REQUEST, PUT /there/doc, 700000",
    "PUSH, REQUEST, PUT /there/doc, 2097300",
    "PUSH, ANSWER, PUT /there/doc, 0",
    "PUSH, ANSWER, PUT /there/doc, 40",
    "PULL, REQUEST, GET /here/doc/, 0",
    "PULL, ANSWER, GET /here/doc/, 0",
    "PULL, ANSWER, GET /here/doc/, 200",
    "PULL, ANSWER, GET /here/doc/, 700000",
    "PULL, ANSWER, GET /here/doc/, 1048500",
    "PULL, ANSWER, _bulk_get, 100",
    "BETWEEN_HUBS, ANSWER, GET /here/doc/, 700000",
    "BETWEEN_HUBS, REQUEST, PUT /there/doc, 700000"
  })
  void leavesNoHalfAttachmentWhereTheLineIsCut(Way way, Where where, String request, int after)
      throws Exception {
    var contents = Map.of("a", Attached.bytes(MEGABYTE, 1), "b", Attached.bytes(MEGABYTE + 1, 2));
    Attached.put(here, "doc", Optional.empty(), contents);
    proxy.cut(new Cut(where, request, after, 2));
    for (var run = 0; run < 3; run++) {
      try {
        run(way);
      } catch (PeerException e) {
        assertThat(e.kind()).isEqualTo(PeerException.Kind.UNAVAILABLE);
      }
      assertThat(Attached.leaves(there, "doc"))
          .as("all of it or nothing")
          .isIn(Map.of(), Attached.leaves(here, "doc"));
      assertThat(Attached.partial(folder.resolve("databases"))).isZero();
    }
    assertThat(proxy.cuts()).as("lines that were cut").isPositive();
    assertSame("doc");
  }

  @ParameterizedTest
  @EnumSource
  void fetchesTheNewerRevisionWhereTheSourceLosesOneMeanwhile(Way way) throws Exception {
    var first =
        Attached.put(here, "doc", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 1)));
    var source = new FaultyPeer(source(way));
    var target = new FaultyPeer(target(way));
    var once = new ArrayList<Revision>(List.of(first));
    target.faults(operation -> {
      if (operation.equals("store") && !once.isEmpty()) {
        once.clear();
        return Optional.of(
            new Fault.Meanwhile(() -> {
              Attached.put(
                  here, "doc", Optional.of(first), Map.of("b", Attached.bytes(MEGABYTE, 2)));
              here.compact();
            }));
      }
      return Optional.empty();
    });
    var replicator = replicator(source, target);
    assertThatThrownBy(replicator::run).isInstanceOf(PeerException.class);
    assertThat(there.get("doc")).isEmpty();
    replicator.run();
    assertSame("doc");
  }

  @ParameterizedTest
  @EnumSource(names = {"PUSH", "BETWEEN_HUBS"})
  void putsAsideOnlyTheDocumentThatIsTooLarge(Way way) throws Exception {
    Attached.put(here, "a", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 1)));
    Attached.put(here, "big", Optional.empty(), Map.of("a", Attached.bytes(20 * MEGABYTE, 2)));
    Attached.put(here, "z", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 3)));
    // Not by the proxy, which is no server that hangs up when it has answered.
    var target = new HttpPeer(direct.database("there"));
    assertThat(replicator(source(way), target).run().quarantined()).isEqualTo(1);
    assertThat(quarantine.list()).extracting(QuarantinedDocument::id).containsExactly("big");
    assertThat(there.get("big")).isEmpty();
    assertThat(Attached.leaves(there, "z")).isEqualTo(Attached.leaves(here, "z"));
  }

  @Test
  void goesInsideTheDocumentToAServerThatTakesNoParts() throws Exception {
    var content = Attached.bytes(MEGABYTE, 1);
    var rev = Attached.put(here, "doc", Optional.empty(), Map.of("a", content));
    var bulk = new AtomicReference<>("");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/db/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var isPut = exchange.getRequestMethod().equals("PUT");
          if (!isPut) {
            bulk.set(body);
          }
          var answer =
              (isPut ? "{\"error\":\"bad_content_type\"}" : "[]").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isPut ? 415 : 201, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try (var hub = hub(server.getAddress().getPort())) {
      var wanted = List.of(new WantedRevisions("doc", List.of(rev)));
      var documents = new StorePeer(here).fetch(wanted, MEGABYTE).documents();
      assertThat(new HttpPeer(hub.database("db")).store(documents))
          .isEqualTo(new StoreAnswer.Taken(List.of()));
      assertThat(bulk.get())
          .contains("\"data\":\"" + Base64.getEncoder().encodeToString(content) + "\"")
          .doesNotContain("stub");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void quarantinesWhatIsNotAsAnnounced() throws Exception {
    Attached.put(here, "doc", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 1)));
    Attached.put(here, "good", Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, 2)));
    var announced = new StorePeer(here);
    var source =
        new FaultyPeer(announced)
            .change(document -> document.id().equals("doc") ? other(document) : document);
    var replicator = replicator(source, target(Way.PULL));
    for (var run = 1; run < ReplicationOptions.defaults().attempts(); run++) {
      assertThatThrownBy(replicator::run).isInstanceOf(PeerException.class);
      assertThat(there.get("doc")).isEmpty();
    }
    replicator.run();
    assertThat(quarantine.list())
        .singleElement()
        .satisfies(entry -> assertThat(entry.error()).isEqualTo("attachment_lost"));
    assertThat(there.get("doc")).isEmpty();
    assertThat(Attached.leaves(there, "good")).isEqualTo(Attached.leaves(here, "good"));
  }

  /** Its attachments have the length that is announced, and other bytes. */
  private static WireDocument other(WireDocument document) {
    var following =
        document.following().stream()
            .map(each ->
                new WireAttachment(
                    each.source(),
                    each.name(),
                    each.contentType(),
                    each.digest(),
                    each.length(),
                    each.revpos(),
                    true,
                    false,
                    () -> new ByteArrayInputStream(new byte[(int) each.length()])))
            .toList();
    return WireDocument.of(document.id(), document.rev(), document.text(), following, null);
  }

  @Test
  void countsAttachmentsWhenItMakesBatches() {
    for (var i = 0; i < 6; i++) {
      Attached.put(here, "doc" + i, Optional.empty(), Map.of("a", Attached.bytes(MEGABYTE, i)));
    }
    var wanted =
        here.leaves("doc0").stream()
            .map(leaf -> new WantedRevisions("doc0", List.of(leaf.rev())))
            .toList();
    var all = new ArrayList<>(wanted);
    for (var i = 1; i < 6; i++) {
      all.add(new WantedRevisions("doc" + i, List.of(here.get("doc" + i).orElseThrow().rev())));
    }
    for (var way : List.of(Way.PUSH, Way.PULL)) {
      var fetched = source(way).fetch(all, 2 * MEGABYTE);
      assertThat(fetched.documents()).hasSizeBetween(2, 3);
      assertThat(fetched.rest()).hasSize(6 - fetched.documents().size());
      assertThat(fetched.bytes()).isGreaterThan(2 * MEGABYTE);
    }
  }

  @Test
  void deletesAtTheStartWhatACrashHasLeft() throws Exception {
    var file = folder.resolve("crashed.sqlite");
    Files.writeString(folder.resolve("crashed.sqlite-123.partial"), "half");
    Files.writeString(folder.resolve("other.sqlite-123.partial"), "of another store");
    DocumentStore.open(file, StoreOptions.defaults()).close();
    assertThat(Attached.partial(folder)).isEqualTo(1);
    Databases.open(folder, Databases.Options.defaults()).close();
    assertThat(Attached.partial(folder)).isZero();
  }
}
