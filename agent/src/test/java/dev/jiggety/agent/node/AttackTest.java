package dev.jiggety.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubServer;
import dev.jiggety.agent.slot.Manager;
import dev.jiggety.agent.slot.Refusal;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Attacks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on a hub that lies to it: each lie is refused for its own reason, and testing goes on. */
class AttackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Manager manager = new Manager(Instant.now(), Manager.test("shop", "old"));
  private HubServer server;
  private Databases data;
  private Hub hub;
  private HubDatabase config;
  private TestingNode node;
  private String honest = "";

  @BeforeEach
  void start() {
    data = Databases.open(folder.resolve("hub"), Databases.Options.defaults());
    server = HubServer.start(HubConfig.loopback(0, folder.resolve("hub")), data);
    HubAddress address = HubAddress.parse(server.url().toString(), Optional.empty());
    hub = Hub.open(address, HubOptions.DEFAULT);
    config = hub.database("jiggety-config");
    assertThat(config.create().isOk()).isTrue();
    manager.confirmed.documents().values().forEach(content -> put(Contents.document(content)));
    put(manager.signedHead());
    node =
        TestingNode.start(
            NodeConfig.of("n1", address, folder.resolve("n1")).withTrust(manager.trust()));
    honest = manager.head.digest();
    await().atMost(PATIENCE).until(() -> node.status().tests() == 1);
  }

  @AfterEach
  void stop() {
    node.close();
    hub.close();
    server.close();
    data.close();
  }

  @Test
  void headsThatMustNotBeBelieved() {
    JsonObject older = manager.signedHead();
    put(manager.renew());
    await().atMost(PATIENCE).until(() -> node.notices().isEmpty());
    lie(Refusal.LOWER_VERSION, older);
    lie(Refusal.EXPIRED, forged(1, 0, 1, manager.head.active(), Instant.now()));
    Instant later = manager.head.expires();
    lie(Refusal.OTHER_CONTENT, forged(0, 0, 1, other(9), later));
    lie(Refusal.LOWER_EPOCH, forged(1, 0, 0, other(9), later));
    lie(Refusal.LOWER_RELEASE, forged(1, 0, 1, other(0), later));
    lie(Refusal.LOWER_SEQ, forged(1, -1, 1, other(9), later));
    JsonObject garbage = HeadDocument.TYPE.write(manager.head);
    garbage.addProperty("phase", "sideways");
    lie(Refusal.MALFORMED, Signatures.sign(garbage, manager.manager));
    JsonObject huge = manager.signedHead();
    huge.addProperty("filler", "x".repeat(7_200_000));
    lie(Refusal.OVERSIZED, huge);
  }

  @Test
  void headsWithWrongSignatures() {
    JsonObject next = forged(50, 0, 1, other(9), manager.head.expires());
    next.remove(Signatures.MEMBER);
    Attacks attacks = new Attacks();
    SigningKey stranger = SigningKey.generate("m1", Role.MANAGER);
    lie(Refusal.UNSIGNED, next);
    lie(Refusal.UNKNOWN_KEY, Signatures.sign(next, stranger));
    lie(Refusal.UNKNOWN_KEY, Signatures.sign(next, attacks.manager));
    lie(Refusal.WRONG_ROLE, Signatures.sign(next, manager.operator));
    JsonObject tampered = Signatures.sign(next, manager.manager);
    tampered.getAsJsonObject("active").addProperty("digest", "1".repeat(64));
    lie(Refusal.TAMPERED, tampered);
    JsonObject noSignature = next.deepCopy();
    noSignature.addProperty(Signatures.MEMBER, "trust me");
    lie(Refusal.MALFORMED, noSignature);
  }

  @Test
  void candidatesThatMustNotBeTried() {
    Manager.Ride other = manager.ride(manager.put(Manager.test("shop", "other")));
    Manager.Ride ride = ride();
    lieWithCandidate(Refusal.OTHER_RIDE, manager.candidate(other), ride);

    ride = ride();
    JsonObject mixed = manager.candidate(other);
    mixed.addProperty("ride", ride.id());
    lieWithCandidate(Refusal.WRONG_DIGEST, mixed, ride);

    ride = ride();
    JsonObject tampered = manager.candidate(ride);
    patch(tampered).addProperty("comment", "harmless");
    lieWithCandidate(Refusal.TAMPERED, tampered, ride);

    ride = ride();
    JsonObject unsigned = manager.candidate(ride);
    patch(unsigned).remove(Signatures.MEMBER);
    lieWithCandidate(Refusal.UNSIGNED, unsigned, ride);

    ride = ride();
    lieWithCandidate(Refusal.WRONG_ROLE, resigned(manager.candidate(ride), manager.manager), ride);

    ride = ride();
    SigningKey stranger = SigningKey.generate("ada", Role.OPERATOR);
    lieWithCandidate(Refusal.UNKNOWN_KEY, resigned(manager.candidate(ride), stranger), ride);

    ride = ride();
    JsonObject inAnothersName = manager.candidate(ride);
    patch(inAnothersName).addProperty("author", "grace");
    lieWithCandidate(Refusal.WRONG_NAME, resigned(inAnothersName, manager.operator), ride);

    ride = ride();
    JsonObject garbage = manager.candidate(ride);
    garbage.addProperty("schema", 99);
    lieWithCandidate(Refusal.MALFORMED, garbage, ride);

    ride = ride();
    JsonObject huge = manager.candidate(ride);
    huge.addProperty("filler", "x".repeat(7_200_000));
    lieWithCandidate(Refusal.OVERSIZED, huge, ride);

    ride = ride();
    Change.Put edit = (Change.Put) manager.put(Manager.test("shop", "late"));
    Manager.Ride stale =
        new Manager.Ride(
            ride.id(),
            java.util.List.of(new Change.Put(edit.target(), edit.content(), "f".repeat(64))));
    lieWithCandidate(Refusal.CONFLICTING, manager.candidate(stale), ride);
  }

  @Test
  void aHeadThatIsTakenAwayIsMissedAndNotForgotten() {
    JsonObject found = config.get("head").ok().orElseThrow();
    assertThat(config.delete("head", found.get("_rev").getAsString()).isOk()).isTrue();
    refused(Refusal.DELETED);
    put(manager.renew());
    await().atMost(PATIENCE).until(() -> node.notices().isEmpty());
  }

  /** Shows it to the node in the place of the honest head, and then an honest one again. */
  private void lie(Refusal reason, JsonObject document) {
    put(document);
    refused(reason);
    put(manager.renew());
    await("the truth after " + reason).atMost(PATIENCE).until(() -> node.notices().isEmpty());
  }

  private void lieWithCandidate(Refusal reason, JsonObject candidate, Manager.Ride ride) {
    put(candidate);
    put(manager.stage(ride, "n1"));
    refused(reason);
    await()
        .atMost(PATIENCE)
        .until(() -> Objects.requireNonNull(node.status().slots()).stage() == Stage.FAILED);
    put(manager.turnBack(ride));
    put(manager.candidate(ride));
    await("the truth after " + reason).atMost(PATIENCE).until(() -> node.notices().isEmpty());
  }

  private void refused(Refusal reason) {
    String label = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    await("refused as " + label)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(node.notices()).anyMatch(line -> line.startsWith(label + ": ")));
    Generation running = Objects.requireNonNull(node.status().slots()).running();
    assertThat(running.digest()).as("what runs under %s", label).isEqualTo(honest);
    assertThat(node.status().tests()).isEqualTo(1);
  }

  private Manager.Ride ride() {
    return manager.ride(manager.put(Manager.test("shop", "new" + Instant.now().toEpochMilli())));
  }

  private static JsonObject patch(JsonObject candidate) {
    return candidate.getAsJsonArray("patches").get(0).getAsJsonObject();
  }

  private static JsonObject resigned(JsonObject candidate, SigningKey key) {
    JsonArray patches = new JsonArray();
    patches.add(Signatures.sign(patch(candidate), key));
    candidate.add("patches", patches);
    return candidate;
  }

  private static Generation other(long release) {
    return new Generation("evil", release, "0".repeat(64));
  }

  /** A head that the manager's own key has signed, beside the one that stands there. */
  private JsonObject forged(
      long versionAhead, long seqAhead, long epoch, Generation active, Instant expires) {
    Head head =
        new Head(
            manager.head.version() + versionAhead,
            manager.head.seq() + seqAhead,
            epoch,
            active,
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            expires,
            Duration.ZERO);
    return Signatures.sign(HeadDocument.TYPE.write(head), manager.manager);
  }

  private void put(JsonObject document) {
    JsonObject body = document.deepCopy();
    if (config.get(body.get("_id").getAsString())
        instanceof Outcome.Ok<JsonObject>(JsonObject found)) {
      body.add("_rev", found.get("_rev"));
    }
    Outcome<String> put = config.put(body);
    assertThat(put.isOk()).as(put.inWords()).isTrue();
  }
}
