package dev.jiggety.agent.e2e;

import static dev.jiggety.agent.e2e.Installation.EVERY;
import static dev.jiggety.agent.e2e.Installation.brisk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong while patches are on their way, on one installation of real processes with wrong
 * clocks. Whatever happened, in the end everybody runs what the head says, and no planned run is
 * missing.
 */
class GoneWrongTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 5000;

  @TempDir private static Path folder;
  private static Installation all;
  private static WatchedSite site;

  @BeforeAll
  static void start() throws IOException {
    all = new Installation(folder);
    site = all.site;
    String first = all.submit("first", "n1", brisk(0, Duration.ZERO), all.shop("first"));
    assertCompleted(all.awaitEnd(first));
  }

  @BeforeEach
  void everybodyIsThere() {
    all.awaitAllRunTheHead();
  }

  @AfterAll
  static void noPlannedRunIsMissing() {
    if (all == null) {
      return;
    }
    try (Installation ending = all) {
      all.awaitAllRunTheHead();
      ending.endNodes();
      ResultsOnHub results =
          ResultsOnHub.read(all.url(), Installation.AHEAD.plusMinutes(2)).assertNothingDoubled();
      assertThat(results.batches())
          .extracting(batch -> batch.node())
          .containsAll(Installation.NODES);
      results.assertEverySlotAccounted(EVERY);
    }
  }

  @Test
  void aNodeThatIsAwayWhileItIsStagedGetsItLater() {
    all.node("n2").signal("STOP");
    String id = all.submit("staging", "n1", brisk(1, Duration.ZERO), all.shop("staging"));
    all.awaitState(id, RolloutState.STAGING);
    all.node("n2").kill();
    Rollout end = all.awaitEnd(id);
    assertCompleted(end);
    assertFailed(end, "n2", "not ready in time");
    all.start("n2");
    all.awaitAllRunTheHead();
    assertThat(all.head().active().ride()).isEqualTo(id);
  }

  @Test
  void nodesThatAreReadyAndThenDeadOrFrozenHoldNobodyUp() {
    site.hold("promotion");
    String id = all.submit("promotion", "n1", brisk(2, Duration.ZERO), all.shop("promotion"));
    all.awaitState(id, RolloutState.VERIFYING);
    all.node("n2").kill();
    all.node("n3").signal("STOP");
    site.release("promotion");
    Rollout end = all.awaitEnd(id);
    assertCompleted(end);
    assertFailed(end, "n2", "has not swapped in time");
    assertFailed(end, "n3", "has not swapped in time");
    assertThat(end.progress().get("n1").state()).isEqualTo(NodeProgress.State.SWAPPED);
    all.node("n3").signal("CONT");
    all.start("n2");
    all.awaitAllRunTheHead();
    assertThat(all.head().active().ride()).isEqualTo(id);
  }

  @Test
  void aNodeThatIsKilledWhileItBakesComesBackWithWhatIsInForceThen() {
    Duration bake = Duration.ofSeconds(3);
    String good = all.submit("baked", "n1", brisk(0, bake), all.shop("baked"));
    all.awaitState(good, RolloutState.BAKING);
    all.node("n2").kill();
    assertCompleted(all.awaitEnd(good));
    all.start("n2");
    all.awaitAllRunTheHead();
    assertThat(all.head().active().ride()).isEqualTo(good);

    String digest = all.head().digest();
    String aborted = all.submit("aborted", "n1", brisk(0, bake), all.shop("aborted"));
    all.awaitState(aborted, RolloutState.BAKING);
    all.node("n3").kill();
    all.abort(aborted);
    Rollout end = all.awaitEnd(aborted);
    assertThat(end.state()).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
    assertThat(end.transitions().getLast().cause())
        .isInstanceOfSatisfying(
            Cause.NodesFailed.class, cause -> assertThat(cause.nodes()).containsExactly("n3"));
    all.start("n3");
    all.awaitAllRunTheHead();
    assertThat(all.head().digest()).isEqualTo(digest);
    int visits = site.visits("aborted");
    all.awaitVisits("baked", 6);
    assertThat(site.visits("aborted")).as("nobody runs it any more").isEqualTo(visits);
  }

  @Test
  void aPatchWhoseCanaryStallsIsTurnedBack() {
    String digest = all.head().digest();
    site.hold("stalled");
    String id = all.submit("stalled", "n1", brisk(1, Duration.ZERO), all.shop("stalled"));
    all.awaitState(id, RolloutState.VERIFYING);
    all.node("n1").signal("STOP");
    try {
      all.awaitState(id, RolloutState.ROLLING_BACK);
    } finally {
      site.release("stalled");
      all.node("n1").signal("CONT");
    }
    Rollout end = all.awaitEnd(id);
    assertTurnedBackBeforeAnybodySwapped(end);
    all.awaitAllRunTheHead();
    assertThat(all.head().digest()).isEqualTo(digest);
  }

  @Test
  void whatFailsIsTurnedBackUnlessTheSiteIsDown() {
    String before = all.submit("passes", "n2", brisk(0, Duration.ZERO), all.shop("passes"));
    assertCompleted(all.awaitEnd(before));
    all.awaitAllRunTheHead();
    String digest = all.head().digest();
    site.answer("fails", 500);

    String bad = all.submit("bad", "n1", brisk(0, Duration.ZERO), all.shop("fails"));
    Rollout end = all.awaitEnd(bad);
    assertTurnedBackBeforeAnybodySwapped(end);
    assertThat(end.transitions())
        .extracting(step -> step.cause())
        .filteredOn(Cause.AtFault.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Cause.AtFault.class,
            cause -> {
              assertThat(cause.tests()).containsExactly("shop");
              assertThat(cause.node()).isEqualTo("n1");
            });
    all.awaitAllRunTheHead();
    assertThat(all.head().digest()).isEqualTo(digest);
    all.awaitVisits("passes", 3);

    site.answer("passes", 503);
    String same = all.submit("same", "n1", brisk(0, Duration.ZERO), all.shop("fails"));
    assertCompleted(all.awaitEnd(same));
    all.awaitAllRunTheHead();
    assertThat(all.head().active().ride()).isEqualTo(same);
  }

  @Test
  void theSecondOfTwoWhoEditOneTestIsToldAndNothingIsLost() {
    Change hers = all.shop("hers");
    Change his = all.shop("his");
    all.hand("ada-edits", all.ada(), StrategyChoice.SWIFT, Instant.now(), List.of(hers));
    all.awaitState("ada-edits", RolloutState.QUEUED);
    all.hand("bob-edits", all.bob(), StrategyChoice.SWIFT, Instant.now(), List.of(his));

    assertThat(all.awaitEnd("ada-edits").state()).isEqualTo(RolloutState.COMPLETED);
    Rollout second = all.awaitEnd("bob-edits");
    assertThat(second.state()).isEqualTo(RolloutState.REJECTED);
    assertThat(second.transitions().getLast().cause())
        .isInstanceOfSatisfying(
            Cause.Refused.class,
            cause -> {
              assertThat(cause.patches()).containsExactly("bob-edits");
              assertThat(cause.problems()).singleElement().asString().contains("shop");
            });
    all.awaitAllRunTheHead();
    assertThat(all.patches().inForce().documents().get(Ids.test("shop")))
        .isEqualTo(((Change.Put) hers).content());
    assertThat(all.patches().find("bob-edits").orElseThrow().changes()).containsExactly(his);
    assertThat(site.visits("his")).isZero();
  }

  @Test
  void clocksThatAreAnHourApartDoNotMatter() {
    assertThat(all.statuses().get("n3").clockOffset())
        .isBetween(Duration.ofMinutes(-61), Duration.ofMinutes(-59));
    String id = all.submit("clocks", "n3", brisk(0, EVERY), all.shop("clocks"));
    Rollout end = all.awaitEnd(id);
    assertCompleted(end);
    assertThat(end.progress().get("n3").state()).isEqualTo(NodeProgress.State.SWAPPED);
    Instant now = Instant.now();
    assertThat(end.since())
        .as("by the hub's clock")
        .isBetween(now.minusSeconds(60), now.plusSeconds(60));
    all.awaitAllRunTheHead();
    for (int hours = -1; hours <= 1; hours += 2) { // the operator's own clock
      Instant wrong = Instant.now().plus(Duration.ofHours(hours));
      String patch = "operator" + (hours + 1);
      StrategyChoice strategy = new StrategyChoice.Own(brisk(0, Duration.ZERO));
      all.hand(patch, all.ada(), strategy, wrong, List.of(all.shop(patch)));
      assertCompleted(all.awaitEnd(patch));
      all.awaitAllRunTheHead();
    }
  }

  @Test
  void aPatchOfFiveThousandTestsComesIntoForceAndGoesAgain() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      changes.add(Contents.put(all.test("many-" + i, "many/" + i, Duration.ofHours(1)), null));
    }
    all.hand("many", all.ada(), StrategyChoice.SWIFT, Instant.now(), changes);
    assertCompleted(all.awaitEnd("many"));
    all.awaitAllRunTheHead();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(all.statuses().values()).allMatch(status -> status.tests() == MANY + 1));

    var inForce = all.patches().inForce().documents();
    List<Change> removals = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      removals.add(Contents.delete(Contents.document(inForce.get(Ids.test("many-" + i)))));
    }
    all.hand("none", all.ada(), StrategyChoice.SWIFT, Instant.now(), removals);
    assertCompleted(all.awaitEnd("none"));
    all.awaitAllRunTheHead();
    assertThat(all.patches().inForce().documents()).containsKey(Ids.test("shop"));
  }

  private static void assertCompleted(Rollout rollout) {
    assertThat(rollout.state())
        .as(() -> "the end of " + rollout.id() + ": " + rollout.transitions())
        .isEqualTo(RolloutState.COMPLETED);
  }

  private static void assertFailed(Rollout rollout, String node, String why) {
    NodeProgress progress = rollout.progress().get(node);
    assertThat(progress.state()).isEqualTo(NodeProgress.State.FAILED);
    assertThat(progress.error()).isEqualTo(why);
  }

  private static void assertTurnedBackBeforeAnybodySwapped(Rollout rollout) {
    assertThat(rollout.state()).isIn(RolloutState.ROLLED_BACK, RolloutState.ROLLBACK_INCOMPLETE);
    assertThat(rollout.transitions())
        .extracting(step -> step.to())
        .contains(RolloutState.ROLLING_BACK)
        .doesNotContain(RolloutState.PROMOTING);
  }
}
