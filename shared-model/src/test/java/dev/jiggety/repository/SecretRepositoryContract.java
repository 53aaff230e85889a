package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DepositDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.document.SealerDocument;
import dev.jiggety.document.SecretDocument;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of sealed secrets, for each server that can be a hub. */
public abstract class SecretRepositoryContract {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final SigningKey ADA = SigningKey.generate("ada", Role.OPERATOR);
  private static final SigningKey M1 = SigningKey.generate("m1", Role.MANAGER);
  private static final SigningKey STRANGER = SigningKey.generate("m1", Role.MANAGER);
  private static final SealingKey KEY = SealingKey.generate();
  private static final Trust TRUST = Trust.of(List.of(M1.trusted(), ADA.trusted()));

  private final DatabaseNames names =
      new DatabaseNames("s" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub hub;
  private SecretRepository secrets;

  /** Where the server is that is tested; everybody may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(NOON);
    secrets = new CouchRepositories(hub, names).secrets();
  }

  @AfterEach
  void drop() {
    List.of(names.config(), names.patches(), names.enrolment(), names.status(), names.incidents())
        .forEach(it -> hub.database(it).drop());
    hub.close();
  }

  @Test
  void whatAManagerSignedIsReadAndWhatAnotherKeySignedIsNot() {
    HubDatabase config = hub.database(names.config());
    SealedSecret shop = secret("shop", 7);
    SecretIndex index =
        new SecretIndex(
            7, new TreeMap<>(Map.of("shop", new SecretIndex.Entry(7, 7))), new TreeMap<>());
    put(config, SecretDocument.TYPE.write(shop), M1);
    put(config, SecretDocument.TYPE.write(secret("forged", 9)), STRANGER);
    put(config, SecretDocument.TYPE.write(secret("by.ada", 9)), ADA);
    put(config, SecretsDocument.TYPE.write(index), M1);
    assertThat(secrets.secrets(List.of("shop", "forged", "by.ada", "none"), TRUST))
        .containsExactly(shop);
    assertThat(secrets.index(TRUST)).contains(index);
    assertThat(secrets.index(Trust.of(List.of(STRANGER.trusted())))).isEmpty();
  }

  @Test
  void nobodyCanSlipInAnotherKeyToSealTo() {
    HubDatabase config = hub.database(names.config());
    Sealer right = new Sealer(M1.trusted().id(), "m1", KEY.open());
    Sealer wrong = new Sealer(STRANGER.trusted().id(), "m1", SealingKey.generate().open());
    put(config, SealerDocument.TYPE.write(right), M1);
    put(config, SealerDocument.TYPE.write(wrong), STRANGER);
    assertThat(secrets.sealers(TRUST)).containsExactly(right);
  }

  @Test
  void membersAreThoseThatAManagerLetIn() {
    HubDatabase enrolment = hub.database(names.enrolment());
    Member north = member("north");
    put(enrolment, MemberDocument.TYPE.write(north), M1);
    put(enrolment, MemberDocument.TYPE.write(member("south")), STRANGER);
    assertThat(secrets.members(TRUST)).containsExactly(north);
  }

  @Test
  void anOrderIsHandedInOnceUnderOnesOwnName() {
    Envelope sealed =
        Envelopes.seal(
            "tea for two".getBytes(StandardCharsets.UTF_8), Map.of("m", KEY.open()), "x");
    Deposit order = new Deposit("d1", "shop", Deposit.Act.SET, "ada", NOON, sealed);
    secrets.order(order, ADA);
    secrets.order(order, ADA);
    JsonObject found = hub.database(names.patches()).get(Ids.deposit("d1")).ok().orElseThrow();
    assertThat(DepositDocument.TYPE.read(found)).isEqualTo(order);
    assertThat(found.toString()).doesNotContain("tea for two");
    Deposit other = new Deposit("d1", "shop", Deposit.Act.REMOVE, "ada", NOON, null);
    assertThatThrownBy(() -> secrets.order(other, ADA)).isInstanceOf(HubException.class);
    Deposit bobs = new Deposit("d2", "shop", Deposit.Act.REMOVE, "bob", NOON, null);
    assertThatThrownBy(() -> secrets.order(bobs, ADA)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void put(HubDatabase database, JsonObject document, SigningKey key) {
    assertThat(database.put(Signatures.sign(document, key)).isOk()).isTrue();
  }

  private static SealedSecret secret(String name, long version) {
    return new SealedSecret(
        name,
        version,
        version,
        NOON,
        "ada",
        "d0",
        NOON,
        Envelopes.seal(new byte[8], Map.of("node:north", KEY.open()), SealedSecret.purpose(name)),
        new TreeSet<>(List.of("south")));
  }

  private static Member member(String name) {
    return new Member(name, new TreeSet<>(), KEY.open(), Member.Standing.ACTIVE, NOON, "ada");
  }
}
