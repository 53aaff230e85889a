package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Retries;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an operator's token to the first test of a new node, each part a process of its own. */
class EnrolmentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> ADMIN =
      Map.of("JIGGETY_ADMIN_USER", "root", "JIGGETY_ADMIN_PASSWORD", "the-root");
  private static final Map<String, String> ROOT =
      Map.of("JIGGETY_USER", "root", "JIGGETY_PASSWORD", "the-root");
  private static final Map<String, String> ADA =
      Map.of("JIGGETY_USER", "ada", "JIGGETY_PASSWORD", "ada-and-nobody-else");

  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  @TempDir private Path folder;

  @Test
  void aTokenMakesANodeOnceAndARevokedNodeIsOut() throws Exception {
    Path key = folder.resolve("ada.key");
    KeyFile.create(key, ada);
    Path trusted = folder.resolve("trusted.pub");
    Files.writeString(trusted, KeyFile.line(ada.trusted()) + "\n");
    try (WatchedSite site = WatchedSite.open();
        JiggetyProcess server =
            JiggetyProcess.start(
                ADMIN, "hub", "--port", "0", "--data", folder.resolve("hub").toString())) {
      String line = server.awaitLine("hub is listening on ");
      String url = line.substring(line.indexOf("http")).strip();
      try (Hub root = open(url, ROOT);
          JiggetyProcess manager =
              JiggetyProcess.start(
                  provisioned(root),
                  "manager",
                  "--hub",
                  url,
                  "--name",
                  "m1",
                  "--data",
                  folder.resolve("m1").toString(),
                  "--trust",
                  trusted.toString())) {
        CouchRepositories there = new CouchRepositories(root, DatabaseNames.DEFAULT);
        manager.awaitLine("active");
        JsonObject token = token(url, key);
        putInForce(there, site);
        Path data = folder.resolve("node");
        long asked = System.nanoTime();
        JiggetyProcess join = join(url, token, data, "paris");
        assertThat(join.waitFor()).as(join.output()).isZero();
        assertThat(join.output())
            .contains("with the key that the token names", "let in as the node paris", "eu, prod")
            .doesNotContain(token.get("token").getAsString());
        try (JiggetyProcess node = JiggetyProcess.start("node", "--data", data.toString())) {
          await().atMost(PATIENCE).until(() -> site.visits("page") > 0);
          System.out.printf(
              "first test %.1f s after enroll join was given%n", (System.nanoTime() - asked) / 1e9);
          await()
              .atMost(PATIENCE)
              .until(() -> status(there, "paris").map(NodeStatus::tests).orElse(0) == 1);
          assertThat(status(there, "paris").orElseThrow().tags()).containsExactly("eu", "prod");
          aTokenServesOnce(url, token);
          revoked(url, key, root, data);
          assertThat(node.output()).doesNotContain("ERROR");
        }
        assertThat(manager.output()).doesNotContain("ERROR");
      }
    }
  }

  private JsonObject token(String url, Path key) {
    JiggetyProcess asked =
        JiggetyProcess.start(
            ADA,
            "enroll",
            "token",
            "--tags",
            "eu,prod",
            "--json",
            "--hub",
            url,
            "--key",
            key.toString());
    assertThat(asked.waitFor()).as(asked.output()).isZero();
    return JsonParser.parseString(asked.lines().getLast()).getAsJsonObject();
  }

  private JiggetyProcess join(String url, JsonObject token, Path data, String name)
      throws IOException {
    Path file = folder.resolve("token-" + name);
    Files.writeString(file, token.get("token").getAsString() + "\n");
    return JiggetyProcess.start(
        "enroll",
        "join",
        url,
        "--token-file",
        file.toString(),
        "--data",
        data.toString(),
        "--name",
        name);
  }

  private void aTokenServesOnce(String url, JsonObject token) throws IOException {
    JiggetyProcess again = join(url, token, folder.resolve("other"), "oslo");
    assertThat(again.waitFor()).as(again.output()).isEqualTo(1);
    assertThat(again.output()).contains("does not know this token", "it was used");
    assertThat(NodeIdentity.isIn(folder.resolve("other"))).isFalse();
  }

  private void revoked(String url, Path key, Hub root, Path data) {
    NodeIdentity identity = NodeIdentity.read(data);
    try (Hub as = Hub.open(identity.addresses().getFirst(), HubOptions.DEFAULT)) {
      assertThat(as.session().isOk()).isTrue();
      JiggetyProcess revoke =
          JiggetyProcess.start(
              ADA, "enroll", "revoke", "paris", "--hub", url, "--key", key.toString());
      assertThat(revoke.waitFor()).as(revoke.output()).isZero();
      assertThat(as.database(DatabaseNames.DEFAULT.config()).info().isOk()).isFalse();
      assertThat(root.users().get("org.couchdb.user:paris").isOk()).isFalse();
    }
    JiggetyProcess list = JiggetyProcess.start(ADA, "enroll", "list", "--hub", url);
    assertThat(list.waitFor()).as(list.output()).isZero();
    assertThat(list.output()).contains("paris  revoked", "let in: paris");
  }

  private Map<String, String> provisioned(Hub root) {
    new Provisioner(root, DatabaseNames.DEFAULT).provision(Instant.now());
    JsonObject user = new JsonObject();
    user.addProperty("_id", "org.couchdb.user:ada");
    user.addProperty("type", "user");
    user.addProperty("name", "ada");
    user.addProperty("password", "ada-and-nobody-else");
    user.add("roles", JsonParser.parseString("[\"" + HubRole.OPERATOR.label() + "\"]"));
    root.users().create(); // a new hub has none before the first account
    assertThat(root.users().put(user).isOk()).isTrue();
    return ROOT;
  }

  private void putInForce(CouchRepositories there, WatchedSite site) {
    TestDefinition test =
        TestDefinition.builder("page", Check.Http.get(site.url("page")))
            .schedule(new Schedule.Every(Duration.ofSeconds(1)))
            .retries(new Retries(0, Duration.ofSeconds(1)))
            .build();
    Instant now = Instant.now();
    there
        .patches()
        .submit(
            new Patch(
                "first",
                "ada",
                now,
                "",
                new StrategyChoice.Named("instant"),
                now.plusSeconds(600),
                List.of(Contents.put(test, null))),
            ada);
    await()
        .atMost(PATIENCE)
        .until(() ->
            there
                .patches()
                .rollout("first")
                .map(it -> it.state() == RolloutState.COMPLETED)
                .orElse(false));
  }

  private static Optional<NodeStatus> status(CouchRepositories there, String node) {
    return there.nodes().all().stream().filter(it -> it.name().equals(node)).findFirst();
  }

  private static Hub open(String url, Map<String, String> who) {
    Credentials account = Credentials.of(who.get("JIGGETY_USER"), who.get("JIGGETY_PASSWORD"));
    return Hub.open(HubAddress.parse(url, Optional.of(account)), HubOptions.DEFAULT);
  }
}
