package dev.jiggety.agent.trial;

import static dev.jiggety.agent.trial.Requests.NOON;
import static dev.jiggety.agent.trial.Requests.TRUST;
import static dev.jiggety.agent.trial.Requests.request;
import static dev.jiggety.agent.trial.Requests.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.document.TrialsDocument;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node does with requests that the hub shows. */
class NodeTrialsTest {
  private final Host host = new Host();
  private final Hub hub = new Hub();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON.minusSeconds(1));
  private NodeTrials trials = new NodeTrials(host, hub, now::get);

  NodeTrialsTest() {
    now.set(NOON.plusSeconds(1));
  }

  @AfterEach
  void close() {
    host.release.countDown();
    trials.close();
  }

  private void show(JsonObject... requests) {
    trials.shown(TrialsDocument.TYPE.write(List.of(requests)));
  }

  @Test
  void whatStandsThereSinceLastMonthIsNotAnsweredWhenANodeBegins() {
    now.set(NOON.plus(Duration.ofDays(30)));
    trials.close();
    trials = new NodeTrials(host, hub, now::get);
    show(signed(request("old")));
    TrialRequest young =
        new TrialRequest(
            "young",
            "ada",
            now.get(),
            now.get().plusSeconds(60),
            new TreeSet<>(),
            request("x").test());
    show(signed(request("old")), signed(young));
    host.release.countDown();
    answer("young");
    assertThat(hub.answers).extracting(TrialAnswer::request).containsExactly("young");
  }

  private TrialAnswer answer(String id) {
    await().until(() -> hub.answers.stream().anyMatch(it -> it.request().equals(id)));
    return hub.answers.stream().filter(it -> it.request().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aRequestIsRunOnceHoweverOftenItIsShown() {
    JsonObject signed = signed(request("t1", "n1"));
    show(signed);
    show(signed, signed(request("t2", "n1")));
    assertThat(answer("t1").run()).isNotNull();
    assertThat(answer("t2").run()).isNotNull();
    show(signed);
    show(signed(request("t3", "n1")));
    answer("t3");
    assertThat(host.runs.get()).isEqualTo(3);
    assertThat(hub.answers).hasSize(3);
  }

  @Test
  void onlyWhoIsAskedRunsIt() {
    TestDefinition elsewhere =
        Requests.test().toBuilder()
            .where(new Placement(new TreeSet<>(List.of("asia")), new TreeSet<>()))
            .build();
    show(
        signed(request("t1", "n2")),
        signed(request("t2", Duration.ofMinutes(1), elsewhere)),
        signed(request("t3")));
    assertThat(answer("t3").run()).isNotNull();
    assertThat(hub.answers).hasSize(1);
    assertThat(host.runs.get()).isEqualTo(1);
  }

  @Test
  void whatIsNotBelievedIsAnsweredAndNotRun() {
    JsonObject tampered = signed(request("t1", "n1", "n2"));
    tampered.addProperty("expires", NOON.plusSeconds(200).toEpochMilli());
    show(tampered);
    assertThat(answer("t1").refusal()).isEqualTo(TrialRefusal.TAMPERED);
    now.set(NOON.plus(Duration.ofMinutes(2)));
    show(signed(request("t2", "n1")));
    assertThat(answer("t2").refusal()).isEqualTo(TrialRefusal.EXPIRED);
    assertThat(host.runs.get()).isZero();
  }

  @Test
  void whatIsLackingIsSaid() {
    host.lacks = List.of("there is no secret shop");
    show(signed(request("t1", "n1")));
    assertThat(answer("t1").refusal()).isEqualTo(TrialRefusal.LACKING);
    assertThat(answer("t1").text()).isEqualTo("there is no secret shop");
  }

  @Test
  void whenTooManyWaitTheOthersAreRefused() {
    host.holds = true;
    for (int i = 0; i < 14; i++) {
      show(signed(request("t" + i, "n1")));
    }
    await()
        .until(() ->
            hub.answers.stream().filter(it -> it.refusal() == TrialRefusal.BUSY).count() == 4);
    host.release.countDown();
    await().until(() -> hub.answers.size() == 14);
    assertThat(host.runs.get()).isEqualTo(10);
  }

  @Test
  void aRunThatDoesNotEndIsCutOff() {
    trials.close();
    now.set(NOON.minusSeconds(1));
    trials = new NodeTrials(host, hub, now::get, Duration.ofMillis(1));
    now.set(NOON.plusSeconds(1));
    host.holds = true;
    show(signed(request("t1", "n1")));
    assertThat(answer("t1").refusal()).isEqualTo(TrialRefusal.TIMED_OUT);
  }

  @Test
  void anAnswerWaitsForAHubThatIsAway() {
    hub.awayFor.set(1);
    show(signed(request("t1", "n1")));
    assertThat(answer("t1").run()).isNotNull();
  }

  @Test
  void fewSamplesDo() {
    TestDefinition many = Requests.test().toBuilder().samples(20).build();
    show(signed(request("t1", Duration.ofMinutes(1), many, "n1")));
    answer("t1");
    assertThat(host.samples).isEqualTo(5);
  }

  private static final class Host implements TrialHost {
    final AtomicInteger runs = new AtomicInteger();
    final CountDownLatch release = new CountDownLatch(1);
    volatile List<String> lacks = List.of();
    volatile boolean holds;
    volatile int samples;

    @Override
    public String name() {
      return "n1";
    }

    @Override
    public Collection<String> tags() {
      return List.of("eu");
    }

    @Override
    public Trust trust() {
      return TRUST;
    }

    @Override
    public List<String> lacks(TestDefinition test) {
      return lacks;
    }

    @Override
    public Run run(TestDefinition test) throws InterruptedException {
      if (holds) {
        release.await();
      }
      runs.incrementAndGet();
      samples = test.samples();
      return new Run(test.id(), "n1", NOON, Duration.ZERO, List.of(), List.of(), Verdict.UNKNOWN);
    }

    @Override
    public Duration spread() {
      return Duration.ZERO;
    }
  }

  private static final class Hub implements TrialRepository {
    final List<TrialAnswer> answers = new CopyOnWriteArrayList<>();
    final AtomicInteger awayFor = new AtomicInteger();

    @Override
    public void answer(TrialAnswer answer) {
      if (awayFor.getAndDecrement() > 0) {
        throw new HubException(HubException.Kind.UNAVAILABLE, "away");
      }
      answers.add(answer);
    }

    @Override
    public void ask(TrialRequest request, SigningKey key) {
      throw new UnsupportedOperationException("a node asks for nothing");
    }

    @Override
    public List<TrialAnswer> answers(String requestId) {
      throw new UnsupportedOperationException("a node reads no answers");
    }

    @Override
    public HubFeed.Subscription follow(String requestId, Listener listener) {
      throw new UnsupportedOperationException("a node follows no answers");
    }

    @Override
    public Optional<byte[]> picture(String requestId, String node, String name) {
      throw new UnsupportedOperationException("a node looks at no pictures");
    }
  }
}
