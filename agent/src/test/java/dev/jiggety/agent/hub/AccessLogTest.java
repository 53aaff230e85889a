package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jiggety.base.Secret;
import dev.jiggety.model.AccessEvent;
import dev.jiggety.model.AccessEvent.Kind;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub records of logins, accounts and rights. */
class AccessLogTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String USER =
      "{\"name\":\"paris\",\"password\":\"%s\",\"roles\":[%s],\"type\":\"user\"%s}";

  @TempDir Path folder;

  @Test
  void aHubRecordsWhoDidWhatFromWhere() {
    try (HubFixture hub =
        new HubFixture(
            folder,
            config -> HubFixture.quickPasswords(config).withAdmin("root", Secret.of("secret")))) {
      send(hub, "root", "secret", "PUT", "_users", "");
      String account = "_users/org.couchdb.user:paris";
      String first = USER.formatted("one", "\"jiggety-node\"", "");
      String rev = rev(send(hub, "root", "secret", "PUT", account, first));
      String second = USER.formatted("two", "\"jiggety-operator\"", ",\"_rev\":\"" + rev + "\"");
      rev = rev(send(hub, "root", "secret", "PUT", account, second));
      send(hub, "paris", "one", "GET", "db", "");
      send(hub, "root", "secret", "PUT", "db", "");
      String security = "{\"members\":{\"names\":[],\"roles\":[\"jiggety-node\"]}}";
      send(hub, "root", "secret", "PUT", "db/_security", security);
      send(hub, "root", "secret", "PUT", "db/_design/d", "{}");
      send(hub, "root", "secret", "PUT", "db/harmless", "{}");
      send(hub, "root", "secret", "DELETE", "db", "");
      send(hub, "root", "secret", "DELETE", account + "?rev=" + rev, "");
      send(hub, "nobody", "whatever", "GET", "", "");

      assertThat(AccessRecord.read(folder))
          .allSatisfy(event -> assertThat(event.from()).isEqualTo("127.0.0.1"))
          .extracting(AccessEvent::kind, AccessEvent::who, AccessEvent::what)
          .containsExactly(
              tuple(Kind.RIGHTS, "root", "made the database _users"),
              tuple(Kind.ACCOUNT, "root", "made the account paris with the roles jiggety-node"),
              tuple(
                  Kind.ACCOUNT,
                  "root",
                  "changed the account paris: the roles jiggety-node became the roles"
                      + " jiggety-operator, new password"),
              tuple(Kind.REFUSED, "paris", "wrong password"),
              tuple(Kind.RIGHTS, "root", "made the database db"),
              tuple(Kind.RIGHTS, "root", "opened db to jiggety-node"),
              tuple(Kind.RULES, "root", "wrote _design/d in db"),
              tuple(Kind.RIGHTS, "root", "dropped the database db"),
              tuple(Kind.ACCOUNT, "root", "removed the account paris"),
              tuple(Kind.REFUSED, "", "no such account"));
      assertThat(folder.resolve(AccessLog.FILE)).content().doesNotContain("whatever", "derived");
    }
    assertThat(new AccessLog(folder, () -> NOON).last()).as("after a restart").hasSize(10);
  }

  @Test
  void aTornLineHidesNoOther() throws IOException {
    AccessLog log = new AccessLog(folder, () -> NOON);
    log.add(Kind.ACCOUNT, "root", "10.0.0.7", "one");
    Path file = folder.resolve(AccessLog.FILE);
    Files.writeString(file, "{\"at\":17952", StandardOpenOption.APPEND); // and the power was gone
    new AccessLog(folder, () -> NOON).add(Kind.ACCOUNT, "root", "10.0.0.7", "two");
    assertThat(AccessRecord.read(folder))
        .extracting(AccessEvent::what)
        .containsExactly("one", "two");
  }

  @Test
  void oldEventsGoWhenThereAreVeryMany() throws IOException {
    AccessLog log = new AccessLog(folder, () -> NOON, 10_000);
    for (int i = 0; i < 1_000; i++) {
      log.add(Kind.ACCOUNT, "root", "10.0.0.7", "number " + i);
    }
    assertThat(AccessRecord.read(folder).getLast().what()).isEqualTo("number 999");
    long bytes =
        Files.size(folder.resolve(AccessLog.FILE)) + Files.size(folder.resolve(AccessLog.OLDER));
    assertThat(bytes).isBetween(10_000L, 21_000L);
    assertThat(log.last()).hasSize(AccessLog.SHOWN);
  }

  private static String rev(HubFixture.Answer answer) {
    return answer.text("rev");
  }

  private static HubFixture.Answer send(
      HubFixture hub, String user, String password, String method, String path, String body) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request = hub.request(method, path, body);
    return hub.send(
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
  }
}
