package dev.jiggety.agent.result;

import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs to keep. */
final class Runs {
  private Runs() {}

  static Run up(String test, Instant planned) {
    return run(test, planned, Verdict.UP);
  }

  static Run run(String test, Instant planned, Verdict verdict) {
    Sample sample =
        new Sample(
            planned.plusMillis(1),
            Duration.ofMillis(20),
            Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(19))),
            200,
            1234,
            List.of(),
            null,
            Duration.ZERO);
    return new Run(
        test, "berlin", planned, Duration.ofMillis(1), List.of(sample), List.of(), verdict);
  }

  static SkippedSlots missed(String test, Instant first, Instant last, int count) {
    return new SkippedSlots(test, SkippedSlots.Why.MISSED, first, last, count, "asleep");
  }
}
