package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.LineDocument;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Line;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may write what, on each server that can be a hub. Extend it for each; its administrator is
 * {@code root}, password {@code secret}.
 */
public abstract class RightsContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String PASSWORD = "secret";

  private final DatabaseNames names =
      new DatabaseNames("r" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub root;
  private Hub node;
  private Hub viewer;
  private Hub ada;
  private Hub manager;

  /** Where the server is. */
  protected abstract URI url();

  @BeforeEach
  void provision() {
    root = open("root");
    root.database("_users").create();
    user("paris", HubRole.NODE);
    user("eve", HubRole.VIEWER);
    user("ada", HubRole.OPERATOR);
    user("m1", HubRole.MANAGER);
    new Provisioner(root, names).provision(NOON);
    node = open("paris");
    viewer = open("eve");
    ada = open("ada");
    manager = open("m1");
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOON, NOON.plus(Duration.ofDays(7)))) {
      root.database(name).drop();
    }
    for (String name :
        List.of(
            names.config(),
            names.patches(),
            names.status(),
            names.incidents(),
            names.enrolment(),
            names.bundles())) {
      root.database(name).drop();
    }
    List.of(root, node, viewer, ada, manager).forEach(Hub::close);
  }

  @Test
  void onlyTheManagerWritesTheConfiguration() {
    JsonObject test = TestDocument.TYPE.write(Samples.test("shop"));
    for (Hub other : List.of(node, viewer, ada)) {
      refused(config(other).put(test), "changed by patches; only the role jiggety-manager");
    }
    String rev = stored(config(manager).put(test));
    for (Hub other : List.of(node, viewer, ada)) {
      refused(config(other).delete("test:shop", rev), "changed by patches");
      assertThat(config(other).get("test:shop").isOk()).isTrue();
    }
    assertThat(config(manager).delete("test:shop", rev).isOk()).isTrue();
  }

  @Test
  void theConfigurationHoldsItsKindsAlone() {
    for (JsonObject allowed :
        List.of(
            KeyDocument.TYPE.write(SigningKey.generate("ada", Role.OPERATOR).trusted()),
            document("candidate", "candidate"),
            document("strategy:night", "strategy"),
            document("window:night", "window"),
            document("trials", "trials"),
            document("settings", "settings"),
            document("agent", "agent"),
            document("secret:a", "secret"))) {
      stored(config(manager).put(allowed));
    }
    for (String id :
        List.of(
            "group:a",
            "secret:",
            "agent:a",
            "settings:a",
            "header",
            "trials:a",
            "test",
            "test:",
            "patch:p",
            "a")) {
      refused(config(manager).put(document(id, id.replaceAll(":.*", ""))), "alone");
    }
    refused(config(manager).put(document("test:a", "key")), "begins with its type");
    refused(config(manager).put(document("head", "candidate")), "begins with its type");
    JsonObject noSchema = document("test:a", "test");
    noSchema.remove("schema");
    refused(config(manager).put(noSchema), "schema");
  }

  @Test
  void theVersionOfTheHeadGrows() {
    JsonObject none = head(7);
    none.remove("version");
    refused(config(manager).put(none), "a head says its version");
    JsonObject head = head(7);
    head.addProperty("_rev", stored(config(manager).put(head)));
    refused(config(manager).put(head), "the version of the head grows");
    JsonObject lower = head(6);
    lower.add("_rev", head.get("_rev"));
    refused(config(manager).put(lower), "the version of the head grows");
    JsonObject higher = head(8);
    higher.add("_rev", head.get("_rev"));
    stored(config(manager).put(higher));
  }

  @Test
  void operatorsHandInUnderTheirOwnNames() {
    JsonObject patch = patch("p-1", "ada");
    refused(patches(viewer).put(patch), "need the role jiggety-operator");
    refused(patches(ada).put(patch("p-1", "grace")), "says that name, not grace");
    refused(patches(ada).put(command("c-1", "grace")), "says that name, not grace");
    JsonObject nobody = patch("p-1", "ada");
    nobody.remove("author");
    refused(patches(ada).put(nobody), "says that name");
    stored(patches(ada).put(command("c-1", "ada")));
    String rev = stored(patches(ada).put(patch));
    JsonObject changed = patch("p-1", "ada");
    changed.addProperty("comment", "another");
    assertThat(patches(ada).put(changed).isOk()).isFalse(); // as if it were new
    changed.addProperty("_rev", rev);
    for (Hub anybody : List.of(ada, manager, root)) {
      refused(patches(anybody).put(changed), "a patch is never changed");
      refused(patches(anybody).delete("patch:p-1", rev), "never deleted");
    }
    assertThat(patches(viewer).get("patch:p-1").ok().orElseThrow().get("comment"))
        .isEqualTo(patch.get("comment"));
  }

  @Test
  void theManagerAloneRecords() {
    List<JsonObject> records =
        List.of(
            document("rollout:p-1", "rollout"),
            document("answer:c-1", "answer"),
            document("before:p-1", "before"),
            AuditDocument.TYPE.write(
                new AuditEntry(1, NOON, "manager:m1", "line", "keys", "", "", "0".repeat(64))),
            LineDocument.TYPE.write(new Line(3, new TreeMap<>())));
    for (JsonObject record : records) {
      refused(patches(ada).put(record), "the role jiggety-manager alone");
      String id = record.get("_id").getAsString();
      JsonObject next = record.deepCopy();
      next.addProperty("_rev", stored(patches(manager).put(record)));
      next.addProperty("colour", "green");
      boolean changes = id.equals("line") || id.startsWith("rollout:");
      if (changes) {
        next.addProperty("_rev", stored(patches(manager).put(next)));
      } else {
        refused(patches(manager).put(next), "is never changed");
      }
      refused(patches(manager).delete(id, next.get("_rev").getAsString()), "never deleted");
    }
    JsonObject line = patches(manager).get("line").ok().orElseThrow();
    line.addProperty("last", 2);
    refused(patches(manager).put(line), "given out once");
    for (String id : List.of("strategy:night", "lines", "audit:", "other")) {
      refused(patches(manager).put(document(id, id.replaceAll(":.*", ""))), "this database holds");
    }
    refused(patches(manager).put(document("answer:c", "audit")), "begins with its type");
  }

  @Test
  void nodesStillReportAndDeliver() {
    stored(
        database(node, names.status()).put(NodeDocument.TYPE.write(Samples.node("paris", NOON))));
    JsonObject batch = BatchDocument.TYPE.write(Samples.batch("paris", 1, NOON));
    stored(database(node, names.live(NOON)).put(batch));
    for (Hub reader : List.of(node, viewer, ada, manager)) {
      assertThat(config(reader).info().isOk()).isTrue();
      assertThat(patches(reader).info().isOk()).isEqualTo(reader != node);
      assertThat(database(reader, names.status()).get("node:paris").isOk()).isTrue();
    }
  }

  @Test
  void everybodySaysHowHeIsHimself() {
    JsonObject report = document("manager:m", "manager");
    refused(database(node, names.status()).put(report), "needs the role jiggety-manager");
    refused(database(ada, names.status()).put(report), "needs the role jiggety-manager");
    stored(database(manager, names.status()).put(report));
    refused(database(manager, names.status()).put(document("hub:hub", "hub")), "the hub alone");
    refused(database(manager, names.status()).put(document("manager:n", "node")), "with its type");
    refused(
        database(manager, names.status()).put(document("manager:", "manager")),
        "this database holds");
    refused(database(manager, names.status()).put(document("node:paris", "node")), "itself alone");
    refused(database(node, names.status()).put(document("node:oslo", "node")), "itself alone");
    refused(database(ada, names.status()).put(document("node:ada", "node")), "role jiggety-node");
  }

  @Test
  void operatorsAskForTrialsAndTheManagerRemovesThem() {
    JsonObject trial = document("trial:t1", "trial");
    trial.addProperty("by", "grace");
    refused(patches(viewer).put(trial), "need the role jiggety-operator");
    refused(patches(ada).put(trial), "says that name, not grace");
    trial.addProperty("by", "ada");
    String rev = stored(patches(ada).put(trial));
    JsonObject changed = trial.deepCopy();
    changed.addProperty("_rev", rev);
    changed.addProperty("expires", 7);
    refused(patches(ada).put(changed), "never changed");
    refused(patches(manager).put(changed), "never changed");
    refused(patches(ada).delete("trial:t1", rev), "never deleted");
    assertThat(patches(manager).delete("trial:t1", rev).isOk()).isTrue();
  }

  @Test
  void aNodeAnswersATrialForItselfAloneAndOnce() {
    HubDatabase byNode = database(node, names.status());
    refused(byNode.put(trialAnswer("t1", "oslo")), "for itself alone");
    refused(byNode.put(trialAnswer("t1", "")), "for itself alone");
    refused(
        database(ada, names.status()).put(trialAnswer("t1", "paris")),
        "needs the role jiggety-node");
    JsonObject another = trialAnswer("t1", "paris");
    another.addProperty("node", "oslo");
    refused(byNode.put(another), "made of its request and its node");
    JsonObject answer = trialAnswer("t1", "paris");
    String rev = stored(byNode.put(answer));
    answer.addProperty("_rev", rev);
    answer.addProperty("text", "something else");
    refused(byNode.put(answer), "never changed");
    refused(byNode.delete("trial-answer:t1:paris", rev), "for itself alone");
    HubDatabase byManager = database(manager, names.status());
    stored(byManager.put(trialAnswer("t1", "")));
    refused(byManager.put(answer), "never changed");
    assertThat(byManager.delete("trial-answer:t1:paris", rev).isOk()).isTrue();
  }

  private static JsonObject trialAnswer(String request, String node) {
    JsonObject answer =
        document("trial-answer:" + request + (node.isEmpty() ? "" : ":" + node), "trial-answer");
    answer.addProperty("request", request);
    if (!node.isEmpty()) {
      answer.addProperty("node", node);
    }
    return answer;
  }

  @Test
  void theManagerRecordsIncidentsAndOperatorsSayWhatTheyThink() {
    HubDatabase byManager = database(manager, names.incidents());
    HubDatabase byAda = database(ada, names.incidents());
    JsonObject incident = document("incident:20261121T120000000:test:shop", "incident");
    incident.addProperty("epoch", 3);
    for (JsonObject record :
        List.of(incident, document("notice:n", "notice"), document("dropped:d", "dropped"))) {
      refused(byAda.put(record), "the role jiggety-manager alone");
      refused(database(viewer, names.incidents()).put(record), "the role jiggety-manager alone");
      record.addProperty("_rev", stored(byManager.put(record)));
      refused(
          byManager.delete(record.get("_id").getAsString(), record.get("_rev").getAsString()),
          "never deleted");
    }
    incident.addProperty("epoch", 2);
    refused(byManager.put(incident), "a manager with the epoch 3 has taken over");
    incident.addProperty("epoch", 4);
    stored(byManager.put(incident));

    JsonObject act = document("act:20261121T120000000:test:shop:a1", "act");
    act.addProperty("by", "grace");
    refused(database(viewer, names.incidents()).put(act), "needs the role jiggety-operator");
    refused(byAda.put(act), "says that name, not grace");
    act.addProperty("by", "ada");
    act.addProperty("_rev", stored(byAda.put(act)));
    act.addProperty("text", "another");
    refused(byAda.put(act), "what was said is never changed");

    JsonObject request = document("request:r1", "request");
    request.addProperty("by", "ada");
    refused(database(viewer, names.incidents()).put(request), "needs the role jiggety-operator");
    request.addProperty("_rev", stored(byAda.put(request)));
    refused(byAda.put(request), "what was said is never changed");
    refused(byAda.put(document("notice:m", "notice")), "the role jiggety-manager alone");
    for (String id : List.of("test:shop", "incident:", "line")) {
      refused(byManager.put(document(id, id.replaceAll(":.*", ""))), "this database holds");
    }
  }

  private static void refused(Outcome<String> outcome, String reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.reason()).contains(reason);
            });
  }

  private static String stored(Outcome<String> outcome) {
    assertThat(outcome.inWords()).isEqualTo("done");
    return outcome.ok().orElseThrow();
  }

  private HubDatabase config(Hub hub) {
    return database(hub, names.config());
  }

  private HubDatabase patches(Hub hub) {
    return database(hub, names.patches());
  }

  private static HubDatabase database(Hub hub, String database) {
    return hub.database(database);
  }

  private static JsonObject document(String id, String type) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", id);
    document.addProperty("type", type);
    document.addProperty("schema", 1);
    return document;
  }

  private static JsonObject patch(String id, String author) {
    return PatchDocument.TYPE.write(
        new Patch(id, author, NOON, "why", StrategyChoice.SWIFT, NOON.plusSeconds(60), List.of()));
  }

  private static JsonObject command(String id, String by) {
    return CommandDocument.TYPE.write(
        new OperatorCommand(id, "p-1", Cause.Act.PAUSE, by, "", NOON));
  }

  private static JsonObject head(long version) {
    return HeadDocument.TYPE.write(
        new Head(
            version,
            0,
            1,
            new Generation("", 0, "0".repeat(64)),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            NOON,
            Duration.ZERO));
  }

  private void user(String name, HubRole role) {
    JsonObject user = new JsonObject();
    user.addProperty("_id", "org.couchdb.user:" + name);
    user.addProperty("name", name);
    user.addProperty("password", PASSWORD);
    user.addProperty("type", "user");
    JsonArray roles = new JsonArray();
    roles.add(role.label());
    user.add("roles", roles);
    HubDatabase users = root.database("_users");
    if (!users.get("org.couchdb.user:" + name).isOk()) {
      stored(users.put(user));
    }
  }

  private Hub open(String name) {
    return Hub.open(
        HubAddress.parse(url().toString(), Optional.of(Credentials.of(name, PASSWORD))),
        HubOptions.DEFAULT);
  }
}
