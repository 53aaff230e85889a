package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunExecutorTest {
  private static final Instant PLANNED = Instant.parse("2026-11-21T10:00:00Z");
  private static final TestDefinition TEST =
      TestDefinition.builder("home", Check.Http.get("http://shop.example/")).build();

  private final HiccupMeter meter = new HiccupMeter();
  private final Deque<Boolean> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final RunExecutor executor =
      new RunExecutor(
          kind -> kind.equals("http") ? Optional.of(probe()) : Optional.empty(),
          meter,
          InstantSource.fixed(PLANNED.plusMillis(7)),
          2,
          pauses::add);

  @AfterEach
  void close() {
    meter.close();
  }

  @Test
  void aSecondChanceBeforeAFailureCounts() throws Exception {
    answers.addAll(List.of(false, true));
    Run run = executor.run(TEST, "berlin", PLANNED);
    assertThat(run.verdict()).isEqualTo(Verdict.UP);
    assertThat(run.samples()).hasSize(1);
    assertThat(run.retried()).hasSize(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    assertThat(run.lateness()).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void afterTheLastChanceItIsDown() throws Exception {
    answers.addAll(List.of(false, false));
    Run run = executor.run(TEST, "berlin", PLANNED);
    assertThat(run.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(run.samples()).hasSize(1);
    assertThat(run.retried()).hasSize(1);
  }

  @Test
  void everySampleHasItsOwnRetries() throws Exception {
    answers.addAll(List.of(false, true, true, false, false));
    TestDefinition three =
        TEST.toBuilder().samples(3).retries(new Retries(1, Duration.ofSeconds(2))).build();
    Run run = executor.run(three, "berlin", PLANNED);
    assertThat(run.samples()).extracting(Sample::passed).containsExactly(true, true, false);
    assertThat(run.retried()).hasSize(2);
    assertThat(run.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void aKindThatNobodyCanMeasureIsUnknownNotDown() throws Exception {
    TestDefinition other = TEST.toBuilder().check(new Check.Other("telepathy", "{}")).build();
    Run run = executor.run(other, "berlin", PLANNED);
    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.samples().getFirst().failure().text()).contains("telepathy");
  }

  @Test
  void aProbeThatBreaksIsTheNodesOwnTrouble() throws Exception {
    Run run = executor.run(TEST, "berlin", PLANNED); // no answers: the probe throws
    assertThat(run.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(run.samples().getFirst().failure().kind()).isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  void standstillsCountAsFarAsTheyOverlap() {
    StandstillLog log = new StandstillLog();
    log.add(100, 200);
    log.add(300, 400);
    assertThat(log.overlap(0, 50)).isZero();
    assertThat(log.overlap(150, 350)).isEqualTo(100);
    assertThat(log.overlap(0, 1000)).isEqualTo(200);
    for (int i = 1; i <= 5000; i++) {
      log.add(i * 1000L, i * 1000L + 10);
    }
    assertThat(log.overlap(4_999_000, 6_000_000)).isEqualTo(20);
  }

  private Probe probe() {
    return new Probe() {
      @Override
      public String kind() {
        return "http";
      }

      @Override
      public Sample measure(Request request) {
        Failure failure = answers.remove() ? null : new Failure(ErrorKind.REFUSED, null, "refused");
        return new Sample(
            PLANNED, Duration.ZERO, Phases.NONE, 200, 1, List.of(), failure, Duration.ZERO);
      }
    };
  }
}
