package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.CommandDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask what of a rollout. */
class OrdersTest {
  private static final SigningKey RITA = SigningKey.generate("rita", TrustedKey.Role.RELEASE);

  private final PartsFixture all = new PartsFixture();
  private Orders orders;

  @BeforeEach
  void believeRita() {
    TrustedKey key = RITA.trusted();
    Change.Put put =
        new Change.Put(Ids.key(key.id()), Contents.of(KeyDocument.TYPE.write(key)), null);
    AuditTrail trail = new AuditTrail(all.context, 1, Runnable::run);
    orders = new Orders(all.context, all.ledger, all.inForce(all.configuration(put)), trail);
    stands("of-agent", "agent");
    stands("of-tests", "test:shop");
    stands("of-both", "agent", "test:shop");
  }

  @Test
  void whoMakesReleasesHoldsTheirRollouts() {
    assertThat(answer("c1", "of-agent", Cause.Act.PAUSE, RITA).done()).isTrue();
    assertThat(answer("c2", "of-agent", Cause.Act.ABORT, RITA).done()).isTrue();
  }

  @Test
  void andNoOthers() {
    for (String rollout : List.of("of-tests", "of-both")) {
      CommandAnswer answer = answer("c-" + rollout, rollout, Cause.Act.ABORT, RITA);
      assertThat(answer.done()).isFalse();
      assertThat(answer.text()).contains("rita is trusted for releases of the agent alone");
    }
  }

  @Test
  void norDoesItSayYesOrNo() {
    for (Cause.Act act : List.of(Cause.Act.APPROVE, Cause.Act.DENY)) {
      assertThat(answer("c-" + act.label(), "of-agent", act, RITA).text())
          .contains("releases of the agent alone");
    }
  }

  @Test
  void anOperatorAsksEverything() {
    assertThat(answer("c1", "of-agent", Cause.Act.PAUSE, all.world.ada).done()).isTrue();
    assertThat(answer("c2", "of-tests", Cause.Act.PAUSE, all.world.ada).done()).isTrue();
  }

  private void stands(String id, String... targets) {
    Rollout.Rider rider = new Rollout.Rider(id, 1, "ada", new TreeSet<>(List.of(targets)));
    Rollout rollout =
        Papers.rollout(id, 1, RolloutState.BAKING).toBuilder().riders(List.of(rider)).build();
    all.world.hub.put(all.world.hub.patches, RolloutDocument.TYPE.write(rollout), 0);
  }

  private CommandAnswer answer(String id, String rollout, Cause.Act act, SigningKey key) {
    OperatorCommand command =
        new OperatorCommand(id, rollout, act, key.trusted().name(), "why", all.world.now);
    orders.obey(Signatures.sign(CommandDocument.TYPE.write(command), key));
    return AnswerDocument.TYPE.read(all.world.hub.patches("answer:" + id, _ -> true).getFirst());
  }
}
