package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.replication.CuttingProxy.Cut;
import dev.jiggety.agent.replication.CuttingProxy.Where;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.testing.NpmCouch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of ends, with all that is hard about documents: afterwards both have the same leaves
 * with the same contents. The npm server is JavaScript: numbers beyond its doubles are changed by
 * it, so they are left out where it is an end.
 */
@Timeout(180)
class MatrixTest {
  @TempDir private static Path folder;
  private static Databases databases;
  private static HubServer embedded;
  private static NpmCouch npm;
  private static Hub hub;
  private static Hub npmHub;
  private final List<AutoCloseable> open = new ArrayList<>();

  /** The kinds of ends. */
  enum End {
    STORE,
    HUB,
    NPM
  }

  @BeforeAll
  static void start() {
    databases = Databases.open(folder.resolve("databases"), Databases.Options.defaults());
    embedded = HubServer.start(HubConfig.loopback(0, folder.resolve("own")), databases);
    npm = NpmCouch.start();
    hub = client("http://127.0.0.1:" + embedded.port());
    npmHub = client(npm.url().toString());
  }

  private static Hub client(String url) {
    return Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    hub.close();
    npmHub.close();
    npm.close();
    embedded.close();
    databases.close();
  }

  @AfterEach
  void closeStores() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  private Peer open(End end) {
    return switch (end) {
      case STORE -> {
        var file = folder.resolve("store-" + UUID.randomUUID() + ".sqlite");
        var store = DocumentStore.open(file, StoreOptions.defaults());
        open.add(store);
        yield new StorePeer(store);
      }
      case HUB -> remote(hub);
      case NPM -> remote(npmHub);
    };
  }

  private static Peer remote(Hub server) {
    var database = server.database("matrix-" + UUID.randomUUID());
    assertThat(database.create().isOk()).isTrue();
    return new HttpPeer(database);
  }

