package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.replication.CuttingProxy.Cut;
import dev.jiggety.agent.replication.CuttingProxy.Where;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.StoreOptions;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.testing.NpmCouch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real sockets, a server that shares no code with ours, and a line that is cut in the middle. */
class CutLineTest {
  private static final int DOCUMENTS = 500;
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Lines that are cut are the very matter here, and no news. */
  private static final Logger LOG = Logger.getLogger(ContinuousReplication.class.getName());

  private static NpmCouch server;

  @TempDir private Path folder;
  private CuttingProxy proxy;
  private Hub direct;
  private Hub hub;
  private HubDatabase database;
  private DocumentStore store;

  @BeforeAll
  static void startServer() {
    LOG.setLevel(Level.OFF);
    server = NpmCouch.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    proxy = new CuttingProxy(server.url().getPort());
    direct = hub(server.url().getPort());
    hub = hub(proxy.port());
    database = direct.database("cut-" + UUID.randomUUID());
    assertThat(database.create().isOk()).isTrue();
    store = DocumentStore.open(folder.resolve("store.sqlite"), StoreOptions.defaults());
  }

  private static Hub hub(int port) {
    // Not compressed, so that a request is as long as it looks.
    var options = HubOptions.DEFAULT.withCompressFrom(Integer.MAX_VALUE);
    return Hub.open(HubAddress.parse("http://127.0.0.1:" + port, Optional.empty()), options);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    hub.close();
    direct.close();
    proxy.close();
  }

  private ContinuousReplication replicate(Peer source, Peer target) {
    var defaults = ReplicationOptions.defaults();
    var quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));
    var replicator =
        new Replicator(
            source,
            target,
            defaults.withBackoff(quick, quick),
            id -> new StoreQuarantine(store, id),
            alarm -> {},
            InstantSource.system(),
            new Random());
    return new ContinuousReplication("cut", replicator, () -> false).start();
  }

  private HttpPeer remote() {
    return new HttpPeer(hub.database(database.name()));
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST, _bulk_docs, 0",
    "REQUEST, _bulk_docs, 20000",
    "ANSWER, _bulk_docs, 0",
    "ANSWER, _bulk_docs, 30",
    "REQUEST, _revs_diff, 5000",
    "ANSWER, _revs_diff, 5000",
    "ANSWER, _local, 20"
  })
  void pushesEachDocumentOnce(Where where, String request, int after) {
    store.bulk(Docs.many("doc", DOCUMENTS).stream().map(CutLineTest::write).toList(), false);
    proxy.cut(new Cut(where, request, after, 3));
    try (var replication = replicate(new StorePeer(store), remote())) {
      var all = new JsonPrimitive(store.info().updateSeq());
      Awaitility.await().atMost(LONG).until(() -> replication.state().seq().equals(all));
      Awaitility.await().atMost(LONG).until(() -> replication.state().connected());
      assertThat(replication.quarantine().count()).isZero();
    }
    assertThat(proxy.cuts()).as("lines that were cut").isPositive();
    var info = database.info().ok().orElseThrow();
    assertThat(info.documents()).isEqualTo(DOCUMENTS);
    assertThat(info.updateSeq()).as("one change for each").isEqualTo("" + DOCUMENTS);
  }

  @ParameterizedTest
  @CsvSource({
    "ANSWER, _changes, 3000",
    "REQUEST, _bulk_get, 1000",
    "ANSWER, _bulk_get, 0",
    "ANSWER, _bulk_get, 2000"
  })
  void pullsEachDocumentOnce(Where where, String request, int after) {
    var documents = Docs.many("doc", DOCUMENTS).stream().map(WireDocument::json).toList();
    assertThat(database.bulkDocs(documents, false).isOk()).isTrue();
    proxy.cut(new Cut(where, request, after, 3));
    try (var replication = replicate(remote(), new StorePeer(store))) {
      Awaitility.await().atMost(LONG).until(() -> store.info().docCount() == DOCUMENTS);
      assertThat(replication.quarantine().count()).isZero();
    }
    assertThat(proxy.cuts()).as("lines that were cut").isPositive();
    assertThat(store.info().updateSeq()).as("one change for each").isEqualTo(DOCUMENTS);
  }

  @Test
  void pushesAtOnceWhatTheStoreCommits() {
    try (var replication = replicate(new StorePeer(store), remote())) {
      Awaitility.await().atMost(LONG).until(() -> replication.state().connected());
      store.bulk(List.of(write(Docs.first("now", "1"))), false);
      Awaitility.await().atMost(LONG).until(() -> database.get("now").isOk());
    }
  }

  @Test
  @Timeout(40)
  void closesWhileItWaitsForAServerThatSaysNothing() {
    var replication = replicate(remote(), new StorePeer(store));
    Awaitility.await().atMost(LONG).until(() -> replication.state().connected());
    replication.close();
    assertThat(replication.state().connected()).as("closing is no failure").isTrue();
  }

  private static DocumentWrite write(WireDocument document) {
    return DocumentWrite.fromJson(document.json());
  }
}
