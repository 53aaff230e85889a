package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.couch.Accounts;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.repository.couch.Standby;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code jiggety provision --standby}: two hubs with accounts, of which each has what the other
 * has.
 */
class StandbyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;

  @TempDir private Path folder;

  @Test
  void twoHubsHaveTheSameAndKeepTheirOwn() throws Exception {
    Path admin = folder.resolve("admin");
    Files.writeString(admin, "root\ncorrect horse\n");
    Files.setPosixFilePermissions(admin, PosixFilePermissions.fromString("rw-------"));
    try (EmbeddedHub first = start("a");
        EmbeddedHub second = start("b");
        Hub one = open(first, "root", "correct horse");
        Hub other = open(second, "root", "correct horse")) {
      Cli.Result set = provision(first, second, admin);
      assertThat(set.exitCode()).as(set.err()).isEqualTo(ExitCode.FINE);
      assertThat(set.out()).contains("pulls").doesNotContain("correct horse");

      for (Hub each : List.of(one, other)) {
        assertThat(new Accounts(each).all())
            .filteredOn(it -> it.name().startsWith(Standby.PREFIX))
            .as("a password that stands on the other hub gives no manager's rights")
            .isNotEmpty()
            .allSatisfy(it -> assertThat(it.roles()).containsExactly(HubRole.OPERATOR));
      }
      put(one.database(NAMES.status()), "node:north", "node");
      put(other.database(NAMES.live(Instant.now())), "batch:x", "batch");
      one.users().put(account("ada", "a secret of hers"));
      arrives(other.database(NAMES.status()), "node:north");
      arrives(one.database(NAMES.live(Instant.now())), "batch:x");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            try (Hub hers = open(second, "ada", "a secret of hers")) {
              assertThat(hers.session().isOk()).isTrue();
              assertThat(hers.database("_replicator").info())
                  .as("passwords are for administrators")
                  .isInstanceOf(Outcome.Refused.class);
            }
          });

      put(one.database(NAMES.status()), "hub:here", "hub");
      put(one.database(NAMES.status()), "node:south", "node");
      arrives(other.database(NAMES.status()), "node:south");
      assertThat(other.database(NAMES.status()).get("hub:here"))
          .as("what a hub says of itself")
          .isInstanceOf(Outcome.Missing.class);

      Cli.Result again = provision(first, second, admin);
      assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.FINE);
      put(other.database(NAMES.status()), "node:west", "node");
      arrives(one.database(NAMES.status()), "node:west");
      laterWeeks(one, other);
    }
  }

  private static void laterWeeks(Hub one, Hub other) {
    Instant later = Instant.now().plus(Duration.ofDays(60));
    Standby standby = new Standby(one, other, NAMES);
    new Provisioner(one, NAMES).provideAhead(later);
    assertThat(standby.keep(later, _ -> false)).isTrue();
    put(one.database(NAMES.live(later)), "batch:y", "batch");
    arrives(other.database(NAMES.live(later)), "batch:y");

    one.database(NAMES.live(later)).drop();
    assertThat(standby.keep(later.minus(Duration.ofDays(60)), NAMES.live(later)::equals)).isTrue();
    assertThat(other.database(NAMES.live(later)).info()).isInstanceOf(Outcome.Missing.class);
    assertThat(other.database("_replicator").get(Standby.PREFIX + NAMES.live(later)))
        .isInstanceOf(Outcome.Missing.class);
  }

  @Test
  void aHubIsNoStandbyOfItself() throws Exception {
    try (EmbeddedHub hub =
        EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("c")).withAdminParty())) {
      String url = hub.url().toString();
      Cli.Result result = Cli.run("provision", "--hub", url, "--standby", url);
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(result.errorLines()).hasSize(1);
    }
  }

  private static Cli.Result provision(EmbeddedHub first, EmbeddedHub second, Path admin) {
    return Cli.run(
        "provision",
        "--hub",
        first.url().toString(),
        "--credentials",
        admin.toString(),
        "--standby",
        second.url().toString());
  }

  private EmbeddedHub start(String name) {
    return EmbeddedHub.start(
        HubConfig.loopback(0, folder.resolve(name)).withAdmin("root", Secret.of("correct horse")));
  }

  private static Hub open(EmbeddedHub server, String user, String password) {
    return Hub.open(
        HubAddress.parse(server.url().toString(), Optional.of(Credentials.of(user, password))),
        HubOptions.DEFAULT);
  }

  private static void put(HubDatabase database, String id, String type) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", id);
    document.addProperty("type", type);
    document.addProperty("schema", 1);
    Outcome<String> put = database.put(document);
    assertThat(put.isOk()).as(put.toString()).isTrue();
  }

  private static JsonObject account(String name, String password) {
    JsonObject account = new JsonObject();
    account.addProperty("_id", "org.couchdb.user:" + name);
    account.addProperty("name", name);
    account.addProperty("type", "user");
    account.addProperty("password", password);
    account.add("roles", new JsonArray());
    return account;
  }

  private static void arrives(HubDatabase database, String id) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(database.get(id)).isInstanceOf(Outcome.Ok.class));
  }
}