  private static Replicator replicator(Peer source, Peer target, ReplicationOptions options) {
    return new Replicator(
        source,
        target,
        options,
        id -> new MemoryQuarantine(),
        refused -> {
          throw new AssertionError(refused);
        },
        InstantSource.system(),
        new Random(3));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        arguments(End.STORE, End.STORE),
        arguments(End.STORE, End.HUB),
        arguments(End.HUB, End.STORE),
        arguments(End.HUB, End.HUB),
        arguments(End.STORE, End.NPM),
        arguments(End.NPM, End.STORE),
        arguments(End.HUB, End.NPM),
        arguments(End.NPM, End.HUB));
  }

  static Stream<Arguments> ownPairs() {
    return pairs().filter(p -> p.get()[0] != End.NPM && p.get()[1] != End.NPM);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void bothHaveTheSameLeavesAfterwards(End from, End to) throws Exception {
    var source = open(from);
    var target = open(to);
    store(source, hardDocuments());
    var report = replicator(source, target, ReplicationOptions.defaults()).run();
    assertThat(report.quarantined()).isZero();
    assertThat(leaves(target)).isEqualTo(leaves(source));
    assertThat(replicator(source, target, ReplicationOptions.defaults()).run().read())
        .as("nothing twice")
        .isZero();
    // And back: what both have is not sent again.
    assertThat(replicator(target, source, ReplicationOptions.defaults()).run().read()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ownPairs")
  void noDigitOfANumberChanges(End from, End to) throws Exception {
    var numbers =
        "[9007199254740993,-9007199254740993,1234567890123456789012345678901234567890,1e400,"
            + "-1E-400,1.10,0.1000,1e5,-0,-0.0,12345678901234567890.12345678901234567890]";
    var source = open(from);
    var target = open(to);
    store(source, List.of(document("{\"_id\":\"numbers\",\"n\":" + numbers + "}")));
    replicator(source, target, ReplicationOptions.defaults()).run();
    assertThat(leaves(target).toString()).contains(":" + numbers + "}");
  }

  @ParameterizedTest
  @MethodSource("ownPairs")
  void bringsDocumentsUpToTheLimit(End from, End to) throws Exception {
    var source = open(from);
    var target = open(to);
    var body = "{\"_id\":\"large\",\"t\":\"" + "x".repeat(8_000_000 - 8) + "\"}";
    store(source, List.of(document(body)));
    store(source, Docs.many("small", 3));
    assertThat(replicator(source, target, ReplicationOptions.defaults()).run().written())
        .isEqualTo(4);
    assertThat(leaves(target)).isEqualTo(leaves(source));
  }

  @ParameterizedTest
  @MethodSource("ownPairs")
  void filtersAtTheSource(End from, End to) throws Exception {
    var source = open(from);
    store(source, hardDocuments());
    store(source, Docs.many("doc", 30));
    var selector = JsonParser.parseString("{\"value\":\"value 7\"}").getAsJsonObject();
    var chosen = new ChangesFilter.Selector(selector);
    var bySelector = open(to);
    replicator(source, bySelector, ReplicationOptions.defaults().withFilter(chosen)).run();
    assertThat(leaves(bySelector)).containsOnlyKeys("doc-0007");

    var byIds = open(to);
    var ids = List.of("doc-0001", "gone", "größe/😀 + 100%?&\"'", "none");
    replicator(source, byIds, ReplicationOptions.defaults().withDocIds(ids)).run();
    assertThat(leaves(byIds)).containsOnlyKeys("doc-0001", "gone", "größe/😀 + 100%?&\"'");
  }

  @Test
  void filtersByFunctionsAndViewsOfTheHub() throws Exception {
    var source = open(End.HUB);
    var design =
        "{\"_id\":\"_design/d\",\"filters\":{\"f\":"
            + "\"function(doc, req) { return doc.value === req.query.wanted; }\"},"
            + "\"views\":{\"v\":{\"map\":\"function(doc) { if (doc.value === 'value 3') {"
            + " emit(doc._id); } }\"}}}";
    store(source, List.of(document(design)));
    store(source, Docs.many("doc", 10));
    var parameters = JsonParser.parseString("{\"wanted\":\"value 5\"}").getAsJsonObject();
    var byFunction = open(End.STORE);
    var function = new ChangesFilter.Function("d/f", parameters);
    replicator(source, byFunction, ReplicationOptions.defaults().withFilter(function)).run();
    assertThat(leaves(byFunction)).containsOnlyKeys("doc-0005");
    var byView = open(End.STORE);
    var view = new ChangesFilter.View("d/v");
    replicator(source, byView, ReplicationOptions.defaults().withFilter(view)).run();
    assertThat(leaves(byView)).containsOnlyKeys("doc-0003");
  }

  /** Each request of a whole run is cut once, before it arrives and before its answer does. */
  @ParameterizedTest
  @MethodSource("cuts")
  void endsInTheSameLeavesHoweverTheLineIsCut(boolean push, Where where, String request, int after)
      throws Exception {
    try (var proxy = new CuttingProxy(embedded.port())) {
      var database = hub.database("matrix-" + UUID.randomUUID());
      assertThat(database.create().isOk()).isTrue();
      var direct = new HttpPeer(database);
      var local = open(End.STORE);
      try (var cutHub = client("http://127.0.0.1:" + proxy.port())) {
        var line = new HttpPeer(cutHub.database(database.name()));
        var source = push ? local : line;
        var target = push ? line : local;
        store(push ? local : direct, hardDocuments());
        store(push ? local : direct, Docs.many("doc", 40));
        var options =
            ReplicationOptions.defaults()
                .withBatches(new ReplicationOptions.Batches(20, 10, 1 << 20, true));
        proxy.cut(new Cut(where, request, after, 2));
        for (var run = 0; run < 6; run++) {
          try {
            replicator(source, target, options).run();
            break;
          } catch (PeerException e) {
            assertThat(e.kind()).isEqualTo(PeerException.Kind.UNAVAILABLE);
          }
        }
        assertThat(proxy.cuts()).as("lines that were cut").isPositive();
        assertThat(leaves(push ? direct : local)).isEqualTo(leaves(push ? local : direct));
      }
    }
  }

  static Stream<Arguments> cuts() {
    var all = new ArrayList<Arguments>();
    for (var push : new boolean[] {true, false}) {
      var requests =
          push
              ? List.of("GET /", "_revs_diff", "_bulk_docs", "GET /matrix", "PUT /matrix")
              : List.of("_changes", "_bulk_get", "_local");
      for (var request : requests) {
        for (var after : new int[] {0, 1, 100, 700}) {
          all.add(arguments(push, Where.REQUEST, request, Math.min(after, 90)));
          if (after < 700 || request.startsWith("_bulk_get") || request.equals("_changes")) {
            all.add(arguments(push, Where.ANSWER, request, after));
          }
        }
      }
    }
    return all.stream();
  }

  // -- documents -------------------------------------------------------------------------------

  private static List<WireDocument> hardDocuments() {
    var documents = new ArrayList<WireDocument>();
    documents.add(
        document(
            "{\"_id\":\"größe/😀 + 100%?&\\\"'\",\"text\":\"ä€😀\\u0000\\u001f\\u2028</script>\\\\\","
                + "\"ü\":{\"a\":[1,null,true,[],{}]},\"\":1}"));
    documents.add(document("{\"_id\":\"empty\"}"));
    var root = Docs.first("conflict", "root");
    documents.add(root);
    var left = Docs.child("conflict", List.of(root.rev()), "left", false);
    documents.add(left);
    documents.add(Docs.child("conflict", List.of(root.rev()), "right", false));
    documents.add(Docs.child("conflict", List.of(root.rev()), "gone", true));
    documents.add(Docs.child("conflict", List.of(left.rev(), root.rev()), "further left", false));
    documents.add(Docs.first("two roots", "1"));
    documents.add(Docs.first("two roots", "2"));
    var born = Docs.first("gone", "1");
    documents.add(born);
    documents.add(Docs.child("gone", List.of(born.rev()), "last words", true));
    documents.add(
        document(
            "{\"_id\":\"attached\",\"_attachments\":{\"a/b ü.txt\":{\"content_type\":\"text/plain\","
                + "\"revpos\":1,\"data\":\"aGVsbG8=\"},\"empty\":{\"content_type\":"
                + "\"application/octet-stream\",\"revpos\":1,\"data\":\"\"},\"large.bin\":{"
                + "\"content_type\":\"application/x-bytes\",\"revpos\":1,\"data\":\""
                + Base64.getEncoder().encodeToString(bytes())
                + "\"}}}"));
    documents.add(
        document(
            "{\"_id\":\"attached beside\",\"_attachments\":{\"ä/ö ü.html\":{\"content_type\":"
                + "\"text/html\",\"revpos\":1,\"data\":\""
                + Base64.getEncoder().encodeToString(Attached.bytes(700_000, 6))
                + "\"},\"small\":{\"content_type\":\"text/plain\",\"revpos\":1,\"data\":\"aGVsbG8=\"},"
                + "\"empty\":{\"content_type\":\"text/plain\",\"revpos\":1,\"data\":\"\"}}}"));
    return documents;
  }

  private static byte[] bytes() {
    var bytes = new byte[200_000];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  private static WireDocument document(String json) {
    return Docs.withHistory(JsonParser.parseString(json).getAsJsonObject(), List.of());
  }

  private static void store(Peer peer, List<WireDocument> documents) {
    assertThat(peer.store(documents)).isEqualTo(new StoreAnswer.Taken(List.of()));
  }

  /** All leaves with their histories, contents and attachments. */
  private static Map<String, Map<String, JsonElement>> leaves(Peer peer) throws IOException {
    var all = new TreeMap<String, Map<String, JsonElement>>();
    var page =
        peer.changes(
            new ChangesRequest(Checkpoint.START, 10_000, Duration.ZERO, ChangesFilter.NONE));
    for (var row : page.rows()) {
      var revs = new TreeMap<String, JsonElement>();
      for (Revision rev : row.leaves()) {
        var wanted = List.of(new WantedRevisions(row.id(), List.of(rev)));
        var found = peer.fetch(wanted, Long.MAX_VALUE).documents();
        assertThat(found).as(row.id() + " " + rev).hasSize(1);
        revs.put(rev.toString(), plain(found.getFirst()));
      }
      all.put(row.id(), revs);
    }
    return all;
  }

  /** Without what servers may write in different ways. */
  private static JsonElement plain(WireDocument document) throws IOException {
    var copy = document.json().deepCopy();
    for (var beside : document.following()) {
      try (var in = beside.open()) {
        copy.getAsJsonObject("_attachments")
            .getAsJsonObject(beside.name())
            .addProperty("data", Base64.getEncoder().encodeToString(in.readAllBytes()));
      }
    }
    if (copy.get("_attachments") instanceof JsonObject attachments) {
      for (var attachment : attachments.entrySet()) {
        var detail = attachment.getValue().getAsJsonObject();
        var kept = new JsonArray();
        kept.add(detail.get("content_type"));
        kept.add(detail.get("data"));
        attachment.setValue(kept);
      }
    }
    return sorted(copy);
  }

  private static JsonElement sorted(JsonElement json) {
    return new JsonPrimitive(dev.jiggety.document.CanonicalJson.write(json));
  }
}
