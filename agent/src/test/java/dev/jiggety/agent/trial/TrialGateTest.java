package dev.jiggety.agent.trial;

import static dev.jiggety.agent.trial.Requests.ADA;
import static dev.jiggety.agent.trial.Requests.MANAGER;
import static dev.jiggety.agent.trial.Requests.NOON;
import static dev.jiggety.agent.trial.Requests.TRUST;
import static dev.jiggety.agent.trial.Requests.request;
import static dev.jiggety.agent.trial.Requests.signed;
import static dev.jiggety.agent.trial.Requests.test;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.trial.TrialGate.Decision;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each attack on a request is refused, with a reason of its own. */
class TrialGateTest {
  private final TrialGate gate = new TrialGate(NOON.minusSeconds(60));

  private void refused(TrialRefusal why, JsonObject document, Instant now) {
    assertThat(gate.check(document, TRUST, now))
        .isInstanceOfSatisfying(
            Decision.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  @Test
  void whatAnOperatorHasSignedIsLetInOnce() {
    TrialRequest request = request("t1", "n1");
    assertThat(gate.check(signed(request), TRUST, NOON)).isEqualTo(new Decision.Admitted(request));
    refused(TrialRefusal.REPLAYED, signed(request), NOON.plusSeconds(1));
    refused(TrialRefusal.EXPIRED, signed(request), NOON.plusSeconds(60));
  }

  @Test
  void nobodyIsBelievedWithoutASignatureOfHisOwn() {
    JsonObject plain = TrialDocument.TYPE.write(request("t1"));
    refused(TrialRefusal.UNSIGNED, plain, NOON);
    SigningKey mallory = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
    refused(TrialRefusal.UNKNOWN_KEY, Signatures.sign(plain, mallory), NOON);
    refused(TrialRefusal.WRONG_ROLE, Signatures.sign(plain, MANAGER), NOON);
    JsonObject another = plain.deepCopy();
    another.addProperty("by", "bob");
    refused(TrialRefusal.WRONG_NAME, Signatures.sign(another, ADA), NOON);
    JsonObject odd = signed(request("t1"));
    odd.add(Signatures.MEMBER, new JsonPrimitive("ada"));
    refused(TrialRefusal.MALFORMED, odd, NOON);
  }

  @Test
  void nothingOfARequestCanBeChangedUnseen() {
    for (String field : new String[] {"expires", "created", "_id", "nodes", "test"}) {
      JsonObject tampered = signed(request("t1", "n1"));
      switch (field) {
        case "_id" -> tampered.addProperty("_id", "trial:t2");
        case "nodes" -> tampered.remove("nodes");
        case "test" ->
            tampered
                .getAsJsonObject("test")
                .getAsJsonObject("http")
                .addProperty("url", "http://127.0.0.1:2/");
        default -> tampered.addProperty(field, NOON.plusSeconds(50).toEpochMilli());
      }
      refused(TrialRefusal.TAMPERED, tampered, NOON);
    }
  }

  @Test
  void tooLateTooLongTooEarlyAndTooLargeAreRefused() {
    refused(TrialRefusal.EXPIRED, signed(request("t1")), NOON.plus(Duration.ofHours(1)));
    refused(TrialRefusal.TOO_LONG, signed(request("t1", Duration.ofHours(1), test())), NOON);
    JsonObject large = TrialDocument.TYPE.write(request("t1"));
    large.addProperty("more", "x".repeat(200_001));
    refused(TrialRefusal.OVERSIZED, Signatures.sign(large, ADA), NOON);
    TrialGate begunLater = new TrialGate(NOON.plusSeconds(1));
    assertThat(begunLater.check(signed(request("t1")), TRUST, NOON.plusSeconds(2)))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(TrialRefusal.FROM_BEFORE));
  }

  @Test
  void whatWasMadeInTheFutureIsRefusedSoThatItIsNotGoodForLonger() {
    TrialGate early = new TrialGate(NOON.minus(Duration.ofDays(1)));
    for (Duration ahead : List.of(Duration.ofSeconds(61), Duration.ofHours(1))) {
      assertThat(early.check(signed(request("t1")), TRUST, NOON.minus(ahead)))
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              refused -> {
                assertThat(refused.why()).isEqualTo(TrialRefusal.TOO_LONG);
                assertThat(refused.text()).contains("by the clock here");
              });
    }
    assertThat(early.check(signed(request("t1")), TRUST, NOON.minusSeconds(59)))
        .isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void aTestThatIsWrongIsRefusedAndMayBeAskedForAnewWhenItIsRight() {
    refused(
        TrialRefusal.WRONG_TEST,
        signed(request("t1", Duration.ofMinutes(1), test().toBuilder().samples(99).build())),
        NOON);
    assertThat(gate.check(signed(request("t1")), TRUST, NOON))
        .isInstanceOf(Decision.Admitted.class);
  }
}
