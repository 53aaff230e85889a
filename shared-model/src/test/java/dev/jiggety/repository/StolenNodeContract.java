package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.HubRole;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.repository.couch.Accounts;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.testing.Samples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Somebody has carried off the node {@code paris}, with its account and its keys. Extend it for
 * each server that can be a hub; its administrator is {@code root}, password {@code secret}.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class StolenNodeContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final DatabaseNames NAMES = new DatabaseNames("s-");
  private static final String PASSWORD = "secret";

  private final SealingKey ofOslo = SealingKey.generate();
  private final SealingKey ofParis = SealingKey.generate();
  private Hub root;
  private Hub paris;
  private Hub oslo;

  /** Where the server is. */
  protected abstract URI url();

  @BeforeAll
  protected void provision() {
    root = open("root");
    Accounts accounts = new Accounts(root);
    for (String node : List.of("paris", "oslo")) {
      accounts.add(node, Secret.of(PASSWORD), Set.of(HubRole.NODE));
    }
    accounts.add("ada", Secret.of(PASSWORD), Set.of(HubRole.OPERATOR));
    new Provisioner(root, NAMES).provision(NOON);
    paris = open("paris");
    oslo = open("oslo");
  }

  @AfterAll
  void close() {
    List.of(root, paris, oslo).forEach(Hub::close);
  }

  @Test
  void itChangesNoTestAndRemovesNothing() {
    HubDatabase config = root.database(NAMES.config());
    assertThat(config.put(TestDocument.TYPE.write(Samples.test("shop"))).isOk()).isTrue();
    assertThat(deliver(oslo, batch("oslo", 7)).error()).isEmpty();
    assertThat(report(oslo, "oslo")).isTrue();
    for (String name : List.of(NAMES.config(), NAMES.status(), NAMES.live(NOON))) {
      HubDatabase itself = root.database(name);
      List<DocumentRow> before = all(itself);
      assertThat(before).isNotEmpty();
      for (DocumentRow row : before) {
        JsonObject changed = itself.get(row.id()).ok().orElseThrow();
        changed.addProperty("name", "mine");
        assertThat(paris.database(name).put(changed).isOk()).as(row.id()).isFalse();
        assertThat(paris.database(name).delete(row.id(), row.rev()).isOk()).isFalse();
      }
      assertThat(all(itself)).isEqualTo(before);
    }
  }

  @Test
  void itReadsNoSecretOfAnotherNode() throws GeneralSecurityException {
    byte[] content = "correct-horse".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = SealingKey.seal(ofOslo.open(), content, "secret:shop");
    JsonObject secret = new JsonObject();
    secret.addProperty("_id", "secret:shop");
    secret.addProperty("type", "secret");
    secret.addProperty("schema", 1);
    secret.addProperty("oslo", Base64.getEncoder().encodeToString(sealed));
    assertThat(root.database(NAMES.config()).put(secret).isOk()).isTrue();

    JsonObject seen = paris.database(NAMES.config()).get("secret:shop").ok().orElseThrow();
    assertThat(seen.toString()).doesNotContain("correct-horse");
    byte[] stolen = Base64.getDecoder().decode(seen.get("oslo").getAsString());
    assertThatThrownBy(() -> ofParis.unseal(stolen, "secret:shop"))
        .isInstanceOf(GeneralSecurityException.class);
    assertThat(ofOslo.unseal(stolen, "secret:shop")).isEqualTo(content);
  }

  @Test
  void itPushesNoReleaseAndSeesNoPatch() {
    JsonObject release = new JsonObject();
    release.addProperty("_id", "release:9.9.9");
    release.addProperty("type", "release");
    release.addProperty("schema", 1);
    assertThat(paris.database(NAMES.bundles()).put(release).isOk()).isFalse();
    for (String closed : List.of(NAMES.patches(), NAMES.incidents(), NAMES.enrolment())) {
      assertThat(paris.database(closed).info().isOk()).as(closed).isFalse();
      assertThat(paris.database(closed).allDocs(IdRange.startingWith("")).isOk()).isFalse();
    }
    assertThat(paris.database(NAMES.patches()).put(patch("p-1", "paris")).isOk()).isFalse();
  }

  @Test
  void itIsNoOtherNode() {
    assertThat(report(paris, "paris")).isTrue();
    assertThat(report(paris, "oslo")).isFalse();
    assertThat(report(paris, "rome")).isFalse();
    assertThat(deliver(paris, batch("oslo", 1)).error()).isEqualTo("forbidden");
    JsonObject half = batch("paris", 2); // says oslo inside, or in its id
    half.addProperty("node", "oslo");
    assertThat(deliver(paris, half).error()).isEqualTo("forbidden");
    JsonObject other = batch("oslo", 2);
    other.addProperty("node", "paris");
    assertThat(deliver(paris, other).error()).isEqualTo("forbidden");
    assertThat(deliver(paris, batch("paris", 3)).error()).isEmpty();
  }

  @Test
  void whatWasDeliveredOnceIsNotDoubledAndNotReplacedWhoeverSendsItAgain() {
    JsonObject batch = batch("oslo", 4);
    assertThat(deliver(oslo, batch).error()).isEmpty();
    HubDatabase week = root.database(NAMES.live(NOON));
    String id = batch.get("_id").getAsString();
    String before = week.getOpenRevs(id, List.of()).toString();
    deliver(oslo, batch);
    deliver(paris, batch);
    JsonObject forged = batch.deepCopy();
    forged.addProperty("_rev", "2-" + "f".repeat(32));
    forged.add("runs", new JsonArray());
    assertThat(deliver(paris, forged).error()).isEqualTo("forbidden");
    assertThat(week.getOpenRevs(id, List.of())).hasToString(before);
  }

  @Test
  void whatAnOperatorOrderedIsNotOrderedAgain() {
    try (Hub ada = open("ada")) {
      HubDatabase byAda = ada.database(NAMES.patches());
      JsonObject patch = patch("p-7", "ada");
      assertThat(byAda.put(patch).isOk()).isTrue();
      assertThat(byAda.put(patch).isOk()).as("again").isFalse();
      JsonObject grown = byAda.get("patch:p-7").ok().orElseThrow();
      grown.addProperty("comment", "another");
      assertThat(byAda.put(grown).isOk()).as("with other words").isFalse();
      JsonObject ofGrace = patch("p-8", "grace"); // signed by her, caught on its way
      assertThat(byAda.put(ofGrace).isOk()).isFalse();
    }
  }

  @Test
  void whenItsAccountIsRemovedItIsShutOutAtOnce() {
    Accounts accounts = new Accounts(root);
    accounts.add("rome", Secret.of(PASSWORD), Set.of(HubRole.NODE));
    try (Hub rome = open("rome")) {
      assertThat(report(rome, "rome")).isTrue();
      accounts.remove("rome");
      assertThat(report(rome, "rome")).isFalse();
      assertThat(rome.database(NAMES.config()).info().isOk()).isFalse();
    }
  }

  private static boolean report(Hub by, String name) {
    HubDatabase status = by.database(NAMES.status());
    JsonObject report = NodeDocument.TYPE.write(Samples.node(name, NOON));
    status
        .get(report.get("_id").getAsString())
        .ok()
        .ifPresent(found -> report.add("_rev", found.get("_rev")));
    return status.put(report).isOk();
  }

  private static BulkRow deliver(Hub by, JsonObject batch) {
    List<BulkRow> rows =
        by.database(NAMES.live(NOON)).bulkDocs(List.of(batch), false).ok().orElseThrow();
    return rows.isEmpty()
        ? new BulkRow(batch.get("_id").getAsString(), "", "", "")
        : rows.getFirst();
  }

  private static JsonObject batch(String node, long seq) {
    JsonObject batch = BatchDocument.TYPE.write(Samples.batch(node, seq, NOON));
    batch.addProperty("_rev", BatchDocument.revision(batch));
    return batch;
  }

  private static JsonObject patch(String id, String author) {
    return PatchDocument.TYPE.write(
        new Patch(id, author, NOON, "why", StrategyChoice.SWIFT, NOON.plusSeconds(60), List.of()));
  }

  private static List<DocumentRow> all(HubDatabase database) {
    List<DocumentRow> rows = new ArrayList<>();
    assertThat(database.eachRow(IdRange.between("a", "z"), rows::add).isOk()).isTrue();
    return rows;
  }

  private Hub open(String name) {
    return Hub.open(
        HubAddress.parse(url().toString(), Optional.of(Credentials.of(name, PASSWORD))),
        HubOptions.DEFAULT);
  }
}
