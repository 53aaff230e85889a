package dev.jiggety.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Run;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LivePictureTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final TestDefinition HOME = Examples.test("home", "Home");

  @Property(tries = 200)
  void theOrderInWhichBatchesComeDoesNotMatterNorDoTwins(
      @ForAll("batches") List<Batch> batches, @ForAll("order") List<Integer> order) {
    LivePicture straight = withTest();
    batches.forEach(batch -> straight.batch(batch, NOW));
    LivePicture shuffled = withTest();
    List<Batch> others = new ArrayList<>(batches);
    for (int i = 0; i < order.size() && !batches.isEmpty(); i++) {
      Batch moved = others.remove(order.get(i) % others.size());
      others.add(order.get(i) % (others.size() + 1), moved);
      others.add(moved); // everything can come twice
    }
    others.forEach(batch -> shuffled.batch(batch, NOW));
    assertThat(shuffled.at(NOW).tests()).isEqualTo(straight.at(NOW).tests());
  }

  @Provide
  Arbitrary<List<Batch>> batches() {
    Arbitrary<Run> runs =
        Combinators.combine(Arbitraries.of(Examples.NODES), Arbitraries.integers().between(0, 900))
            .as((node, age) ->
                Examples.run(
                    "home",
                    node,
                    NOW.minusSeconds(age * 10L),
                    // A run is immutable: the same one always has the same content.
                    Duration.ofMillis(1 + (node.hashCode() & 63) + age),
                    age % 7 == 0 ? Examples.broken() : null));
    return runs.list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(list -> Examples.batch(list.getFirst().node(), 1, list.toArray(Run[]::new)))
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<Integer>> order() {
    return Arbitraries.integers().between(0, 1_000).list().ofMaxSize(60);
  }

  @Test
  void onlyNewRunsAreHandedOn() {
    LivePicture picture = withTest();
    Batch batch = Examples.batch("oslo-1", 1, run("oslo-1", 10, 80), run("oslo-1", 20, 90));
    assertThat(picture.batch(batch, NOW)).hasSize(2);
    assertThat(picture.batch(batch, NOW)).isEmpty();
  }

  @Test
  void aPictureInWhichNothingChangedIsTheSameObject() {
    LivePicture picture = withTest();
    Batch batch = Examples.batch("oslo-1", 1, run("oslo-1", 10, 80));
    picture.batch(batch, NOW);
    HubPicture before = picture.at(NOW);
    picture.batch(batch, NOW);
    assertThat(picture.at(NOW.plusSeconds(1))).isSameAs(before);
  }

  @Test
  void onlyTestsThatHeardSomethingAreDrawnAnew() {
    LivePicture picture = withTest();
    picture.test(stored(Examples.test("login", "Login"), "1-y"), NOW);
    picture.batch(Examples.batch("oslo-1", 1, run("oslo-1", 10, 80)), NOW);
    HubPicture before = picture.at(NOW);
    picture.batch(Examples.batch("oslo-1", 2, run("oslo-1", 1, 90)), NOW);
    HubPicture after = picture.at(NOW.plusSeconds(1));
    assertThat(after.find("login")).isSameAs(before.find("login"));
    assertThat(after.find("home")).isNotSameAs(before.find("home"));
    picture.node(Examples.node("oslo-1", NOW), NOW);
    assertThat(picture.at(NOW.plusSeconds(2)).tests()).isEqualTo(after.tests());
  }

  @Test
  void figuresLeaveOutWhatSaysNothingOfTheSite() {
    LivePicture picture = withTest();
    for (int age = 1; age <= 20; age++) {
      picture.batch(Examples.batch("oslo-1", age, run("oslo-1", age, age * 10)), NOW);
    }
    picture.batch(Examples.batch("oslo-1", 21, failed("oslo-1", 0)), NOW);
    assertThat(only(picture.at(NOW)).p95()).isEqualTo(Duration.ofMillis(190));
    assertThat(only(picture.at(NOW)).median()).isEqualTo(Duration.ofMillis(105));
  }

  @Test
  void aVerdictFadesWhenNothingNewComes() {
    LivePicture picture = withTest();
    picture.batch(Examples.batch("oslo-1", 1, run("oslo-1", 1, 80)), NOW);
    assertThat(only(picture.at(NOW)).verdict()).isEqualTo(Verdict.UP);
    TestPicture later = only(picture.at(NOW.plus(Duration.ofMinutes(10))));
    assertThat(later.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(later.nodes().getFirst().fresh()).isFalse();
  }

  @Test
  void downNeedsTheQuorum() {
    LivePicture picture = withTest();
    picture.batch(Examples.batch("oslo-1", 1, failed("oslo-1", 1)), NOW);
    picture.batch(Examples.batch("berlin-1", 1, run("berlin-1", 1, 50)), NOW);
    picture.batch(Examples.batch("dublin-1", 1, run("dublin-1", 1, 50)), NOW);
    assertThat(only(picture.at(NOW)).verdict()).isEqualTo(Verdict.UP);
    picture.batch(Examples.batch("berlin-1", 2, failed("berlin-1", 0)), NOW);
    assertThat(only(picture.at(NOW)).verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void memoryIsBoundedAndTheNewestRemain() {
    LivePicture picture = withTest();
    for (int i = 0; i < LivePicture.RUNS_PER_SERIES * 3; i++) {
      picture.batch(Examples.batch("oslo-1", i, run("oslo-1", i, 80)), NOW);
    }
    RunLog log = new RunLog();
    for (int age : new int[] {5, 1, 9, 3, 2, 2}) {
      log.add(RunPoint.of(run("oslo-1", age, 80)), 3);
    }
    assertThat(IntStream.range(0, log.size()).mapToLong(log::planned))
        .containsExactly(
            RunLog.nanos(NOW.minusSeconds(3)),
            RunLog.nanos(NOW.minusSeconds(2)),
            RunLog.nanos(NOW.minusSeconds(1)));
    assertThat(log.last()).extracting(RunPoint::plannedAt).isEqualTo(NOW.minusSeconds(1));
    assertThat(only(picture.at(NOW)).lastAt()).isEqualTo(NOW.plusMillis(2));
  }

  @Test
  void aDeletedTestIsGoneWithItsRuns() {
    LivePicture picture = withTest();
    picture.batch(Examples.batch("oslo-1", 1, run("oslo-1", 1, 80)), NOW);
    picture.testDeleted("home", NOW);
    assertThat(picture.at(NOW).tests()).isEmpty();
    picture.test(stored(HOME, "9-x"), NOW);
    assertThat(only(picture.at(NOW)).nodes()).isEmpty();
  }

  @Test
  void aTestWithNumbersBeyondReasonDoesNotStopThePicture() {
    TestDefinition odd =
        Examples.test("odd", "Odd").toBuilder()
            .samples(Integer.MAX_VALUE)
            .retries(new Retries(Integer.MAX_VALUE, Duration.ofDays(1)))
            .schedule(new Schedule.Every(Duration.ofSeconds(Long.MAX_VALUE / 4)))
            .build();
    LivePicture live = withTest();
    live.test(new Stored<>(odd, "1-a", TestDocument.TYPE.write(HOME)), NOW);
    live.batch(
        Examples.batch(
            "oslo-1", 1, Examples.run("odd", "oslo-1", NOW.minusSeconds(5), Duration.ofMillis(9))),
        NOW);
    assertThat(live.at(NOW).tests()).hasSize(2);
  }

  @Test
  void aNodeIsStaleWhenItsHeartbeatIsOldAndOldNewsAreIgnored() {
    LivePicture picture = new LivePicture();
    picture.node(Examples.node("oslo-1", NOW), NOW);
    picture.node(Examples.node("oslo-1", NOW.minusSeconds(60)), NOW);
    assertThat(picture.at(NOW.plusSeconds(30)).nodes().getFirst().stale()).isFalse();
    assertThat(picture.at(NOW.plusSeconds(90)).nodes().getFirst().stale()).isTrue();
  }

  private static Run run(String node, int age, int millis) {
    return Examples.run("home", node, NOW.minusSeconds(age), Duration.ofMillis(millis));
  }

  private static Run failed(String node, int age) {
    return Examples.run(
        "home", node, NOW.minusSeconds(age), Duration.ofMillis(70), Examples.broken());
  }

  private static TestPicture only(HubPicture picture) {
    assertThat(picture.tests()).hasSize(1);
    return picture.tests().getFirst();
  }

  private static LivePicture withTest() {
    LivePicture picture = new LivePicture();
    picture.test(stored(HOME, "1-x"), NOW);
    return picture;
  }

  private static Stored<TestDefinition> stored(TestDefinition test, String rev) {
    return new Stored<>(test, rev, TestDocument.TYPE.write(test));
  }
}
