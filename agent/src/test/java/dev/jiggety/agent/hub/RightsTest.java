package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, on a hub with an administrator. */
class RightsTest {
  private static final String LOCKED =
      "403 forbidden: Account is temporarily locked due to multiple authentication failures";

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private HubFixture hub;

  @BeforeEach
  void start() {
    hub = open("ada", "secret");
  }

  private HubFixture open(String name, String password) {
    return new HubFixture(
        folder,
        config ->
            HubFixture.quickPasswords(config)
                .withAdmin(name, Secret.of(password))
                .withClock(() -> now));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private HttpRequest.Builder as(String user, String method, String path, String body) {
    var pair = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return hub.request(method, path, body)
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private HubFixture.Answer admin(String method, String path, String body) {
    return hub.send(as("ada", method, path, body));
  }

  private HubFixture.Answer user(String name, String method, String path, String body) {
    return hub.send(as(name, method, path, body));
  }

  private void addUser(String name, String roles) {
    admin("PUT", "_users", "");
    var document =
        "{\"name\":\"%s\",\"password\":\"secret\",\"roles\":%s,\"type\":\"user\"}"
            .formatted(name, roles);
    assertThat(admin("PUT", "_users/org.couchdb.user:" + name, document).status()).isEqualTo(201);
  }

  @Test
  void everybodySeesThatItIsThereAndNoMore() {
    assertThat(hub.get("").status()).isEqualTo(200);
    assertThat(hub.get("_up").status()).isEqualTo(200);
    assertThat(hub.get("_session").json())
        .hasToString(
            "{\"ok\":true,\"userCtx\":{\"name\":null,\"roles\":[]},"
                + "\"info\":{\"authentication_handlers\":[\"cookie\",\"default\"]}}");
    assertThat(hub.get("_all_dbs").error())
        .isEqualTo("401 unauthorized: You are not a server admin.");
    assertThat(hub.put("db", "").status()).isEqualTo(401);
  }

  @Test
  void wrongPasswordsAtTheSameTimeAreLockedOutLikeOthers() throws Exception {
    hub.close();
    // Slow enough that all of them are under way before the first is found wrong.
    hub =
        new HubFixture(
            folder.resolve("slow"),
            config ->
                config
                    .withLimits(HubConfig.Limits.DEFAULT.withPasswordIterations(200_000))
                    .withAdmin("ada", Secret.of("secret")));
    var wrong = Base64.getEncoder().encodeToString("ada:wrong".getBytes(StandardCharsets.UTF_8));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var statuses =
          threads
              .invokeAll(
                  Collections.nCopies(
                      12,
                      () ->
                          hub.send(
                                  hub.request("GET", "db", "")
                                      .header("Authorization", "Basic " + wrong))
                              .status()))
              .stream()
              .map(Future::resultNow)
              .sorted()
              .toList();
      assertThat(statuses)
          .containsExactly(401, 401, 401, 401, 401, 403, 403, 403, 403, 403, 403, 403);
    }
  }

  @Test
  void everyRouteOfADatabaseIsClosedToStrangers() {
    admin("PUT", "db", "");
    admin("PUT", "db/a", "{}");
    admin("PUT", "db/_local/a", "{}");
    var closed = "401 unauthorized: You are not authorized to access this db.";
    for (var path :
        List.of(
            "db",
            "db/a",
            "db/_local/a",
            "db/a/t",
            "db/_changes",
            "db/_all_docs",
            "db/_security",
            "db/_revs_limit",
            "db/_design_docs",
            "db/_design/x",
            "db/_design/x/_view/y",
            "db/_index",
            "db/_changes?feed=continuous")) {
      assertThat(hub.get(path).error()).as(path).isEqualTo(closed);
    }
    for (var path :
        List.of(
            "db",
            "db/_bulk_docs",
            "db/_bulk_get",
            "db/_revs_diff",
            "db/_missing_revs",
            "db/_find",
            "db/_explain",
            "db/_index",
            "db/_index/_bulk_delete",
            "db/_all_docs",
            "db/_changes?filter=_doc_ids",
            "db/_compact",
            "db/_ensure_full_commit")) {
      assertThat(hub.post(path, "{}").error()).as(path).isEqualTo(closed);
    }
    for (var path : List.of("db/a", "db/a/t", "db/_local/a", "db/_security", "db/_revs_limit")) {
      assertThat(hub.put(path, "{}").error()).as(path).isEqualTo(closed);
    }
    for (var path : List.of("db/a?rev=1-a", "db/a/t?rev=1-a", "db/_local/a")) {
      assertThat(hub.delete(path).error()).as(path).isEqualTo(closed);
    }
    assertThat(hub.delete("db").status()).isEqualTo(401);
    assertThat(admin("GET", "db/a", "").status()).isEqualTo(200);
  }

  @Test
  void membersReadAndWriteAndAdministratorsOfTheDatabaseDoMore() {
    admin("PUT", "db", "");
    addUser("node", "[\"agent\"]");
    addUser("boss", "[]");
    addUser("other", "[]");
    var security =
        "{\"admins\":{\"names\":[\"boss\"],\"roles\":[]},"
            + "\"members\":{\"names\":[],\"roles\":[\"agent\"]}}";
    assertThat(admin("PUT", "db/_security", security).status()).isEqualTo(200);
    assertThat(admin("GET", "db/_security", "").json()).hasToString(security);

    assertThat(user("node", "PUT", "db/a", "{}").status()).isEqualTo(201);
    assertThat(user("node", "GET", "db/a", "").status()).isEqualTo(200);
    assertThat(user("other", "GET", "db/a", "").error())
        .isEqualTo("403 forbidden: You are not allowed to access this db.");
    var notAdmin = "403 forbidden: You are not a db or server admin.";
    assertThat(user("node", "PUT", "db/_design/d", "{}").error()).isEqualTo(notAdmin);
    assertThat(user("node", "PUT", "db/_security", "{}").error()).isEqualTo(notAdmin);
    assertThat(user("node", "POST", "db/_compact", "{}").error()).isEqualTo(notAdmin);
    assertThat(user("node", "DELETE", "db", "").status()).isEqualTo(401);
    var rows =
        user(
                "node",
                "POST",
                "db/_bulk_docs",
                "{\"docs\":[{\"_id\":\"b\"},{\"_id\":\"_design/d\"}]}")
            .array();
    assertThat(rows.get(0).getAsJsonObject().has("ok")).isTrue();
    assertThat(rows.get(1).getAsJsonObject().get("error").getAsString()).isEqualTo("forbidden");
    assertThat(user("boss", "PUT", "db/_design/d", "{}").status()).isEqualTo(201);
    assertThat(user("boss", "PUT", "db/_revs_limit", "20").status()).isEqualTo(200);

    assertThat(admin("PUT", "db/_security", "{\"members\":{\"roles\":[1]}}").status())
        .isEqualTo(400);
    assertThat(admin("PUT", "db/_security", "{}").status()).isEqualTo(200);
    assertThat(hub.get("db/a").status()).isEqualTo(200); // nobody named: everybody is a member
  }

  @Test
  void rightsGoWithTheirDatabaseAndNobodyGetsAtThemByAnotherDoor() {
    admin("PUT", "db", "");
    admin("PUT", "db/_security", "{}");
    assertThat(hub.put("db/a", "{}").status()).isEqualTo(201);
    assertThat(hub.get("db/_local/.security").status()).isEqualTo(403);
    assertThat(hub.put("db/_local/.security", "{}").status()).isEqualTo(403);
    assertThat(hub.put("db/_local%2F.security", "{}").status()).isEqualTo(403);
    var rows = hub.post("db/_bulk_docs", "{\"docs\":[{\"_id\":\"_local/.security\"}]}").array();
    assertThat(rows.get(0).getAsJsonObject().get("error").getAsString()).isEqualTo("forbidden");
    assertThat(hub.post("db", "{\"_id\":\"_local/.security\"}").status()).isEqualTo(403);
    admin("DELETE", "db", "");
    admin("PUT", "db", "");
    assertThat(hub.get("db").status()).isEqualTo(401);
  }

  @Test
  void passwordsAreNeverKeptAndNeverShown() throws Exception {
    addUser("node", "[]");
    var shown = admin("GET", "_users/org.couchdb.user:node", "").json();
    assertThat(shown.has("password")).isFalse();
    assertThat(shown.get("password_scheme").getAsString()).isEqualTo("pbkdf2");
    assertThat(shown.get("pbkdf2_prf").getAsString()).isEqualTo("sha256");
    var file = folder.resolve("hub-admin.json");
    assertThat(Files.readString(file)).doesNotContain(":\"secret\"").contains("pbkdf2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.walk(folder)) {
      for (var each : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
            .as(each.toString())
            .doesNotContain("\"password\":\"secret\"");
      }
    }
  }

  @Test
  void usersSeeAndChangeTheirOwnAccountAlone() {
    addUser("node", "[\"agent\"]");
    addUser("other", "[]");
    var own = user("node", "GET", "_users/org.couchdb.user:node", "").json();
    assertThat(own.get("roles")).hasToString("[\"agent\"]");
    assertThat(user("node", "GET", "_users/org.couchdb.user:other", "").status()).isEqualTo(403);
    assertThat(user("node", "GET", "_users/_all_docs", "").status()).isEqualTo(403);
    own.add("roles", JsonText.parse("[\"agent\",\"boss\"]"));
    assertThat(user("node", "PUT", "_users/org.couchdb.user:node", own.toString()).error())
        .isEqualTo("403 forbidden: Only _admin may edit roles");
    own.add("roles", JsonText.parse("[\"agent\"]"));
    own.addProperty("password", "new");
    assertThat(user("node", "PUT", "_users/org.couchdb.user:node", own.toString()).status())
        .isEqualTo(201);
    assertThat(user("node", "GET", "_session", "").error())
        .isEqualTo("401 unauthorized: Name or password is incorrect.");
    assertThat(
            admin(
                    "PUT",
                    "_users/org.couchdb.user:x",
                    "{\"name\":\"x\",\"type\":\"user\",\"roles\":[\"_admin\"]}")
                .status())
        .isEqualTo(403);
  }

  @Test
  void usersGivePasswordsAndNoHashesOfTheirOwn() {
    addUser("node", "[]");
    var account = "_users/org.couchdb.user:node";
    var slow = user("node", "GET", account, "").json();
    slow.addProperty("iterations", 10_000_000); // seconds for each wrong password
    var refused = user("node", "PUT", account, slow.toString());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("give a password");
    assertThat(admin("PUT", account, slow.toString()).status()).isEqualTo(201);
  }

  @Test
  void logsInWithACookie() {
    addUser("node", "[\"agent\"]");
    var login = hub.post("_session", "{\"name\":\"node\",\"password\":\"secret\"}");
    assertThat(login.body()).isEqualTo("{\"ok\":true,\"name\":\"node\",\"roles\":[\"agent\"]}\n");
    var cookie = login.header("Set-Cookie");
    assertThat(cookie).startsWith("AuthSession=").contains("HttpOnly");
    var value = cookie.split(";", 2)[0];
    assertThat(session(value).text("userCtx", "name")).isEqualTo("node");
    assertThat(session(value).text("info", "authenticated")).isEqualTo("cookie");

    now = now.plus(Duration.ofMinutes(5));
    var renewed = session(value).header("Set-Cookie").split(";", 2)[0];
    now = now.plus(Duration.ofMinutes(6));
    assertThat(session(value).json().getAsJsonObject("userCtx").get("name").isJsonNull()).isTrue();
    assertThat(session(renewed).text("userCtx", "name")).isEqualTo("node");

    var forged = value.substring(0, value.length() - 4) + "AAAA";
    assertThat(session(forged).body()).doesNotContain("\"node\"");
    assertThat(session("AuthSession=x").status()).isEqualTo(400);
    assertThat(hub.delete("_session").header("Set-Cookie")).startsWith("AuthSession=;");
  }

  private HubFixture.Answer session(String cookie) {
    return hub.send(hub.request("GET", "_session", "").header("Cookie", cookie));
  }

  @Test
  void logsInWithAForm() {
    var form =
        HttpRequest.newBuilder(hub.uri("_session"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("name=ada&password=secret"));
    assertThat(hub.send(form).json().get("roles")).hasToString("[\"_admin\"]");
  }

  @Test
  void locksOutWhoGuesses() {
    var wrong = "{\"name\":\"ada\",\"password\":\"guess\"}";
    for (var i = 0; i < 5; i++) {
      assertThat(hub.post("_session", wrong).error())
          .isEqualTo("401 unauthorized: Name or password is incorrect.");
    }
    assertThat(hub.post("_session", wrong).error()).startsWith(LOCKED);
    assertThat(admin("GET", "_all_dbs", "").error()).startsWith(LOCKED);
    now = now.plus(Duration.ofMinutes(6));
    assertThat(admin("GET", "_all_dbs", "").status()).isEqualTo(200);
    assertThat(user("nobody", "GET", "", "").status()).isEqualTo(401);
    var noPair = hub.request("GET", "", "").header("Authorization", "Basic !");
    assertThat(hub.send(noPair).status()).isEqualTo(401);
  }

  @Test
  void remembersItsAdministratorAndTakesANewPassword() {
    hub.close();
    hub = new HubFixture(folder, HubFixture::quickPasswords);
    assertThat(hub.get("_all_dbs").status()).isEqualTo(401);
    assertThat(admin("GET", "_all_dbs", "").status()).isEqualTo(200);
    hub.close();
    hub = open("ada", "another");
    assertThat(admin("GET", "_all_dbs", "").status()).isEqualTo(401);
    assertThat(hub.post("_session", "{\"name\":\"ada\",\"password\":\"another\"}").status())
        .isEqualTo(200);
  }

  @Test
  void aLoginCanLeadSomewhereElseOnThisServer() {
    addUser("bob", "[]");
    var right = "{\"name\":\"bob\",\"password\":\"secret\"}";
    var wrong = "{\"name\":\"bob\",\"password\":\"x\"}";

    var in = hub.post("_session?next=/db/_design/app", right);
    assertThat(in.status()).isEqualTo(302);
    assertThat(in.header("Location")).isEqualTo(hub.uri("db/_design/app").toString());
    assertThat(in.header("Set-Cookie")).contains("Max-Age=600", "HttpOnly", "SameSite=Strict");
    assertThat(in.header("Set-Cookie"))
        .containsPattern("; Expires=\\w{3}, \\d\\d-\\w{3}-\\d{4} \\d\\d:\\d\\d:\\d\\d GMT;");
    assertThat(hub.post("_session?next=https://evil.example/", right).status()).isEqualTo(400);
    assertThat(hub.post("_session?next=/a%0d%0aSet-Cookie:x=y", right).status()).isEqualTo(400);
    var failed = hub.post("_session?fail=/login", wrong);
    assertThat(failed.status()).isEqualTo(302);
    assertThat(failed.header("Location")).isEqualTo(hub.uri("login").toString());
    assertThat(hub.post("_session", wrong).status()).isEqualTo(401);
    assertThat(hub.delete("_session?next=/bye").status()).isEqualTo(302);
  }

  @Test
  void aBrowserAsksForAPasswordOnlyWhereTheClientWantsIt() {
    assertThat(hub.get("_all_dbs").header("WWW-Authenticate")).isEmpty();
    var wanted =
        hub.send(
            hub.request("GET", "_all_dbs", "")
                .header("X-CouchDB-WWW-Authenticate", "Basic realm=\"hub\""));
    assertThat(wanted.status()).isEqualTo(401);
    assertThat(wanted.header("WWW-Authenticate")).isEqualTo("Basic realm=\"hub\"");
  }
}
