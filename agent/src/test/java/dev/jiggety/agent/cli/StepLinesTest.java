package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepLinesTest {
  private static final Failure WRONG = new Failure(ErrorKind.ASSERTION, null, "not there");
  private static final Phases WAIT = Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(40)));

  @Test
  void stepsAreDrawnWithTheirTimesAndTheEvidenceFollows() {
    Sample sample =
        new Sample(
            Instant.EPOCH,
            Duration.ofMillis(100),
            WAIT,
            200,
            10,
            List.of(),
            WRONG,
            Duration.ZERO,
            new Findings(
                List.of(
                    new Step("log in", 1, ms(0), ms(50), WAIT, null, "hello"),
                    new Step("find \"x\"", 7, ms(50), ms(50), Phases.NONE, WRONG)),
                List.of(),
                null,
                new Evidence(
                    "http://shop.example/login",
                    200,
                    List.of(new Check.Header("X-Pig", "pink")),
                    "<h1>\n\n" + "line\n".repeat(20),
                    List.of("1 (login) POST"),
                    List.of("Home → /"),
                    null)));
    assertThat(StepLines.of(sample))
        .containsExactly(
            "      1  log in                                  50.0 ms  ███████████████"
                + "                 (wait 40.0 ms)",
            "      | hello",
            "  ✗   7  find \"x\"                                50.0 ms  "
                + " ".repeat(15)
                + "███████████████",
            "    total 100.0 ms, of it requests 40.0 ms  (wait 40.0 ms)");
    assertThat(StepLines.evidence(sample))
        .startsWith(
            "    at http://shop.example/login  →  200",
            "    header  X-Pig: pink",
            "    form    1 (login) POST",
            "    link    Home → /",
            "    | <h1>")
        .endsWith("    | … 9 lines more");
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
