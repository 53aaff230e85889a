package dev.jiggety.agent.bench.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MarksTest {
  private static final Marks.Point READY = new Marks.Point.Ready("p1");

  private final Marks marks = new Marks(2);

  @Test
  void allAreThereWhenTheLastOneIs() throws InterruptedException {
    marks.reached(READY, "a", 10);
    assertThat(marks.awaitAll(READY, Duration.ZERO)).isEmpty();
    marks.reached(READY, "b", 30);
    assertThat(marks.awaitAll(READY, Duration.ZERO)).hasValue(30);
    assertThat(marks.first(READY)).hasValue(10);
    assertThat(marks.of(READY, "b")).hasValue(30);
  }

  @Test
  void theFirstTimeOfANodeCounts() throws InterruptedException {
    marks.reached(READY, "a", 10);
    marks.reached(READY, "a", 50);
    marks.reached(READY, "b", 20);
    assertThat(marks.awaitAll(READY, Duration.ZERO)).hasValue(20);
  }

  @Test
  void otherRidesAreOtherPoints() {
    marks.reached(new Marks.Point.Ready("p2"), "a", 10);
    assertThat(marks.count(READY)).isZero();
    assertThat(marks.first(READY)).isEmpty();
  }
}
