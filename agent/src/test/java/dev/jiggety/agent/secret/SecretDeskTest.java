package dev.jiggety.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DepositDocument;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import dev.jiggety.document.MemberDocument;
import dev.jiggety.document.SealerDocument;
import dev.jiggety.document.SecretDocument;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Member;
import dev.jiggety.model.Placement;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.HubException;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager does with secrets, look by look. */
class SecretDeskTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final SigningKey ADA = SigningKey.generate("ada", Role.OPERATOR);
  private static final SigningKey M1 = SigningKey.generate("m1", Role.MANAGER);
  private static final SigningKey M2 = SigningKey.generate("m2", Role.MANAGER);
  private static final SealingKey OURS = SealingKey.generate();
  private static final SealingKey OTHERS = SealingKey.generate();
  private static final SealingKey NORTH = SealingKey.generate();
  private static final SealingKey SOUTH = SealingKey.generate();

  private final FakeBoard board = new FakeBoard();
  private final ManagerSecrets known = new ManagerSecrets(Secrets.NONE);
  private final Map<String, String> troubles = new TreeMap<>();
  private Instant now = NOON;
  private boolean isOver;
  @TempDir private Path folder;
  private SecretDesk desk;

  @BeforeEach
  void fill() {
    desk = desk(M1, OURS);
    member("north", NORTH, Member.Standing.ACTIVE);
    member("south", SOUTH, Member.Standing.ACTIVE);
    board.config.put(Ids.sealer(M1.trusted().id()), sealer(M1, OURS));
    board.config.put(Ids.sealer(M2.trusted().id()), sealer(M2, OTHERS));
    inForce("north");
  }

  @Test
  void aSecretIsSealedToWhoNeedsItAndToTheManagers() throws Exception {
    set("d1", "tea for two");
    desk.look();
    assertThat(board.answers.get("d1").done()).isTrue();
    assertThat(board.answers.get("d1").text()).contains("north");
    SealedSecret shop = secret();
    assertThat(shop.sealed().slips().keySet())
        .containsExactlyInAnyOrder("node:north", managerId(M1), managerId(M2));
    assertThat(open(shop, "node:north", NORTH)).isEqualTo("tea for two");
    assertThat(open(shop, managerId(M2), OTHERS)).isEqualTo("tea for two");
    assertThat(index().secrets().get("shop"))
        .isEqualTo(new SecretIndex.Entry(shop.version(), shop.content()));
    assertThat(known.get("shop").reveal()).isEqualTo("tea for two");
    assertThat(board.deposits).isEmpty();
  }

  @Test
  void whereNothingChangesNothingIsWritten() {
    set("d1", "tea for two");
    desk.look();
    board.writes.clear();
    desk.look();
    now = now.plusSeconds(60);
    desk.look();
    assertThat(board.writes).isEmpty();
  }

  @Test
  void whoComesGetsTheSameContentAndTheOthersNeedNothingNew() throws Exception {
    set("d1", "tea for two");
    desk.look();
    SealedSecret before = secret();
    inForce("north", "south");
    desk.look();
    SealedSecret after = secret();
    assertThat(open(after, "node:south", SOUTH)).isEqualTo("tea for two");
    assertThat(after.version()).isGreaterThan(before.version());
    assertThat(after.content()).isEqualTo(before.content());
    assertThat(after.sealed().content()).isEqualTo(before.sealed().content());
  }

  @Test
  void whenSomebodyLeavesTheKeyIsAnotherOneAndItIsKnownWhoKnew() {
    inForce("north", "south");
    set("d1", "tea for two");
    desk.look();
    SealedSecret before = secret();
    member("south", SOUTH, Member.Standing.REVOKED);
    desk.look();
    SealedSecret after = secret();
    assertThat(after.nodes()).containsExactly("north");
    assertThat(after.knew()).containsExactly("south");
    assertThat(after.content()).isGreaterThan(before.content());
    assertThatThrownBy(() ->
            Envelopes.open(
                new Envelope(after.sealed().content(), before.sealed().slips()),
                "node:south",
                SOUTH,
                SealedSecret.purpose("shop")))
        .isInstanceOf(GeneralSecurityException.class);
    now = now.plusSeconds(60);
    set("d2", "coffee for one");
    desk.look();
    assertThat(secret().knew()).isEmpty();
  }

  @Test
  void aNodeThatCameBackWithAnotherKeyIsAnotherOne() throws Exception {
    set("d1", "tea for two");
    desk.look();
    long before = secret().content();
    SealingKey renewed = SealingKey.generate();
    member("north", renewed, Member.Standing.ACTIVE);
    desk.look();
    assertThat(open(secret(), "node:north", renewed)).isEqualTo("tea for two");
    assertThat(secret().content()).isGreaterThan(before);
  }

  @Test
  void ordersAreBelievedOnlyFromOperatorsAndOnce() {
    Deposit stranger = deposit("d1", "shop", "tea for two", NOON);
    SigningKey eve = SigningKey.generate("ada", Role.OPERATOR);
    board.deposits.put(
        Ids.deposit("d1"), Signatures.sign(DepositDocument.TYPE.write(stranger), eve));
    desk.look();
    assertThat(board.answers.get("d1").done()).isFalse();
    assertThat(board.config).doesNotContainKey(Ids.secret("shop"));

    set("d2", "tea for two");
    JsonObject replayed = board.deposits.get(Ids.deposit("d2"));
    desk.look();
    now = now.plusSeconds(60);
    set("d3", "coffee for one");
    desk.look();
    board.answers.clear();
    board.deposits.put(Ids.deposit("d2"), replayed);
    desk.look();
    assertThat(board.answers.get("d2").done()).isFalse();
    assertThat(secret().order()).isEqualTo("d3");
  }

  @Test
  void aContentThatWasSealedForAnotherOrderIsNotTaken() {
    Deposit adas = deposit("d1", "shop", "tea for two", NOON);
    Deposit lifted = new Deposit("d2", "mine", Deposit.Act.SET, "ada", NOON, adas.sealed());
    hand(lifted);
    desk.look();
    assertThat(board.answers.get("d2").done()).isFalse();
    assertThat(board.config).doesNotContainKey(Ids.secret("mine"));
  }

  @Test
  void aTestThatTheHeadDoesNotProveMakesNobodyARecipient() {
    set("d1", "tea for two");
    desk.look();
    JsonObject smuggled = test("north", "south");
    board.config.put(Ids.test("shop"), smuggled);
    member("south", SOUTH, Member.Standing.ACTIVE);
    desk = desk(M1, OURS);
    desk.look();
    assertThat(secret().nodes()).containsExactly("north");
  }

  @Test
  void aMemberThatNoManagerLetInGetsNothing() {
    inForce("north", "west");
    SealingKey west = SealingKey.generate();
    Member member = of("west", west, Member.Standing.ACTIVE);
    board.members.put("member:west", Signatures.sign(MemberDocument.TYPE.write(member), ADA));
    set("d1", "tea for two");
    desk.look();
    assertThat(secret().nodes()).containsExactly("north");
    assertThat(troubles.get("not believed")).contains("member:west");
  }

  @Test
  void whatIsRemovedIsGoneAndDoesNotComeBack() {
    set("d1", "tea for two");
    JsonObject first = board.deposits.get(Ids.deposit("d1"));
    desk.look();
    now = now.plusSeconds(60);
    hand(new Deposit("d2", "shop", Deposit.Act.REMOVE, "ada", now, null));
    desk.look();
    assertThat(board.config).doesNotContainKey(Ids.secret("shop"));
    assertThat(index().secrets()).isEmpty();
    board.answers.clear();
    board.deposits.put(Ids.deposit("d1"), first);
    desk.look();
    assertThat(board.answers.get("d1").done()).isFalse();
    assertThat(board.config).doesNotContainKey(Ids.secret("shop"));
  }

  @Test
  void renewingTakesAnotherKeyForTheSameContent() throws Exception {
    set("d1", "tea for two");
    desk.look();
    SealedSecret before = secret();
    now = now.plusSeconds(60);
    hand(new Deposit("d2", "shop", Deposit.Act.RENEW, "ada", now, null));
    desk.look();
    assertThat(secret().content()).isGreaterThan(before.content());
    assertThat(secret().since()).isEqualTo(before.since());
    assertThat(open(secret(), "node:north", NORTH)).isEqualTo("tea for two");
  }

  @Test
  void anotherManagerTakesOverAndSignsAnew() throws Exception {
    set("d1", "tea for two");
    desk.look();
    SealedSecret before = secret();
    board.config.put(Ids.head(), Signatures.sign(board.config.get(Ids.head()), M2));
    desk = desk(M2, OTHERS);
    desk.look();
    assertThat(signer(Ids.secret("shop"))).isEqualTo(M2.trusted().id());
    assertThat(signer(Ids.secrets())).isEqualTo(M2.trusted().id());
    assertThat(secret().version()).isGreaterThan(before.version());
    assertThat(open(secret(), "node:north", NORTH)).isEqualTo("tea for two");
  }

  @Test
  void aHubThatGoesAwayAfterAnyWriteLeavesNothingHalfDone() {
    for (int failAfter = 0; failAfter < 4; failAfter++) {
      now = now.plusSeconds(60);
      String id = "d" + failAfter;
      set(id, "tea for " + failAfter + " people");
      board.failAfter = failAfter;
      try {
        desk.look();
      } catch (HubException e) {
        board.failAfter = Integer.MAX_VALUE;
        desk.look();
      }
      board.failAfter = Integer.MAX_VALUE;
      assertThat(board.answers.get(id).done()).as("after %s writes", failAfter).isTrue();
      assertThat(secret().order()).isEqualTo(id);
      assertThat(index().secrets().get("shop").version()).isEqualTo(secret().version());
    }
  }

  @Test
  void whoIsNotActiveAnyMoreWritesNothing() {
    set("d1", "tea for two");
    isOver = true;
    desk.look();
    assertThat(board.writes).isEmpty();
  }

  @Test
  void whatIsNoSecretIsRefusedInWords() {
    set("d1", "tea");
    desk.look();
    assertThat(board.answers.get("d1").done()).isFalse();
    assertThat(board.answers.get("d1").text()).contains("fewer than 4 characters");
  }

  @Test
  void aMemberFromBeforeItsRevocationThatIsPutBackGetsNothing() throws Exception {
    JsonObject before = board.members.get("member:north");
    Member revoked =
        new Member(
            "north",
            new TreeSet<>(),
            NORTH.open(),
            Member.Standing.REVOKED,
            NOON.plusSeconds(5),
            "ada");
    board.members.put("member:north", Signatures.sign(MemberDocument.TYPE.write(revoked), M1));
    desk.look(); // there is no secret yet
    board.members.put("member:north", before); // whoever rules the hub can, and it is signed
    desk = desk(M1, OURS); // as after a start of the manager
    set("d1", "tea for two");
    desk.look();

    assertThat(secret().sealed().slips()).doesNotContainKey("node:north");
    assertThat(troubles.get("not believed")).contains("member:north is older", "revoked");
  }

  private SecretDesk desk(SigningKey key, SealingKey sealing) {
    return SecretDesk.idle(
        board, new Term(key), sealing, known, folder.resolve(key.trusted().name() + ".json"));
  }

  private void set(String id, String content) {
    hand(deposit(id, "shop", content, now));
  }

  private static Deposit deposit(String id, String name, String content, Instant at) {
    Map<String, String> managers = Map.of(managerId(M1), OURS.open(), managerId(M2), OTHERS.open());
    Envelope sealed =
        Envelopes.seal(
            content.getBytes(StandardCharsets.UTF_8), managers, Deposit.purpose(id, name, "ada"));
    return new Deposit(id, name, Deposit.Act.SET, "ada", at, sealed);
  }

  private void hand(Deposit deposit) {
    board.deposits.put(
        Ids.deposit(deposit.id()), Signatures.sign(DepositDocument.TYPE.write(deposit), ADA));
  }

  private static String managerId(SigningKey key) {
    return SealedSecret.manager(key.trusted().id());
  }

  private static String open(SealedSecret secret, String recipient, SealingKey key)
      throws GeneralSecurityException {
    return new String(
        Envelopes.open(secret.sealed(), recipient, key, SealedSecret.purpose("shop")),
        StandardCharsets.UTF_8);
  }

  private SealedSecret secret() {
    return SecretDocument.TYPE.read(board.config.get(Ids.secret("shop")));
  }

  private SecretIndex index() {
    return SecretsDocument.TYPE.read(board.config.get(Ids.secrets()));
  }

  private String signer(String id) {
    return board.config.get(id).getAsJsonObject("signature").get("key").getAsString();
  }

  private static JsonObject sealer(SigningKey key, SealingKey sealing) {
    Sealer sealer = new Sealer(key.trusted().id(), key.trusted().name(), sealing.open());
    return Signatures.sign(SealerDocument.TYPE.write(sealer), key);
  }

  private void member(String name, SealingKey key, Member.Standing standing) {
    board.members.put(
        "member:" + name, Signatures.sign(MemberDocument.TYPE.write(of(name, key, standing)), M1));
  }

  private static Member of(String name, SealingKey key, Member.Standing standing) {
    return new Member(name, new TreeSet<>(), key.open(), standing, NOON, "ada");
  }

  private static JsonObject test(String... nodes) {
    return TestDocument.TYPE.write(
        TestDefinition.builder("shop", Check.Http.get("http://shop.example/${secret.shop}"))
            .where(new Placement(new TreeSet<>(), new TreeSet<>(List.of(nodes))))
            .build());
  }

  /** The test runs on these nodes, and the head says so. */
  private void inForce(String... nodes) {
    JsonObject test = test(nodes);
    board.config.put(Ids.test("shop"), test);
    TreeMap<String, Content> contents = new TreeMap<>();
    contents.put(Ids.test("shop"), Contents.of(test));
    String digest = Digests.of(new Configuration(contents));
    Head head =
        new Head(
            1,
            0,
            1,
            new Generation("ride", 1, digest),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            NOON.plus(Duration.ofDays(1)),
            Duration.ZERO);
    board.config.put(Ids.head(), Signatures.sign(HeadDocument.TYPE.write(head), M1));
  }

  private final class Term implements SecretTerm {
    private final SigningKey key;

    Term(SigningKey key) {
      this.key = key;
    }

    @Override
    public boolean isOver() {
      return isOver;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public SigningKey key() {
      return key;
    }

    @Override
    public Trust trust() {
      return Trust.of(List.of(ADA.trusted(), M1.trusted(), M2.trusted()));
    }

    @Override
    public void says(String text) {}

    @Override
    public void trouble(String about, String text) {
      troubles.put(about, text);
    }

    @Override
    public void fine(String about) {
      troubles.remove(about);
    }
  }
}
