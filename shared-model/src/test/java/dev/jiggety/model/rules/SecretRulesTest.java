package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.SecretReferences;
import dev.jiggety.model.Check;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.Member;
import dev.jiggety.model.Placement;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TestDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may know a secret, and which orders count. */
class SecretRulesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Envelope SEALED = new Envelope(new byte[1], new TreeMap<>());

  @Test
  void exactlyTheActiveMembersThatRunAnActiveTestNeedIt() {
    List<Member> members =
        List.of(
            member("n1", Member.Standing.ACTIVE, "eu"),
            member("n2", Member.Standing.ACTIVE, "us"),
            member("n3", Member.Standing.REVOKED, "eu"),
            member("n4", Member.Standing.RETIRED, "eu"));
    SortedMap<String, SortedSet<String>> needs =
        needs(
            List.of(
                test(
                    "a",
                    "${secret.shop}",
                    true,
                    new Placement(new TreeSet<>(Set.of("eu")), new TreeSet<>())),
                test("b", "${secret.off}", false, Placement.EVERYWHERE),
                test("c", "${secret.all} $${secret.not}", true, Placement.EVERYWHERE)),
            members);
    assertThat(needs.keySet()).containsExactly("all", "shop");
    assertThat(needs.get("shop")).containsExactly("n1");
    assertThat(needs.get("all")).containsExactly("n1", "n2");
  }

  @Test
  void contentsAreTextThatCanBeMasked() {
    assertThat(SecretRules.problem("tea"))
        .hasValueSatisfying(it -> assertThat(it).contains("fewer than 4"));
    assertThat(SecretRules.problem("tea4")).isEmpty();
    assertThat(SecretRules.problem("ü".repeat(SecretRules.LARGEST / 2))).isEmpty();
    assertThat(SecretRules.problem("ü".repeat(SecretRules.LARGEST / 2 + 1))).isPresent();
    assertThat(SecretRules.text("tea\r\n".getBytes(StandardCharsets.UTF_8))).contains("tea");
    assertThat(SecretRules.text("tea\n\n".getBytes(StandardCharsets.UTF_8))).contains("tea\n");
    assertThat(SecretRules.text(new byte[] {(byte) 0xff})).isEmpty();
  }

  @Test
  void anOrderCountsOnceAndNotWhenANewerOneWasCarriedOut() {
    SealedSecret there = secret("first", NOON);
    assertThat(refusal(deposit("first", NOON), there)).isEmpty();
    assertThat(refusal(deposit("second", NOON), there)).isPresent();
    assertThat(refusal(deposit("second", NOON.plusMillis(1)), there)).isEmpty();
    assertThat(refusal(deposit("old", NOON.minusSeconds(1)), there)).isPresent();
  }

  @Test
  void whatWasRemovedIsNotBroughtBackByAnOlderOrder() {
    var index = new SecretIndex(7, new TreeMap<>(), new TreeMap<>(Map.of("shop", NOON)));
    Instant now = NOON.plusSeconds(60);
    assertThat(SecretRules.refusal(deposit("x", NOON.minusSeconds(9)), null, index, now))
        .isPresent();
    assertThat(SecretRules.refusal(deposit("x", NOON.plusSeconds(9)), null, index, now)).isEmpty();
  }

  @Test
  void ordersOfLongAgoAndOfTheFutureDoNotCount() {
    Instant old = NOON.minus(SecretRules.LIFETIME).minusSeconds(1);
    assertThat(SecretRules.refusal(deposit("x", old), null, SecretIndex.NONE, NOON)).isPresent();
    Instant ahead = NOON.plus(SecretRules.AHEAD).plus(Duration.ofSeconds(1));
    assertThat(SecretRules.refusal(deposit("x", ahead), null, SecretIndex.NONE, NOON)).isPresent();
  }

  @Test
  void versionsNeverGoBackWhateverTheClockOrABackupSays() {
    assertThat(SecretRules.version(0, NOON)).isEqualTo(NOON.toEpochMilli());
    long ahead = NOON.toEpochMilli() + 5;
    assertThat(SecretRules.version(ahead, NOON)).isEqualTo(ahead + 1);
  }

  private static SortedMap<String, SortedSet<String>> needs(
      List<TestDefinition> tests, List<Member> members) {
    return SecretRules.needs(tests, members, SecretReferences::in);
  }

  private static Optional<String> refusal(Deposit deposit, SealedSecret there) {
    return SecretRules.refusal(deposit, there, SecretIndex.NONE, NOON.plusSeconds(60));
  }

  private static Deposit deposit(String id, Instant created) {
    return new Deposit(id, "shop", Deposit.Act.SET, "ada", created, SEALED);
  }

  private static SealedSecret secret(String order, Instant ordered) {
    return new SealedSecret("shop", 1, 1, ordered, "ada", order, ordered, SEALED, new TreeSet<>());
  }

  private static TestDefinition test(String id, String text, boolean active, Placement where) {
    return TestDefinition.builder(id, Check.Http.get("http://shop.example/" + text))
        .active(active)
        .where(where)
        .build();
  }

  private static Member member(String name, Member.Standing standing, String tag) {
    return new Member(name, new TreeSet<>(Set.of(tag)), "key", standing, NOON, "ada");
  }
}
