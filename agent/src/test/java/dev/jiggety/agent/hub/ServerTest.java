package dev.jiggety.agent.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.hub.HubStartException.Kind;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server and its databases as wholes. */
class ServerTest {
  @TempDir Path folder;
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = new HubFixture(folder);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void introducesItself() {
    var welcome = hub.get("");
    assertThat(welcome.status()).isEqualTo(200);
    assertThat(welcome.header("Content-Type")).isEqualTo("application/json");
    assertThat(welcome.text("couchdb")).isEqualTo("Welcome");
    assertThat(welcome.text("version")).startsWith("3.");
    assertThat(welcome.text("uuid")).matches("[0-9a-f]{32}");
    assertThat(hub.get("_up").text("status")).isEqualTo("ok");
  }

  @Test
  void givesUuidsThatAreAllDifferent() {
    var uuids = hub.get("_uuids?count=1000").json().getAsJsonArray("uuids");
    assertThat(uuids).hasSize(1000).allMatch(uuid -> uuid.getAsString().matches("[0-9a-f]{32}"));
    assertThat(new HashSet<>(uuids.asList())).hasSize(1000);
    assertThat(hub.get("_uuids?count=1001").error())
        .isEqualTo("400 bad_request: count parameter too large");
  }

  @Test
  void makesAndDeletesDatabases() {
    var made = hub.put("shop", "");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).isEqualTo("{\"ok\":true}\n");
    assertThat(made.header("Location")).isEqualTo(hub.hub.url() + "shop");
    assertThat(hub.put("shop", "").error())
        .isEqualTo("412 file_exists: The database could not be created, the file already exists.");
    assertThat(hub.get("_all_dbs").array()).containsExactly(new JsonPrimitive("shop"));
    assertThat(hub.delete("shop?rev=1-a").status()).isEqualTo(400);
    assertThat(hub.delete("shop").body()).isEqualTo("{\"ok\":true}\n");
    assertThat(hub.delete("shop").error()).isEqualTo("404 not_found: Database does not exist.");
    assertThat(hub.get("shop").status()).isEqualTo(404);
    assertThat(hub.send(hub.request("HEAD", "shop", "")).status()).isEqualTo(404);
  }

  @Test
  void takesNamesWithEverythingThatCouchAllows() {
    assertThat(hub.put("a_$()%2B-%2Fb", "").status()).isEqualTo(201);
    assertThat(hub.get("a_$()%2B-%2Fb").text("db_name")).isEqualTo("a_$()+-/b");
    assertThat(hub.put("Shop", "").error())
        .startsWith("400 illegal_database_name: Name: 'Shop'. Only lowercase characters (a-z)");
    assertThat(hub.put("_shop", "").text("error")).isEqualTo("illegal_database_name");
    assertThat(hub.get("1shop").text("error")).isEqualTo("illegal_database_name");
  }

  @Test
  void listsDatabasesInRanges() {
    for (var name : new String[] {"a", "b", "c", "d"}) {
      hub.put(name, "");
    }
    assertThat(hub.get("_all_dbs?startkey=%22b%22&endkey=%22c%22").body())
        .isEqualTo("[\"b\",\"c\"]\n");
    assertThat(hub.get("_all_dbs?descending=true&skip=1&limit=2").body())
        .isEqualTo("[\"c\",\"b\"]\n");
  }

  @Test
  void describesADatabase() {
    hub.put("shop", "");
    hub.put("shop/a", "{}");
    var rev = hub.put("shop/b", "{}").text("rev");
    hub.delete("shop/b?rev=" + rev);
    var info = hub.get("shop").json();
    assertThat(info.get("doc_count").getAsInt()).isEqualTo(1);
    assertThat(info.get("doc_del_count").getAsInt()).isEqualTo(1);
    assertThat(info.get("update_seq").getAsString()).matches("3-[A-Za-z0-9_-]+");
    assertThat(info.get("purge_seq").getAsString()).startsWith("0-");
    assertThat(info.get("instance_start_time").getAsString()).matches("\\d+");
    assertThat(info.getAsJsonObject("sizes").keySet())
        .containsExactlyInAnyOrder("file", "external", "active");
    assertThat(hub.post("shop/_ensure_full_commit", "{}").status()).isEqualTo(201);
  }

  @Test
  void keepsAsMuchHistoryAsItIsTold() {
    hub.put("shop", "");
    assertThat(hub.get("shop/_revs_limit").body()).isEqualTo("1000\n");
    assertThat(hub.put("shop/_revs_limit", "7").body()).isEqualTo("{\"ok\":true}\n");
    assertThat(hub.get("shop/_revs_limit").body()).isEqualTo("7\n");
    assertThat(hub.put("shop/_revs_limit", "0").status()).isEqualTo(400);
    assertThat(hub.put("shop/_revs_limit", "\"x\"").status()).isEqualTo(400);
  }

  @Test
  void compacts() {
    hub.put("shop", "");
    var rev = hub.put("shop/a", "{\"n\":1}").text("rev");
    hub.put("shop/a?rev=" + rev, "{\"n\":2}");
    assertThat(hub.post("shop/_compact", "").status()).isEqualTo(202);
    org.awaitility.Awaitility.await().until(() -> hub.get("shop/a?rev=" + rev).status() == 404);
    assertThat(hub.get("shop/a").text("n")).isEqualTo("2");
  }

  @Test
  void saysPlainlyWhatItDoesNotDo() {
    hub.put("shop", "");
    for (var path : new String[] {"_reshard", "_node/_local/_stats", "_utils", "shop/_shards"}) {
      var answer = hub.get(path);
      assertThat(answer.status()).as(path).isEqualTo(501);
      assertThat(answer.text("error")).isEqualTo("not_implemented");
      assertThat(answer.text("reason")).contains("Apache CouchDB");
    }
  }

  @Test
  void refusesMethodsThatARouteDoesNotHave() {
    var answer = hub.delete("_up");
    assertThat(answer.error()).isEqualTo("405 method_not_allowed: Only GET,HEAD allowed");
    assertThat(answer.header("Allow")).isEqualTo("GET,HEAD");
  }

  @Test
  void answersWhatIsNoHttpInJsonToo() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port())) {
      socket.getOutputStream().write("GET /shop%2 HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      var answer = new byte[4096];
      var length = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("bad_request");
    }
  }

  @Test
  void namesTheProgramThatHasThePort() {
    var second = folder.resolve("second");
    var problem =
        catchThrowableOfType(
            HubStartException.class,
            () -> new HubFixture(second, c -> HubConfig.loopback(hub.hub.port(), second)).close());
    assertThat(problem.kind()).isEqualTo(Kind.PORT_TAKEN);
    assertThat(problem).hasMessageContaining("127.0.0.1:" + hub.hub.port());
  }

  @Test
  void doesNotShowItselfToOthersWithoutAdministrator() {
    var second = folder.resolve("second");
    var problem =
        catchThrowableOfType(
            HubStartException.class, () -> new HubFixture(second, c -> c.withBind("0.0.0.0")));
    assertThat(problem.kind()).isEqualTo(Kind.ADMIN_NEEDED);
    assertThat(problem.getMessage()).doesNotContain("\n").contains("administrator");
  }

  @Test
  void refusesAStrangersNameForThisMachine() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), hub.hub.port())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(UTF_8));
      var answer = new byte[4096];
      var length = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, UTF_8)).startsWith("HTTP/1.1 403");
    }
  }
}
