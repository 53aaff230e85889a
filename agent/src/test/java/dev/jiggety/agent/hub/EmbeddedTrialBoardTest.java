package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.trial.CouchTrialBoard;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and what nodes are shown of them, on a hub. */
class EmbeddedTrialBoardTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);

  @TempDir Path folder;
  private HubFixture fixture;
  private Hub hub;
  private TrialRepository trials;
  private CouchTrialBoard board;

  @BeforeEach
  void open() {
    fixture = new HubFixture(folder);
    hub =
        Hub.open(
            HubAddress.parse(fixture.hub.url().toString(), Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(NOON);
    trials = new CouchRepositories(hub, DatabaseNames.DEFAULT).trials();
    board = new CouchTrialBoard(hub, DatabaseNames.DEFAULT);
  }

  @AfterEach
  void close() {
    hub.close();
    fixture.close();
  }

  private void ask(String id, Instant created) {
    TestDefinition test =
        TestDefinition.builder("home", Check.Http.get("http://127.0.0.1:1/")).build();
    trials.ask(
        new TrialRequest(
            id, "ada", created, created.plusSeconds(60), new TreeSet<>(List.of("n1")), test),
        ADA);
  }

  @Test
  void requestsThatAreThereAndThoseThatComeAreHandedOver() throws Exception {
    ask("t1", NOON);
    List<String> heard = new CopyOnWriteArrayList<>();
    try (AutoCloseable _ =
        board.follow(document -> heard.add(document.get("_id").getAsString()), _ -> {})) {
      await().until(() -> heard.contains(Ids.trial("t1")));
      ask("t2", NOON);
      await().until(() -> heard.contains(Ids.trial("t2")));
    }
  }

  @Test
  void nodesAreShownOneDocumentThatIsOverwritten() {
    assertThat(board.shown()).isEmpty();
    JsonObject first = new JsonObject();
    first.addProperty("_id", "trial:t1");
    board.show(List.of(first));
    board.show(List.of(first, first));
    assertThat(board.shown()).containsExactly(first, first);
    JsonObject there =
        hub.database(DatabaseNames.DEFAULT.config()).get(Ids.trials()).ok().orElseThrow();
    assertThat(there.get("_rev").getAsString()).startsWith("2-");
  }

  @Test
  void theKeysOfTheConfigurationAreBelieved() {
    assertThat(board.trust().find(ADA.trusted().id())).isEmpty();
    hub.database(DatabaseNames.DEFAULT.config()).put(KeyDocument.TYPE.write(ADA.trusted()));
    assertThat(board.trust().find(ADA.trusted().id())).contains(ADA.trusted());
  }

  @Test
  void whatIsOldGoesWithItsAnswersAndWhatIsYoungStays() {
    ask("t1", NOON.minus(Duration.ofHours(1)));
    ask("t2", NOON);
    for (String id : List.of("t1", "t2", "t0")) {
      trials.answer(new TrialAnswer(id, "", null, "passed on", null, NOON));
      trials.answer(new TrialAnswer(id, "n1", null, "", null, NOON));
    }
    assertThat(board.isAnswered("t1")).isTrue();
    assertThat(board.tidy(NOON.minus(Duration.ofMinutes(30)))).isEqualTo(5);
    assertThat(board.isAnswered("t1")).isFalse();
    assertThat(trials.answers("t0")).isEmpty();
    assertThat(trials.answers("t1")).isEmpty();
    assertThat(trials.answers("t2")).hasSize(2);
    assertThat(hub.database(DatabaseNames.DEFAULT.patches()).get(Ids.trial("t1")).isOk()).isFalse();
    assertThat(hub.database(DatabaseNames.DEFAULT.patches()).get(Ids.trial("t2")).isOk()).isTrue();
  }
}
