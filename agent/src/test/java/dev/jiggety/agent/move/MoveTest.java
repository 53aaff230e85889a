package dev.jiggety.agent.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Check;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.NpmCouch;
import dev.jiggety.testing.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Credentials ROOT = Credentials.of("root", "root-password");
  private static final Credentials NORTH = Credentials.of("north", "north-password");

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private Hub source;

  @BeforeEach
  void start() {
    source = hub(embedded("old"), ROOT);
    new Provisioner(source, DatabaseNames.DEFAULT).provision(Instant.now());
    source.users().create();
    account(source, NORTH);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  private String embedded(String name) {
    HubConfig config =
        HubConfig.at("127.0.0.1", 0, folder.resolve(name))
            .withLimits(HubConfig.Limits.DEFAULT.withPasswordIterations(1_000))
            .withAdmin(ROOT.user(), Secret.of(ROOT.password().reveal()));
    EmbeddedHub hub = EmbeddedHub.start(config);
    open.add(hub);
    return hub.url().toString();
  }

  private Hub hub(String url, Credentials who) {
    Hub hub = Hub.open(HubAddress.parse(url, Optional.of(who)), HubOptions.DEFAULT);
    open.add(hub);
    return hub;
  }

  private static void account(Hub hub, Credentials who) {
    JsonObject account = new JsonObject();
    account.addProperty("_id", "org.couchdb.user:" + who.user());
    account.addProperty("type", "user");
    account.addProperty("name", who.user());
    account.addProperty("password", who.password().reveal());
    JsonArray roles = new JsonArray();
    roles.add(HubRole.NODE.label());
    account.add("roles", roles);
    assertThat(hub.users().put(account).inWords()).isEqualTo("done");
  }

  private Move move(Hub target) {
    return new Move(source, target, DatabaseNames.DEFAULT, InstantSource.system(), said::add);
  }

  @Test
  void aNodeAtWorkLosesNothingAndIsKnownOnTheNewHub() throws Exception {
    InForce inForce = new InForce(source, DatabaseNames.DEFAULT);
    inForce.put(test());
    String target = embedded("new");
    TestingNode node = node(source.address().toString(), inForce);
    CouchRepositories old = new CouchRepositories(source, DatabaseNames.DEFAULT);
    await().atMost(PATIENCE).until(() -> runs(old).size() >= 3);

    Hub there = hub(target, ROOT);
    move(there).copy(); // while it works
    List<Move.Compared> compared = move(there).cutOver();
    assertThat(compared).isNotEmpty().allMatch(Move.Compared::isSame);
    assertThat(compared)
        .extracting(Move.Compared::database)
        .contains("jiggety-config", "jiggety-patches", "jiggety-status", "_users");
    // Shut out of the old one, it goes on testing.
    Hub asNode = hub(source.address().toString(), NORTH);
    assertThat(asNode.database("jiggety-config").get("head").isOk()).isFalse();
    node.close();

    try (TestingNode _ = node(target, inForce)) {
      CouchRepositories now = new CouchRepositories(there, DatabaseNames.DEFAULT);
      int copied = runs(old).size();
      await().atMost(PATIENCE).until(() -> runs(now).size() >= copied + 5);
    }
    assertEverySlotOnce(new CouchRepositories(there, DatabaseNames.DEFAULT));
  }

  private void assertEverySlotOnce(CouchRepositories there) {
    List<Instant> planned = new ArrayList<>();
    for (Batch batch : batches(there)) {
      batch.runs().forEach(run -> planned.add(run.plannedAt()));
      batch
          .skipped()
          .forEach(skipped -> {
            for (int i = 0; i < skipped.count(); i++) {
              planned.add(skipped.first().plus(EVERY.multipliedBy(i)));
            }
          });
    }
    planned.sort(Comparator.naturalOrder());
    assertThat(planned).doesNotHaveDuplicates();
    for (int i = 1; i < planned.size(); i++) {
      assertThat(Duration.between(planned.get(i - 1), planned.get(i))).isEqualTo(EVERY);
    }
  }

  @Test
  void whatWasCutOffGoesOnAndWhatWasUndoneIsAsBefore() throws Exception {
    HubDatabase status = source.database("jiggety-status");
    JsonObject before = status.security().ok().orElseThrow();
    String target = embedded("new");
    Hub there = hub(target, ROOT);
    move(there).cutOver();
    // Cut off before the one or after the other: the same command again.
    status.setSecurity(before);
    move(there).cutOver();
    assertThat(status.security().ok().orElseThrow()).isNotEqualTo(before);
    assertThat(there.database("jiggety-status").security().ok()).contains(before);
    move(there).undo();
    assertThat(status.security().ok()).contains(before);
    move(there).undo(); // does nothing any more
    assertThat(status.security().ok()).contains(before);

    // Somebody goes on with the old one, and moves a week later.
    account(source, Credentials.of("late", "late-password"));
    assertThat(move(there).compare()).anyMatch(one -> !one.isSame());
    assertThat(move(there).cutOver()).allMatch(Move.Compared::isSame);
    assertThat(hub(target, Credentials.of("late", "late-password")).session().isOk()).isTrue();
  }

  @Test
  void whatAReaderOfTheOldHubWritesGivesHimNoRightsOnTheNewOne() throws Exception {
    HubDatabase status = source.database("jiggety-status");
    JsonObject before = status.security().ok().orElseThrow();
    JsonObject mine =
        JsonParser.parseString("{\"admins\":{\"names\":[\"eve\"]}}").getAsJsonObject();
    JsonObject forged = new JsonObject();
    forged.add("security", mine);
    forged.add("jiggety_before_move", mine);
    assertThat(status.putLocal("jiggety-move", forged).isOk()).isTrue(); // as all readers can
    Hub there = hub(embedded("new"), ROOT);

    move(there).copy();
    assertThat(there.database("jiggety-status").security().ok()).contains(before);
    move(there).cutOver();
    assertThat(there.database("jiggety-status").security().ok()).contains(before);
    move(there).undo();
    assertThat(status.security().ok()).contains(before);
  }

  @Test
  void movesToAnotherServerThatSpeaksCouchDb() throws Exception {
    try (NpmCouch couch = NpmCouch.start()) {
      Hub there =
          Hub.open(HubAddress.parse(couch.url().toString(), Optional.empty()), HubOptions.DEFAULT);
      open.add(there);
      new InForce(source, DatabaseNames.DEFAULT).put(test());
      move(there).copy();
      assertThat(move(there).compare()).allMatch(Move.Compared::isSame);
      assertThat(move(there).cutOver()).allMatch(Move.Compared::isSame);
      assertThat(there.database("jiggety-config").get("head").isOk()).isTrue();
      assertThat(rules(there.database("jiggety-patches")))
          .isEqualTo(rules(source.database("jiggety-patches")));
      assertThat(there.users().get("org.couchdb.user:north").ok().orElseThrow().get("derived_key"))
          .isEqualTo(
              source.users().get("org.couchdb.user:north").ok().orElseThrow().get("derived_key"));
    }
  }

  private static List<JsonObject> rules(HubDatabase database) {
    return database.allDocs(IdRange.startingWith("_design/")).ok().orElseThrow().stream()
        .map(row -> {
          JsonObject design = row.document() == null ? new JsonObject() : row.document();
          design.remove("_rev");
          return design;
        })
        .toList();
  }

  @Test
  void whoIsNoAdministratorMovesNothing() {
    Hub there = hub(embedded("new"), ROOT);
    Move move =
        new Move(
            hub(source.address().toString(), NORTH),
            there,
            DatabaseNames.DEFAULT,
            InstantSource.system(),
            said::add);
    assertThatThrownBy(move::copy)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("not an administrator of " + source.address());
  }

  private TestingNode node(String url, InForce inForce) {
    Probes.load();
    return TestingNode.start(
        NodeConfig.of("north", HubAddress.parse(url, Optional.of(NORTH)), folder.resolve("node"))
            .withTrust(inForce.trust()));
  }

  private static TestDefinition test() {
    int closed = Ports.free();
    return TestDefinition.builder("shop", Check.Http.get("http://127.0.0.1:" + closed + "/"))
        .schedule(new Schedule.Every(EVERY))
        .retries(new Retries(0, Duration.ZERO))
        .timeout(Duration.ofSeconds(5))
        .build();
  }

  private static List<Run> runs(CouchRepositories repositories) {
    return batches(repositories).stream().flatMap(batch -> batch.runs().stream()).toList();
  }

  private static List<Batch> batches(CouchRepositories repositories) {
    List<Batch> batches = new ArrayList<>();
    Instant now = Instant.now();
    repositories
        .results()
        .read(now.minus(Duration.ofHours(1)), now.plus(Duration.ofMinutes(1)), batches::add);
    return batches;
  }
}
