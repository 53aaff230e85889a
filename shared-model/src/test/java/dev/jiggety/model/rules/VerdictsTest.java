package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Verdicts.Vote;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration FRESH = Duration.ofMinutes(3);
  private static final Sample GOOD = Samples.sample(NOW); // 12 ms, 10 of them waiting
  private static final Degraded TIGHT = new Degraded(Duration.ofMillis(11), Map.of());

  @Test
  void allRightAndInTimeIsUp() {
    assertThat(Verdicts.ofRun(List.of(GOOD, GOOD), Degraded.NEVER)).isEqualTo(Verdict.UP);
    assertThat(Verdicts.ofRun(List.of(GOOD), new Degraded(Duration.ofMillis(12), Map.of())))
        .as("the limit itself is still fine")
        .isEqualTo(Verdict.UP);
  }

  @Test
  void oneSlowSampleIsDegraded() {
    assertThat(Verdicts.ofRun(List.of(GOOD), TIGHT)).isEqualTo(Verdict.DEGRADED);
    Degraded waiting = new Degraded(null, Map.of(Phase.WAIT, Duration.ofMillis(9)));
    assertThat(Verdicts.ofRun(List.of(GOOD), waiting)).isEqualTo(Verdict.DEGRADED);
    Degraded resolving = new Degraded(null, Map.of(Phase.DNS, Duration.ZERO));
    assertThat(Verdicts.ofRun(List.of(GOOD), resolving))
        .as("a phase that did not happen is not slow")
        .isEqualTo(Verdict.UP);
  }

  @Test
  void noSamplesSayNothing() {
    assertThat(Verdicts.ofRun(List.of(), TIGHT)).isEqualTo(Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void everyFailureButTheNodesOwnIsTheSitesFault(ErrorKind kind) {
    boolean own = kind == ErrorKind.INTERNAL || kind == ErrorKind.ISOLATED;
    assertThat(Verdicts.ofRun(List.of(GOOD, failed(kind)), Degraded.NEVER))
        .isEqualTo(own ? Verdict.UNKNOWN : Verdict.DOWN);
    assertThat(Verdicts.ofRun(List.of(failed(ErrorKind.INTERNAL), failed(kind)), TIGHT))
        .isEqualTo(own ? Verdict.UNKNOWN : Verdict.DOWN);
  }

  @Test
  void aNodeThatStoodStillDoesNotBlameTheSiteForTime() {
    Duration tenth = Duration.ofNanos(1_200_000);
    for (ErrorKind kind : List.of(ErrorKind.TIMEOUT, ErrorKind.SLOW)) {
      Sample touched = failed(kind).withHiccup(tenth);
      assertThat(Verdicts.ofRun(List.of(touched), Degraded.NEVER)).isEqualTo(Verdict.UNKNOWN);
      Sample brushed = failed(kind).withHiccup(tenth.minusNanos(1));
      assertThat(Verdicts.ofRun(List.of(brushed), Degraded.NEVER)).isEqualTo(Verdict.DOWN);
    }
    assertThat(Verdicts.ofRun(List.of(failed(ErrorKind.ASSERTION).withHiccup(tenth)), TIGHT))
        .as("a wrong answer is wrong however long it took")
        .isEqualTo(Verdict.DOWN);
    assertThat(Verdicts.ofRun(List.of(GOOD.withHiccup(tenth)), TIGHT)).isEqualTo(Verdict.UP);
  }

  @ParameterizedTest
  @CsvSource({
    "'', UNKNOWN", "u, UP", "d, DOWN", "g, DEGRADED", "?, UNKNOWN", "uud, UP", "udd, DOWN",
    "ud, UP", "u?d, UP", "?d, DOWN", "udg, DEGRADED", "ugg, DEGRADED", "uug, UP", "ddg, DOWN"
  })
  void theMajorityOfThoseWhoCanTellDecides(String votes, Verdict expected) {
    assertThat(Verdicts.overNodes(votes(votes, NOW), Quorum.MAJORITY, NOW, FRESH))
        .isEqualTo(expected);
  }

  @Test
  void onlyFreshVotesCount() {
    List<Vote> votes = new ArrayList<>(votes("ddd", NOW.minus(FRESH).minusMillis(1)));
    assertThat(Verdicts.overNodes(votes, Quorum.MAJORITY, NOW, FRESH)).isEqualTo(Verdict.UNKNOWN);
    votes.addAll(votes("u", NOW.minus(FRESH)));
    assertThat(Verdicts.overNodes(votes, Quorum.MAJORITY, NOW, FRESH)).isEqualTo(Verdict.UP);
  }

  @Test
  void aFixedQuorumIsMetByAllWhereFewerAreFresh() {
    Quorum three = new Quorum.AtLeast(3);
    assertThat(Verdicts.overNodes(votes("dduuu", NOW), three, NOW, FRESH)).isEqualTo(Verdict.UP);
    assertThat(Verdicts.overNodes(votes("ddduu", NOW), three, NOW, FRESH)).isEqualTo(Verdict.DOWN);
    assertThat(Verdicts.overNodes(votes("dd", NOW), three, NOW, FRESH)).isEqualTo(Verdict.DOWN);
    assertThat(Verdicts.overNodes(votes("du", NOW), three, NOW, FRESH)).isEqualTo(Verdict.UP);
  }

  @Property
  void oneMoreDownNeverMakesItBetter(
      @ForAll @Size(max = 9) List<Verdict> verdicts,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    Quorum quorum = new Quorum.Percent(percent);
    List<Vote> votes = new ArrayList<>();
    verdicts.forEach(verdict -> votes.add(new Vote(verdict, NOW)));
    Verdict before = Verdicts.overNodes(votes, quorum, NOW, FRESH);
    for (int i = 0; i < votes.size(); i++) {
      if (votes.get(i).verdict() != Verdict.UNKNOWN) {
        List<Vote> worse = new ArrayList<>(votes);
        worse.set(i, new Vote(Verdict.DOWN, NOW));
        assertThat(Verdicts.overNodes(worse, quorum, NOW, FRESH)).isGreaterThanOrEqualTo(before);
      }
    }
  }

  @Property
  void aQuorumCanAlwaysBeMet(
      @ForAll @IntRange(min = 0, max = 1000) int fresh,
      @ForAll @IntRange(min = 1, max = 100) int n) {
    for (Quorum quorum : List.of(new Quorum.AtLeast(n), new Quorum.Percent(n))) {
      assertThat(quorum.needed(fresh)).isBetween(1, Math.max(1, fresh));
    }
  }

  private static Sample failed(ErrorKind kind) {
    return GOOD.withFailure(new Failure(kind, null, "x"));
  }

  private static List<Vote> votes(String letters, Instant at) {
    return Arrays.stream(letters.split(""))
        .filter(letter -> !letter.isEmpty())
        .map(letter ->
            switch (letter) {
              case "u" -> Verdict.UP;
              case "d" -> Verdict.DOWN;
              case "g" -> Verdict.DEGRADED;
              default -> Verdict.UNKNOWN;
            })
        .map(verdict -> new Vote(verdict, at))
        .toList();
  }
}
