package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lightcouch.CouchDbClient;
import org.lightcouch.CouchDbProperties;
import org.lightcouch.DocumentConflictException;
import org.lightcouch.NoDocumentException;

/** LightCouch as it is, without our wrapping, works with this hub. */
class LightCouchTest {
  // It logs each request. Held, because a level is forgotten with its logger.
  private static final Logger LOG = Logger.getLogger("org.lightcouch");

  @TempDir Path folder;

  @BeforeAll
  static void beQuiet() {
    LOG.setLevel(Level.WARNING);
  }

  @Test
  void doesItsDailyWork() throws Exception {
    try (var hub = new HubFixture(folder)) {
      var properties =
          new CouchDbProperties()
              .setDbName("light")
              .setCreateDbIfNotExist(true)
              .setProtocol("http")
              .setHost("127.0.0.1")
              .setPort(hub.hub.port());
      var client = new CouchDbClient(properties);
      try {
        work(client);
      } finally {
        client.shutdown();
      }
    }
  }

  private static void work(CouchDbClient client) {
    var document = new JsonObject();
    document.addProperty("_id", "a:1");
    document.addProperty("big", 9_007_199_254_740_993L);
    var first = client.save(document);
    assertThatExceptionOfType(DocumentConflictException.class)
        .isThrownBy(() -> client.save(document));
    var found = client.find(JsonObject.class, "a:1");
    assertThat(found.get("big").getAsLong()).isEqualTo(9_007_199_254_740_993L);
    found.addProperty("n", 2);
    var second = client.update(found);
    assertThat(client.find(JsonObject.class, "a:1", first.getRev()).has("n")).isFalse();
    client.remove("a:1", second.getRev());
    assertThatExceptionOfType(NoDocumentException.class)
        .isThrownBy(() -> client.find(JsonObject.class, "a:1"));

    assertThat(client.bulk(List.of(new JsonObject(), new JsonObject()), true)).hasSize(2);
    var bytes = new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
    client.saveAttachment(bytes, "t.txt", "text/plain", "with-text", null);
    assertThat(client.contains("with-text")).isTrue();
    var changes = client.changes().includeDocs(true).getChanges();
    assertThat(changes.getResults()).hasSize(4);
    assertThat(client.context().getAllDbs()).containsExactly("light");
    assertThat(client.context().serverVersion()).isEqualTo(ServerRoutes.COUCHDB_VERSION);
    assertThat(client.context().uuids(3)).hasSize(3);
    client.context().ensureFullCommit();
    client.context().compact();
  }
}
