package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsOfRunsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final TestDefinition TEST =
      TestDefinition.builder(
              "api",
              Check.Http.of(
                  HttpRequest.get("http://shop.example/")
                      .withHeaders(List.of(new Check.Header("X-Key", "${secret.shop.key}")))))
          .assertions(List.of(Assertion.that(Target.BODY, Operator.CONTAINS, "${secret.greeting}")))
          .retries(new Retries(0, Duration.ZERO))
          .build();

  private final HiccupMeter meter = new HiccupMeter();
  private final List<Probe.Request> asked = new ArrayList<>();

  @AfterEach
  void close() {
    meter.close();
  }

  @Test
  void theProbeGetsThemAndNobodySeesThemAfterwards() throws Exception {
    Map<String, String> known =
        Map.of("shop.key", "tea for two", "greeting", "hello there", "other", "never asked");
    Sample sample = run(secrets(known)).getFirst();
    assertThat(asked.getFirst().secrets())
        .isEqualTo(
            Map.of("shop.key", Secret.of("tea for two"), "greeting", Secret.of("hello there")));
    assertThat(sample.failure().text()).isEqualTo("sent *****, found tea%20for now");
  }

  @Test
  void aMissingOneFailsOnTheNodesSideAndNothingIsSent() throws Exception {
    Sample sample = run(secrets(Map.of("greeting", "hello there"))).getFirst();
    assertThat(asked).isEmpty();
    assertThat(sample.failure().kind()).isEqualTo(ErrorKind.INTERNAL);
    assertThat(sample.failure().text()).isEqualTo("the secret shop.key is missing: make it");
    assertThat(verdict).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatANodeLacksIsSaidBeforeItRuns() {
    Abilities abilities =
        new Abilities(kind -> Optional.of(probe()), secrets(Map.of("greeting", "hello there")));
    assertThat(abilities.lacks(TEST))
        .containsExactly("url: is too short", "the secret shop.key is missing: make it");
    assertThat(new Abilities(kind -> Optional.empty(), Secrets.NONE).lacks(TEST).getFirst())
        .isEqualTo("this node has no probe for tests of kind http");
  }

  private Verdict verdict = Verdict.UP;

  private List<Sample> run(Secrets secrets) throws InterruptedException {
    RunExecutor executor =
        new RunExecutor(
            kind -> Optional.of(probe()),
            meter,
            InstantSource.fixed(NOW),
            1,
            time -> {},
            RunExecutor.Monitor.NONE,
            secrets);
    var run = executor.run(TEST, "here", NOW);
    verdict = run.verdict();
    return run.samples();
  }

  private static Secrets secrets(Map<String, String> known) {
    return name -> {
      if (!known.containsKey(name)) {
        throw new SecretMissingException("the secret " + name + " is missing: make it");
      }
      return Secret.of(known.get(name));
    };
  }

  private Probe probe() {
    return new Probe() {
      @Override
      public String kind() {
        return "http";
      }

      @Override
      public List<Problem> problems(Check check) {
        return List.of(new Problem("url", "is too short"));
      }

      @Override
      public Sample measure(Request request) {
        asked.add(request);
        String key = request.secrets().get("shop.key").reveal();
        return new Sample(
            NOW,
            Duration.ZERO,
            Phases.NONE,
            200,
            0,
            List.of(),
            new Failure(ErrorKind.ASSERTION, null, "sent " + key + ", found tea%20for now"),
            Duration.ZERO);
      }
    };
  }
}
