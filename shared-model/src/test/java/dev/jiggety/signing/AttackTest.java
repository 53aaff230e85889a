package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.testing.Attacks;
import dev.jiggety.testing.Attacks.Attack;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in falsified is refused, and says as what. */
class AttackTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Attacks ATTACKS = new Attacks();
  private static final Trust TRUST = Trust.of(ATTACKS.trusted());

  /** What is proved once is remembered; that must help nobody. */
  @BeforeAll
  static void theHonestOnesWereSeenBefore() throws SignatureException {
    for (JsonObject honest : List.of(patch("p-1", "shop"), command("c-1"))) {
      Signatures.check(Signatures.sign(honest, ATTACKS.operator), TRUST, Role.OPERATOR);
    }
    Signatures.check(Signatures.sign(head(1), ATTACKS.manager), TRUST, Role.MANAGER);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void whatAnOperatorDidNotSignIsRefused(Attack attack) {
    refused(attack, Role.OPERATOR);
  }

  @ParameterizedTest
  @MethodSource("managers")
  void whatAManagerDidNotSignIsRefused(Attack attack) {
    refused(attack, Role.MANAGER);
  }

  @Test
  void whatIsHonestIsBelieved() throws SignatureException {
    for (JsonObject honest : List.of(patch("p-1", "shop"), command("c-1"))) {
      JsonObject signed = Signatures.sign(honest, ATTACKS.operator);
      signed.addProperty("_rev", "1-a"); // what a hub adds changes nothing
      assertThat(Signatures.check(signed, TRUST, Role.OPERATOR))
          .isEqualTo(ATTACKS.operator.trusted());
      assertThat(Signatures.sign(signed, ATTACKS.operator).get(Signatures.MEMBER))
          .isEqualTo(signed.get(Signatures.MEMBER));
    }
    assertThat(Signatures.check(Signatures.sign(head(1), ATTACKS.manager), TRUST, Role.MANAGER))
        .isEqualTo(ATTACKS.manager.trusted());
  }

  @Test
  void everyFlawIsTried() {
    Set<Flaw> tried =
        Stream.concat(operators(), managers()).map(Attack::flaw).collect(Collectors.toSet());
    assertThat(tried).isEqualTo(EnumSet.allOf(Flaw.class));
  }

  private static void refused(Attack attack, Role role) {
    assertThatExceptionOfType(SignatureException.class)
        .isThrownBy(() -> Signatures.check(attack.document(), TRUST, role))
        .satisfies(e -> assertThat(e.flaw()).isEqualTo(attack.flaw()))
        .satisfies(e ->
            assertThat(e.getMessage())
                .hasLineCount(1)
                .hasSizeLessThan(300)
                .contains(attack.document().get("_id").getAsString()));
  }

  static Stream<Attack> operators() {
    return Stream.concat(
        ATTACKS.onOperators(patch("p-1", "shop"), patch("p-2", "basket")).stream(),
        ATTACKS.onOperators(command("c-1"), command("c-2")).stream());
  }

  static Stream<Attack> managers() {
    return ATTACKS.onManagers(head(1), head(2)).stream();
  }

  private static JsonObject patch(String id, String test) {
    return PatchDocument.TYPE.write(
        new Patch(
            id,
            "ada",
            NOW,
            "try it",
            StrategyChoice.SWIFT,
            NOW.plusSeconds(3600),
            List.of(Contents.put(Samples.fullTest(test), null))));
  }

  private static JsonObject command(String id) {
    return CommandDocument.TYPE.write(
        new OperatorCommand(id, "p-1", Cause.Act.ABORT, "ada", "enough", NOW));
  }

  private static JsonObject head(long version) {
    return HeadDocument.TYPE.write(
        new Head(
            version,
            version,
            1,
            new Generation("p-1", version, "0".repeat(64)),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            NOW.plusSeconds(3600),
            Duration.ZERO));
  }
}
