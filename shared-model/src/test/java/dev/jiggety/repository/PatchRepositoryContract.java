package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.AnswerDocument;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.Before;
import dev.jiggety.document.BeforeDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Head;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import dev.jiggety.testing.InForce;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators are promised of patches, for each server that can be a hub. */
public abstract class PatchRepositoryContract {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final DatabaseNames names =
      new DatabaseNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private Hub hub;
  private PatchRepository patches;

  /** Where the server is that is tested; everybody may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(NOW);
    patches = new CouchRepositories(hub, names).patches();
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOW, NOW.plus(Duration.ofDays(7)))) {
      hub.database(name).drop();
    }
    for (String name : List.of(names.config(), names.status(), names.patches())) {
      hub.database(name).drop();
    }
    hub.close();
  }

  @Test
  void aPatchIsSignedAndHandedInOnce() throws Exception {
    Patch patch = patch("p1", "why not");
    assertThat(patches.find("p1")).isEmpty();
    patches.submit(patch, ada);
    patches.submit(patch, ada);
    assertThat(patches.find("p1")).contains(patch);
    JsonObject document = hub.database(names.patches()).get("patch:p1").ok().orElseThrow();
    assertThat(document.get("_rev").getAsString()).startsWith("1-");
    Trust trust = Trust.of(List.of(ada.trusted()));
    assertThat(Signatures.check(document, trust, TrustedKey.Role.OPERATOR))
        .isEqualTo(ada.trusted());
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> patches.submit(patch("p1", "something else"), ada))
        .withMessageContaining("has another one of that id")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HubException.Kind.REFUSED));
    assertThat(patches.find("p1")).contains(patch);
  }

  @Test
  void nobodySignsWithTheKeyOfSomebodyElse() {
    SigningKey bob = SigningKey.generate("bob", TrustedKey.Role.OPERATOR);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patches.submit(patch("p1", ""), bob))
        .withMessageContaining("bob");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patches.command(command("c1"), bob))
        .withMessageContaining("bob");
    assertThat(patches.find("p1")).isEmpty();
  }

  @Test
  void aCommandIsHandedInOnceAndItsAnswerFound() {
    patches.command(command("c1"), ada);
    patches.command(command("c1"), ada);
    assertThat(hub.database(names.patches()).get("command:c1").isOk()).isTrue();
    assertThat(patches.answer("c1")).isEmpty();
    var answer = new CommandAnswer("c1", true, "aborted", NOW);
    store(AnswerDocument.TYPE.write(answer));
    assertThat(patches.answer("c1")).contains(answer);
  }

  @Test
  void rolloutsComeNewestFirst() {
    assertThat(patches.rollouts(10)).isEmpty();
    assertThat(patches.rollout("p1")).isEmpty();
    Rollout first = rollout("p1", NOW, RolloutState.COMPLETED);
    Rollout last = rollout("p0", NOW.plusSeconds(2), RolloutState.STAGING);
    Rollout second = rollout("p2", NOW.plusSeconds(1), RolloutState.REJECTED);
    List.of(first, last, second).forEach(rollout -> store(RolloutDocument.TYPE.write(rollout)));
    assertThat(patches.rollouts(10)).containsExactly(last, second, first);
    assertThat(patches.rollouts(2)).containsExactly(last, second);
    assertThat(patches.rollout("p2")).contains(second);
  }

  @Test
  void whatIsInForceIsWhatEditsAreMadeAgainst() {
    assertThat(patches.head()).isEmpty();
    assertThat(patches.inForce().documents()).isEmpty();
    InForce inForce = new InForce(hub, names, InstantSource.fixed(NOW));
    Head head = inForce.put(Samples.fullTest("shop"), Samples.test("search"));
    assertThat(patches.head()).contains(head);
    assertThat(patches.inForce()).isEqualTo(inForce.configuration());
    assertThat(patches.inForce().documents()).containsKeys("test:shop", "test:search");
  }

  @Test
  void whatWasBeforeIsFound() {
    assertThat(patches.before("p1")).isEmpty();
    InForce inForce = new InForce(hub, names, InstantSource.fixed(NOW));
    inForce.put(Samples.test("shop"));
    var before = new Before("p1", inForce.configuration());
    store(BeforeDocument.TYPE.write(before));
    assertThat(patches.before("p1")).contains(before.contents());
  }

  @Test
  void theAuditLogComesOldestFirst() {
    for (long number : new long[] {10, 2, 1, 3}) {
      store(
          AuditDocument.TYPE.write(
              new AuditEntry(number, NOW, "m1", "rollout:p1", "keys", "", "{}", "0".repeat(64))));
    }
    List<Long> numbers = new ArrayList<>();
    patches.audit(1, entry -> numbers.add(entry.number()));
    assertThat(numbers).containsExactly(1L, 2L, 3L, 10L);
    numbers.clear();
    patches.audit(3, entry -> numbers.add(entry.number()));
    assertThat(numbers).containsExactly(3L, 10L);
  }

  @Test
  void whoFollowsIsToldWhatThereIsAndThenWhatHappens() {
    Rollout staging = rollout("p1", NOW, RolloutState.STAGING);
    store(RolloutDocument.TYPE.write(staging));
    store(AnswerDocument.TYPE.write(new CommandAnswer("c1", true, "paused", NOW)));
    InForce inForce = new InForce(hub, names, InstantSource.fixed(NOW));
    Head first = inForce.put(Samples.test("shop"));
    Told told = new Told();
    try (var _ = patches.follow(told)) {
      await()
          .untilAsserted(() -> {
            assertThat(told.connections).containsExactly(new HubFeed.Connection.Connected());
            assertThat(told.rollouts).contains(staging);
            assertThat(told.answers).extracting(CommandAnswer::command).containsExactly("c1");
            assertThat(told.heads).containsOnly(first);
          });
      Rollout done = staging.toBuilder().state(RolloutState.COMPLETED, NOW.plusSeconds(3)).build();
      JsonObject document = RolloutDocument.TYPE.write(done);
      document.add(
          "_rev", hub.database(names.patches()).get("rollout:p1").ok().orElseThrow().get("_rev"));
      store(document);
      patches.submit(patch("p2", ""), ada);
      store(AnswerDocument.TYPE.write(new CommandAnswer("c2", false, "too late", NOW)));
      Head second = inForce.put(Samples.test("search"));
      await()
          .untilAsserted(() -> {
            assertThat(told.rollouts).contains(done);
            assertThat(told.answers).extracting(CommandAnswer::command).contains("c2");
            assertThat(told.heads).contains(second);
          });
    }
  }

  @Test
  void withoutDatabasesTheRemedyIsNamed() {
    var strange = new CouchRepositories(hub, new DatabaseNames("nobody-")).patches();
    for (Runnable call :
        List.<Runnable>of(
            () -> strange.submit(patch("p1", ""), ada),
            () -> strange.find("p1"),
            () -> strange.rollouts(1),
            strange::head,
            strange::inForce,
            () -> strange.audit(1, entry -> {}))) {
      assertThatExceptionOfType(HubException.class)
          .isThrownBy(call::run)
          .withMessageContaining("jiggety provision")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(HubException.Kind.MISSING));
    }
  }

  private void store(JsonObject document) {
    assertThat(hub.database(names.patches()).put(document)).matches(Outcome::isOk);
  }

  private static Patch patch(String id, String comment) {
    return new Patch(
        id,
        "ada",
        NOW,
        comment,
        StrategyChoice.SWIFT,
        NOW.plus(Duration.ofHours(1)),
        List.of(Contents.put(Samples.test("shop"), null)));
  }

  private static OperatorCommand command(String id) {
    return new OperatorCommand(id, "p1", Cause.Act.ABORT, "ada", "it looks bad", NOW);
  }

  private static Rollout rollout(String id, Instant at, RolloutState state) {
    var planned = new Cause.Planned("");
    return Rollout.builder(id, List.of(patch(id, "").rider(1)), Strategy.SWIFT, at)
        .expires(at.plus(Duration.ofHours(1)))
        .state(state, at)
        .transitions(
            List.of(
                new Rollout.Transition(at, null, RolloutState.SUBMITTED, planned, 0, 1),
                new Rollout.Transition(at, RolloutState.SUBMITTED, state, planned, 0, 1)))
        .build();
  }

  /** Remembers what was told. */
  static final class Told implements PatchRepository.Listener {
    final List<Rollout> rollouts = new CopyOnWriteArrayList<>();
    final List<CommandAnswer> answers = new CopyOnWriteArrayList<>();
    final List<Head> heads = new CopyOnWriteArrayList<>();
    final List<HubFeed.Connection> connections = new CopyOnWriteArrayList<>();

    @Override
    public void rollout(Rollout rollout) {
      rollouts.add(rollout);
    }

    @Override
    public void answer(CommandAnswer answer) {
      answers.add(answer);
    }

    @Override
    public void head(Head head) {
      heads.add(head);
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      connections.add(connection);
    }
  }
}
