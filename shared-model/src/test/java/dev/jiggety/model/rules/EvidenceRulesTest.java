package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Hop;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceRulesTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
  private static final String LONG = "ä".repeat(50_000);
  private static final Failure WRONG = new Failure(ErrorKind.ASSERTION, null, LONG);

  @Test
  void oneSampleTellsAllAndTheRestLittleWhateverAPageDoes() {
    Run run =
        new Run(
            "t",
            "n",
            AT,
            Duration.ZERO,
            List.of(endless(WRONG), endless(WRONG), endless(null)),
            Collections.nCopies(200, endless(WRONG)),
            Verdict.DOWN);
    Run bounded = EvidenceRules.bounded(run);
    assertThat(BatchDocument.write(bounded).toString().length()).isLessThan(2_000_000 + 400_000);
    assertThat(bounded.samples())
        .extracting(sample -> sample.findings().evidence() != null)
        .containsExactly(false, true, false);
    Findings told = bounded.samples().get(1).findings();
    assertThat(told.steps()).hasSize(EvidenceRules.STEPS);
    assertThat(told.steps().getLast().name()).isEqualTo("the last");
    assertThat(told.chunks()).hasSize(EvidenceRules.CHUNKS);
    assertThat(told.chunks().getLast().bytes()).isEqualTo(999);
    assertThat(told.page().resources()).hasSize(EvidenceRules.RESOURCES);
    assertThat(told.evidence().picture()).isNotNull();
    assertThat(told.evidence().leftOut())
        .containsExactly(
            "980 more headers",
            "the body after its first 4096 characters",
            "980 more forms",
            "980 more links");
    assertThat(EvidenceRules.bounded(bounded).samples().get(1).findings().evidence().body())
        .as("once more changes nothing")
        .isEqualTo(told.evidence().body());
  }

  @Test
  void aPictureThatIsTooLargeIsLeftOut() {
    Evidence large =
        new Evidence(
            "", 0, List.of(), "", List.of(), List.of(), new Picture("image/png", "AAAA".repeat(200_000)));
    Evidence bounded = EvidenceRules.evidence(large);
    assertThat(bounded.picture()).isNull();
    assertThat(bounded.leftOut()).containsExactly("the picture: its 585 KiB are more than 300 KiB");
  }

  @Test
  void inNeedOnlyTimesAndErrorsAreKept() {
    Run run =
        EvidenceRules.bare(
            new Run(
                "t",
                "n",
                AT,
                Duration.ZERO,
                List.of(EvidenceRules.bounded(run(endless(WRONG))).samples().getFirst()),
                List.of(),
                Verdict.DOWN));
    assertThat(BatchDocument.write(run).toString().length()).isLessThan(40_000);
    assertThat(run.samples().getFirst().findings().evidence().leftOut().getFirst())
        .startsWith("all else");
  }

  @Test
  void aCharacterIsNotCutInTwo() {
    assertThat(EvidenceRules.cut("ab😀cd", 4)).isEqualTo("ab…");
    assertThat(EvidenceRules.cut("abcd", 4)).isEqualTo("abcd");
  }

  private static Run run(Sample sample) {
    return new Run("t", "n", AT, Duration.ZERO, List.of(sample), List.of(), Verdict.DOWN);
  }

  private static Sample endless(Failure failure) {
    Step step = new Step(LONG, 1, Duration.ZERO, Duration.ZERO, Phases.NONE, failure, LONG);
    Step last = new Step("the last", 2, Duration.ZERO, Duration.ZERO, Phases.NONE, failure, "");
    List<Step> steps = new java.util.ArrayList<>(Collections.nCopies(999, step));
    steps.add(last);
    List<Findings.Chunk> chunks = new java.util.ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      chunks.add(new Findings.Chunk(Duration.ofMillis(i), i));
    }
    PageLoad.Resource resource =
        new PageLoad.Resource(LONG, LONG, 200, 1, Duration.ZERO, Duration.ZERO, false);
    List<String> lines = Collections.nCopies(1_000, LONG);
    return new Sample(
        AT,
        Duration.ZERO,
        Phases.NONE,
        200,
        1,
        Collections.nCopies(100, new Hop(LONG, 200, Phases.NONE)),
        failure,
        Duration.ZERO,
        new Findings(
            steps,
            chunks,
            new PageLoad(
                "chromium", Map.of(), 1, 1, Collections.nCopies(1_000, resource), 1, 1, lines),
            new Evidence(
                LONG,
                200,
                Collections.nCopies(1_000, new Header(LONG, LONG)),
                LONG,
                lines,
                lines,
                new Picture("image/png", "AAAA".repeat(70_000)))));
  }
}
