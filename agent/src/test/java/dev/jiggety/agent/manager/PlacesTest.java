package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jiggety.agent.queue.QueuedPatch;
import dev.jiggety.document.Ids;
import dev.jiggety.document.LineDocument;
import dev.jiggety.model.Line;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.rules.Rollouts;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final PartsFixture all = new PartsFixture();
  private Places places = all.places();

  /** A patch that was taken in and has no place yet. */
  private void submitted(String id) {
    Patch patch = Papers.patch(id);
    all.ledger.begin(Rollouts.start(patch, Strategy.SWIFT, 1, all.world.now));
    places.want(id);
  }

  private Line stored() {
    return LineDocument.TYPE.read(all.world.hub.patches.get(Ids.line()).document());
  }

  private Rollout rollout(String id) {
    return all.ledger.find(id).orElseThrow();
  }

  @Test
  void placesAreGivenWithoutGapsAndInOrder() {
    submitted("b");
    submitted("a");
    places.flush(0);
    assertThat(all.world.queue.waiting)
        .containsExactly(new QueuedPatch("b", 1), new QueuedPatch("a", 2));
    assertThat(stored().last()).isEqualTo(2);
    assertThat(rollout("b").state()).isEqualTo(RolloutState.QUEUED);
    assertThat(rollout("a").seq()).isEqualTo(2);
    assertThat(places.isIdle()).isTrue();
  }

  @Test
  void thePlaceIsStoredBeforeThePatchIsOnTheQueue() {
    submitted("a");
    all.process.queueIsAway = true;
    assertThatExceptionOfType(dev.jiggety.agent.queue.QueueException.class)
        .isThrownBy(() -> places.flush(0));
    assertThat(stored().given()).isEqualTo(Map.of(1L, "a"));
    assertThat(rollout("a").state()).isEqualTo(RolloutState.SUBMITTED);
    all.process.queueIsAway = false;
    submitted("b");
    places.flush(0);
    assertThat(all.world.queue.waiting)
        .as("it keeps its place")
        .containsExactly(new QueuedPatch("a", 1), new QueuedPatch("b", 2));
  }

  @Test
  void theNextManagerGoesOnWhereTheLineEnds() {
    submitted("a");
    places.flush(0);
    places = all.places();
    submitted("b");
    places.flush(0);
    assertThat(places.placeOf("b")).contains(2L);
    assertThat(places.placeOf("c")).isEmpty();
  }

  @Test
  void behindAHeadThatIsFurtherThanTheLineThePlacesGoOnThere() {
    submitted("a");
    places.flush(41);
    assertThat(rollout("a").seq()).isEqualTo(42);
  }

  @Test
  void whatHasEndedMeanwhileGetsNoPlace() {
    submitted("a");
    all.ledger.apply(
        "a",
        new dev.jiggety.model.RolloutEvent.Command(dev.jiggety.model.Cause.Act.CANCEL, "ada", ""));
    places.flush(0);
    assertThat(all.world.queue.waiting).isEmpty();
    assertThat(places.line()).isEqualTo(Line.EMPTY);
  }

  @Test
  void aCrowdIsTakenInPortions() {
    for (int i = 0; i < 60; i++) {
      submitted("p" + i);
    }
    places.flush(0);
    assertThat(all.world.queue.waiting).hasSize(50);
    assertThat(places.isIdle()).isFalse();
    places.flush(0);
    assertThat(all.world.queue.waiting).hasSize(60);
  }

  @Test
  void theLineForgetsPlacesThatRecordsKnow() {
    submitted("a");
    places.flush(0);
    all.ledger.store();
    submitted("b");
    places.flush(0);
    assertThat(stored()).isEqualTo(new Line(2, new TreeMap<>(Map.of(2L, "b"))));
  }

  @Test
  void aPatchThatEndedBeforeItKnewItsPlaceIsFoundByTheLine() {
    Rollout ended = Papers.rollout("a", 0, RolloutState.EXPIRED);
    all.process.ports.board().store(ended);
    all.process.ports.board().store(new Line(1, new TreeMap<>(Map.of(1L, "a"))));
    places = all.places();
    assertThat(places.endedUnknowing(1, 1))
        .singleElement()
        .satisfies(it -> assertThat(it.seq()).isEqualTo(1))
        .satisfies(it -> assertThat(it.state()).isEqualTo(RolloutState.EXPIRED));
    assertThat(places.endedUnknowing(2, 9)).isEmpty();
  }
}
