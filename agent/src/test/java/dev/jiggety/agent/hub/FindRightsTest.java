package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lightcouch.CouchDbClient;
import org.lightcouch.CouchDbProperties;

/** Who may query and who may make indexes; and a client that is no curl. */
class FindRightsTest {
  // It logs each request. Held, because a level is forgotten with its logger.
  private static final Logger LOG = Logger.getLogger("org.lightcouch");
  private static final String INDEX = "{\"index\":{\"fields\":[\"n\"]},\"ddoc\":\"d\"}";
  private static final String QUERY = "{\"selector\":{\"n\":{\"$gt\":1}}}";

  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void open() {
    LOG.setLevel(Level.WARNING);
    hub =
        new HubFixture(
            folder,
            config -> HubFixture.quickPasswords(config).withAdmin("ada", Secret.of("secret")));
    as("ada", "PUT", "_users", "");
    addUser("max");
    addUser("eve");
    as("ada", "PUT", "db", "");
    as("ada", "PUT", "db/_security", "{\"members\":{\"names\":[\"max\"]}}");
    for (var n = 0; n < 5; n++) {
      as("ada", "PUT", "db/" + n, "{\"n\":" + n + "}");
    }
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private HubFixture.Answer as(String user, String method, String path, String body) {
    var pair = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return hub.send(
        hub.request(method, path, body)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
  }

  private void addUser(String name) {
    as(
        "ada",
        "PUT",
        "_users/org.couchdb.user:" + name,
        "{\"name\":\"%s\",\"password\":\"secret\",\"roles\":[],\"type\":\"user\"}".formatted(name));
  }

  @Test
  void membersQuery() {
    assertThat(as("max", "POST", "db/_find", QUERY).json().getAsJsonArray("docs")).hasSize(3);
    assertThat(as("max", "POST", "db/_explain", QUERY).status()).isEqualTo(200);
    assertThat(as("max", "GET", "db/_index", "").status()).isEqualTo(200);
  }

  @Test
  void othersDoNot() {
    for (var path : List.of("db/_find", "db/_explain", "db/_index", "db/_index/_bulk_delete")) {
      assertThat(as("eve", "POST", path, QUERY).status()).as(path).isEqualTo(403);
      assertThat(hub.post(path, QUERY).status()).as(path).isEqualTo(401);
    }
    assertThat(as("eve", "GET", "db/_index", "").status()).isEqualTo(403);
    assertThat(as("eve", "DELETE", "db/_index/d/json/n", "").status()).isEqualTo(403);
  }

  @Test
  void indexesAreForAdministratorsOfTheDatabase() {
    assertThat(as("max", "POST", "db/_index", INDEX).error())
        .isEqualTo("403 forbidden: You are not a db or server admin.");

    var name = as("ada", "POST", "db/_index", INDEX).text("name");
    assertThat(as("max", "POST", "db/_index", INDEX).text("result")).isEqualTo("exists");
    assertThat(as("max", "DELETE", "db/_index/d/json/" + name, "").status()).isEqualTo(403);
    assertThat(
            as("max", "POST", "db/_index/_bulk_delete", "{\"docids\":[\"d\"]}").json().toString())
        .isEqualTo("{\"success\":[],\"fail\":[{\"id\":\"d\",\"error\":\"forbidden\"}]}");

    as("ada", "PUT", "db/_security", "{\"admins\":{\"names\":[\"max\"]}}");
    assertThat(as("max", "DELETE", "db/_index/d/json/" + name, "").status()).isEqualTo(200);
  }

  @Test
  void lightCouchFindsDocuments() {
    as("ada", "POST", "db/_index", INDEX);
    var properties =
        new CouchDbProperties()
            .setDbName("db")
            .setCreateDbIfNotExist(false)
            .setProtocol("http")
            .setHost("127.0.0.1")
            .setPort(hub.hub.port())
            .setUsername("max")
            .setPassword("secret");
    var client = new CouchDbClient(properties);
    try {
      var found =
          client.findDocs(
              "{\"selector\":{\"n\":{\"$gte\":2}},\"sort\":[{\"n\":\"desc\"}],\"limit\":2}",
              JsonObject.class);
      assertThat(found).extracting(one -> one.get("n").getAsInt()).containsExactly(4, 3);
    } finally {
      client.shutdown();
    }
  }
}
