package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route of the hub, asked by everybody: nobody gets further than the route says. */
class RoutesTest {
  /** All that is there for who has not logged in. A new route does not belong here unseen. */
  private static final Set<String> PUBLIC =
      Set.of(
          "GET ",
          "HEAD ",
          "GET _up",
          "HEAD _up",
          "GET _uuids",
          "HEAD _uuids",
          "GET _session",
          "HEAD _session",
          "POST _session",
          "DELETE _session",
          "POST _replicate"); // which looks itself at who asks

  private enum Caller {
    ANONYMOUS,
    STRANGER,
    MEMBER,
    DATABASE_ADMIN,
    SERVER_ADMIN
  }

  @TempDir Path folder;
  private HubFixture hub;
  private int databases;

  @BeforeEach
  void start() {
    hub =
        new HubFixture(
            folder,
            c -> HubFixture.quickPasswords(c).withAdmin("server_admin", Secret.of("secret")));
    ask(Caller.SERVER_ADMIN, "PUT", "_users", "");
    for (var user : List.of("stranger", "member", "database_admin")) {
      ask(
          Caller.SERVER_ADMIN,
          "PUT",
          "_users/org.couchdb.user:" + user,
          "{\"name\":\"%s\",\"password\":\"secret\",\"roles\":[],\"type\":\"user\"}"
              .formatted(user));
    }
    prepare();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void prepare() {
    ask(Caller.SERVER_ADMIN, "PUT", "db", "");
    ask(
        Caller.SERVER_ADMIN,
        "PUT",
        "db/_security",
        "{\"admins\":{\"names\":[\"database_admin\"]},\"members\":{\"names\":[\"member\"]}}");
    ask(Caller.SERVER_ADMIN, "PUT", "db/doc", "{}");
  }

  private int ask(Caller caller, String method, String path, String body) {
    var request = hub.request(method, path, method.equals("GET") ? "" : body);
    if (caller != Caller.ANONYMOUS) {
      var pair = caller.name().toLowerCase(java.util.Locale.ROOT) + ":secret";
      var base64 = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + base64);
    }
    return hub.send(request).status();
  }

  private static Set<Caller> allowed(Access access) {
    return switch (access) {
      case PUBLIC -> EnumSet.allOf(Caller.class);
      case MEMBER -> EnumSet.range(Caller.MEMBER, Caller.SERVER_ADMIN);
      case DATABASE_ADMIN -> EnumSet.range(Caller.DATABASE_ADMIN, Caller.SERVER_ADMIN);
      case SERVER_ADMIN -> EnumSet.of(Caller.SERVER_ADMIN);
    };
  }

  /** A request that asks for nothing sensible, so that rights alone decide about 401 and 403. */
  private boolean passes(Caller caller, Router.Listed route) {
    var path =
        route
            .path()
            .replace("{new}", "new" + databases++)
            .replace("{db}", "db")
            .replace("{doc}", "doc")
            .replace("{file}", "file")
            .replace("{rest}", "x");
    var status = ask(caller, route.method(), path, "[]");
    if (route.method().equals("DELETE") && path.equals("db") && status == 200) {
      prepare();
    }
    return status != 401 && status != 403;
  }

  @Test
  void everyRouteLetsThroughWhomItNames() {
    var routes = hub.hub.routes();
    assertThat(routes).hasSizeGreaterThan(40);
    for (var route : routes) {
      var through =
          EnumSet.allOf(Caller.class).stream()
              .filter(caller -> passes(caller, route))
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Caller.class)));
      assertThat(through).as("%s", route).isEqualTo(allowed(route.access()));
    }
  }

  @Test
  void littleIsPublicAndWhatChangesADatabaseWantsItsAdministrator() {
    var open = new TreeSet<String>();
    for (var route : hub.hub.routes()) {
      var name = route.method() + " " + route.path();
      if (route.access() == Access.PUBLIC) {
        open.add(name);
      }
    }
    assertThat(open).containsExactlyInAnyOrderElementsOf(PUBLIC);
    for (var path : List.of("db/_security", "db/_revs_limit", "db/_design/d")) {
      assertThat(ask(Caller.MEMBER, "PUT", path, "{}")).as(path).isEqualTo(403);
      assertThat(ask(Caller.ANONYMOUS, "PUT", path, "{}")).as(path).isEqualTo(401);
    }
    assertThat(ask(Caller.MEMBER, "DELETE", "db", "")).isIn(401, 403);
    assertThat(ask(Caller.DATABASE_ADMIN, "DELETE", "db", "")).isIn(401, 403);
    assertThat(ask(Caller.DATABASE_ADMIN, "PUT", "db/_design/d", "{}")).isEqualTo(201);
  }

  @Test
  void nobodyButTheServersAdministratorReadsAccounts() {
    for (var path : List.of("_users", "_users/_all_docs", "_users/_changes", "_users/_security")) {
      for (var caller : EnumSet.range(Caller.ANONYMOUS, Caller.DATABASE_ADMIN)) {
        assertThat(ask(caller, "GET", path, "")).as(caller + " " + path).isIn(401, 403);
      }
      assertThat(ask(Caller.SERVER_ADMIN, "GET", path, "")).as(path).isEqualTo(200);
    }
    var own = "_users/org.couchdb.user:member";
    assertThat(ask(Caller.MEMBER, "GET", own, "")).isEqualTo(200);
    assertThat(ask(Caller.STRANGER, "GET", own, "")).isIn(403, 404);
    assertThat(ask(Caller.ANONYMOUS, "GET", own, "")).isIn(401, 404);
  }
}
