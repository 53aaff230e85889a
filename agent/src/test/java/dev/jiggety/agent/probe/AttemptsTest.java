package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Attempts.Step;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final TestDefinition TEST =
      TestDefinition.builder("home", Check.Http.get("http://shop.example/"))
          .retries(new Retries(1, Duration.ofSeconds(1)))
          .samples(2)
          .build();

  @Test
  void whatTheNodeItselfSpoiltIsMeasuredOnceMoreAndUsesUpNoRetry() {
    Attempts attempts = new Attempts(TEST);
    assertThat(attempts.add(late(400))).isEqualTo(Step.MEASURE);
    assertThat(attempts.add(late(0))).isEqualTo(Step.RETRY);
    assertThat(attempts.add(good())).isEqualTo(Step.MEASURE);
    assertThat(attempts.retried()).hasSize(2);
    assertThat(attempts.samples()).containsExactly(good());
  }

  @Test
  void onANodeThatAlwaysStandsStillSomethingCounts() {
    Attempts attempts = new Attempts(TEST);
    assertThat(attempts.add(late(400))).isEqualTo(Step.MEASURE);
    assertThat(attempts.add(late(400))).isEqualTo(Step.RETRY);
    assertThat(attempts.add(late(400))).as("counts").isEqualTo(Step.MEASURE);
    assertThat(attempts.samples()).hasSize(1);
    assertThat(attempts.add(late(400))).as("the second sample has its own").isEqualTo(Step.MEASURE);
    assertThat(attempts.samples()).hasSize(1);
  }

  private static Sample good() {
    return new Sample(
        Instant.EPOCH, Duration.ofMillis(20), Phases.NONE, 200, 1, List.of(), null, Duration.ZERO);
  }

  private static Sample late(long hiccupMillis) {
    return new Sample(
        Instant.EPOCH,
        Duration.ofSeconds(1),
        Phases.NONE,
        0,
        0,
        List.of(),
        new Failure(ErrorKind.TIMEOUT, null, "nothing came in time"),
        Duration.ofMillis(hiccupMillis));
  }
}
