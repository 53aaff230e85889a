package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TrialDocument;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of trials, for each server that can be a hub. */
public abstract class TrialRepositoryContract {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);

  private final DatabaseNames names =
      new DatabaseNames("t" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private Hub hub;
  private TrialRepository trials;

  /** Where the server is that is tested; everybody may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(NOON);
    trials = new CouchRepositories(hub, names).trials();
  }

  @AfterEach
  void dropDatabases() {
    for (String name : names.live(NOON, NOON.plus(Duration.ofDays(7)))) {
      hub.database(name).drop();
    }
    for (String name :
        List.of(names.config(), names.status(), names.patches(), names.incidents())) {
      hub.database(name).drop();
    }
    hub.close();
  }

  @Test
  void aRequestIsThereSignedAndAskingTwiceIsAskingOnce() throws Exception {
    TrialRequest request = request("t1", "home");
    trials.ask(request, ADA);
    trials.ask(request, ADA);
    JsonObject there = hub.database(names.patches()).get(Ids.trial("t1")).ok().orElseThrow();
    Signatures.check(there, Trust.of(List.of(ADA.trusted())), TrustedKey.Role.OPERATOR);
    assertThat(TrialDocument.TYPE.read(there)).isEqualTo(request);
  }

  @Test
  void anotherRequestOfThatIdAndAnotherPersonsNameAreRefused() {
    trials.ask(request("t1", "home"), ADA);
    assertThatThrownBy(() -> trials.ask(request("t1", "search"), ADA))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("another id");
    SigningKey bob = SigningKey.generate("bob", TrustedKey.Role.OPERATOR);
    assertThatThrownBy(() -> trials.ask(request("t2", "home"), bob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a key of your own");
  }

  @Test
  void answersAreFoundByTheirRequestAloneAndTheFirstStands() {
    TrialAnswer passedOn = new TrialAnswer("t1", "", null, "passed on", null, NOON);
    TrialAnswer run = answer("t1", "paris");
    trials.answer(passedOn);
    trials.answer(run);
    trials.answer(new TrialAnswer("t1", "paris", TrialRefusal.BUSY, "something else", null, NOON));
    trials.answer(answer("t1-2", "oslo"));
    assertThat(trials.answers("t1")).containsExactly(passedOn, run);
    assertThat(trials.answers("t3")).isEmpty();
  }

  @Test
  void whoFollowsHearsWhatIsThereAndWhatComes() {
    trials.answer(answer("t1", "paris"));
    List<TrialAnswer> heard = new CopyOnWriteArrayList<>();
    try (HubFeed.Subscription _ = trials.follow("t1", new Ears(heard))) {
      await().until(() -> heard.size() == 1);
      trials.answer(answer("t2", "paris"));
      trials.answer(answer("t1", "oslo"));
      await().until(() -> heard.stream().anyMatch(it -> it.node().equals("oslo")));
      assertThat(heard).allMatch(it -> it.request().equals("t1"));
    }
  }

  @Test
  void aPictureIsAnAttachmentThatIsFetchedByItsName() {
    byte[] bytes = {1, 2, 3, 4, 5};
    Picture picture = new Picture("image/png", Base64.getEncoder().encodeToString(bytes));
    Sample sample =
        Samples.sample(NOON)
            .withFindings(
                new Findings(
                    List.of(),
                    List.of(),
                    null,
                    new Evidence("", 0, List.of(), "", List.of(), List.of(), picture)));
    Run run =
        new Run("home", "paris", NOON, Duration.ZERO, List.of(sample), List.of(), Verdict.DOWN);
    trials.answer(new TrialAnswer("t1", "paris", null, "", run, NOON));
    Run found = trials.answers("t1").getFirst().run();
    assertThat(found).isNotNull();
    assertThat(found.samples().getFirst().findings().evidence().picture())
        .isEqualTo(new Picture("image/png", "", picture.name()));
    assertThat(trials.picture("t1", "paris", picture.name())).contains(bytes);
    assertThat(trials.picture("t1", "paris", "other.png")).isEmpty();
    assertThat(trials.picture("t1", "oslo", picture.name())).isEmpty();
  }

  private static TrialRequest request(String id, String test) {
    return new TrialRequest(
        id,
        "ada",
        NOON,
        NOON.plusSeconds(60),
        new TreeSet<>(List.of("paris", "oslo")),
        Samples.fullTest(test));
  }

  private static TrialAnswer answer(String request, String node) {
    return new TrialAnswer(request, node, null, "", Samples.run("home", node, NOON), NOON);
  }

  private record Ears(List<TrialAnswer> heard) implements TrialRepository.Listener {
    @Override
    public void answer(TrialAnswer answer) {
      heard.add(answer);
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      // what is heard is what counts here
    }
  }
}
