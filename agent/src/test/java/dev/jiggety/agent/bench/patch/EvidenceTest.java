package dev.jiggety.agent.bench.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.bench.patch.Evidence.Submitted;
import dev.jiggety.agent.bench.patch.Evidence.Violation;
import dev.jiggety.agent.bench.patch.Evidence.Wrong;
import dev.jiggety.document.Contents;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Digests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong after chaos is found, and nothing else. */
class EvidenceTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  private final List<Submitted> submitted = new ArrayList<>();
  private final List<Rollout> rollouts = new ArrayList<>();
  private final TreeMap<String, Content> inForce = new TreeMap<>();
  private final TreeMap<String, String> running = new TreeMap<>();
  private final List<Sighting> sightings = new ArrayList<>();
  private long seq = 3;
  private Head.Phase phase = Head.Phase.STEADY;

  /** Two good patches that were completed, and a bad one that its canary turned back. */
  @BeforeEach
  void allIsWell() {
    add("p1", 1, false, RolloutState.COMPLETED);
    add("p2", 2, true, RolloutState.ROLLED_BACK);
    add("p3", 3, false, RolloutState.COMPLETED);
    sightings.add(new Sighting(1, "n1", 1, "p1", "d1", false));
    sightings.add(new Sighting(2, "canary", 2, "p2", "d2", true));
    running.put("n1", digest());
    running.put("n2", digest());
  }

  @Test
  void nothingIsWrongWhereAllWentWell() {
    assertThat(violations()).isEmpty();
  }

  @Test
  void aPatchWithoutARecordIsLost() {
    rollouts.removeLast();
    inForce.remove("test:p3");
    settle();
    seq = 2;
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.LOST);
    assertThat(violations().getFirst().line()).isEqualTo("lost, round 3: p3 has no record");
  }

  @Test
  void aPlaceThatNobodyHasIsALostPatch() {
    seq = 4;
    assertThat(violations()).extracting(Violation::text).containsExactly("nobody has the place 4");
  }

  @Test
  void aPatchThatWasToBeTriedAgainAndWasNotIsLost() {
    Rollout bad = rollouts.get(1);
    rollouts.set(1, bad.toBuilder().again(List.of(List.of("p2"))).build());
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.LOST);
    rollouts.add(rollout("p2", "p2.2", 2, 2, RolloutState.ROLLED_BACK));
    assertThat(violations()).isEmpty();
  }

  @Test
  void aPatchThatWasCarriedOutTwiceIsDoubled() {
    rollouts.add(rollout("p1", "p1.2", 2, 1, RolloutState.COMPLETED));
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.DOUBLED);
  }

  @Test
  void twoPlacesForOnePatchAreOneTooMany() {
    rollouts.add(rollout("p1", "p1.2", 2, 4, RolloutState.JOINED));
    assertThat(violations()).extracting(Violation::wrong).contains(Wrong.DOUBLED);
  }

  @Test
  void aPatchThatOvertookAnotherIsReordered() {
    rollouts.set(0, rollout("p1", "p1", 1, 3, RolloutState.COMPLETED));
    rollouts.set(2, rollout("p3", "p3", 1, 1, RolloutState.COMPLETED));
    assertThat(violations()).extracting(Violation::wrong).contains(Wrong.REORDERED);
  }

  @Test
  void aPatchThatWentOutBeforeTheOneAheadOfItIsReordered() {
    Rollout late = rollouts.getFirst();
    List<Rollout.Transition> steps =
        late.transitions().stream()
            .map(step ->
                new Rollout.Transition(
                    step.at().plusSeconds(100),
                    step.from(),
                    step.to(),
                    step.cause(),
                    step.release(),
                    step.epoch()))
            .toList();
    rollouts.set(0, late.toBuilder().transitions(steps).build());
    assertThat(violations()).extracting(Violation::wrong).containsOnly(Wrong.REORDERED);
  }

  @Test
  void aBadPatchOnANodeThatIsNoCanaryIsFound() {
    sightings.add(new Sighting(3, "n2", 2, "p2", "d2", true));
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.BAD_ACTIVE);
    assertThat(violations().getFirst().round()).isEqualTo(2);
  }

  @Test
  void aRolloutWithoutAnEndIsFound() {
    rollouts.set(1, rollout("p2", "p2", 1, 2, RolloutState.PAUSED));
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.OPEN);
  }

  @Test
  void aHeadThatIsBusyIsFound() {
    phase = Head.Phase.PROMOTING;
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.OPEN);
  }

  @Test
  void aNodeWithAnotherDigestIsFound() {
    running.put("n2", "other");
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.OTHER_CONTENT);
  }

  @Test
  void contentThatNoCompletedPatchMadeIsFound() {
    inForce.put("test:p1", inForce.get("test:p3"));
    settle();
    assertThat(violations()).extracting(Violation::wrong).containsExactly(Wrong.OTHER_CONTENT);
  }

  private void add(String id, int place, boolean bad, RolloutState end) {
    TestDefinition test =
        TestDefinition.builder(id, Check.Http.get("http://127.0.0.1/" + id)).build();
    Change change = Contents.put(test, null);
    Patch patch =
        new Patch(
            id,
            "ada",
            BEGIN,
            "",
            StrategyChoice.SWIFT,
            BEGIN.plus(Duration.ofDays(1)),
            List.of(change));
    submitted.add(new Submitted(patch, bad, place));
    rollouts.add(rollout(id, id, 1, place, end));
    if (end == RolloutState.COMPLETED) {
      inForce.put("test:" + id, Contents.of(test));
    }
  }

  private static Rollout rollout(
      String patchId, String id, int attempt, long place, RolloutState end) {
    Instant at = BEGIN.plusSeconds(10 * place + 100L * (attempt - 1));
    Rollout.Rider rider = new Rollout.Rider(patchId, place, "ada", new TreeSet<>());
    Rollout.Transition staged =
        new Rollout.Transition(
            at, RolloutState.CHECKING, RolloutState.STAGING, new Cause.Planned(""), place, 1);
    return Rollout.builder(id, List.of(rider), Strategy.SWIFT, at)
        .attempt(attempt)
        .state(end, at.plusSeconds(5))
        .release(place)
        .members(new TreeSet<>(List.of("canary")), List.of())
        .transitions(List.of(staged))
        .build();
  }

  private String digest() {
    return Digests.of(new Configuration(inForce));
  }

  private void settle() {
    running.replaceAll((_, _) -> digest());
  }

  private List<Violation> violations() {
    Head head =
        new Head(
            9,
            seq,
            1,
            new Generation("p3", 3, digest()),
            null,
            null,
            phase,
            null,
            null,
            BEGIN.plus(Duration.ofDays(1)),
            Duration.ZERO);
    return new Evidence(submitted, rollouts, head, new Configuration(inForce), running, sightings)
        .violations();
  }
}
