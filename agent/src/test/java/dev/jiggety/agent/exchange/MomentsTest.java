package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void everyLookAtTheClockIsNoted() {
    Moments moments = new Moments();
    Phases phases =
        moments.during(() -> {
          long now = System.nanoTime();
          PhaseClock clock = new PhaseClock(now);
          clock.enter(Phase.CONNECT, now + 10);
          clock.enter(Phase.WAIT, now + 30);
          clock.stop(now + 60);
          Moments.lateBy(5);
          return clock.phases();
        });
    assertThat(phases.nanos(Phase.BLOCKED)).isEqualTo(10);
    assertThat(phases.nanos(Phase.CONNECT)).isEqualTo(20);
    assertThat(phases.nanos(Phase.WAIT)).isEqualTo(30);
    assertThat(moments.count()).as("the beginning and three more").isEqualTo(4);
    assertThat(moments.at(3) - moments.at(1)).isEqualTo(50);
    assertThat(moments.elsewhere()).isEqualTo(5);
    for (int i = 0; i < 4; i++) {
      assertThat(moments.queued(i)).isNotNegative();
      assertThat(moments.computed(i)).isNotNegative();
    }
  }

  @Test
  void whereNobodyCollectsThereIsNothingToDo() {
    Moments.note(System.nanoTime());
    Moments.lateBy(7);
    assertThat(new Moments().count()).isZero();
  }

  @Test
  void whatTheThreadComputesForAHandshakeIsNotTheSites() {
    long begin = System.nanoTime();
    PhaseClock clock = new PhaseClock(begin);
    clock.enter(Phase.SSL, begin);
    long spun = 0;
    while (System.nanoTime() - begin < 20_000_000) {
      spun++;
    }
    long end = System.nanoTime();
    clock.enter(Phase.BLOCKED, end);
    clock.stop(end);
    assertThat(spun).isPositive();
    assertThat(clock.phases().sum().toNanos()).as("the sum stays").isEqualTo(end - begin);
    assertThat(clock.phases().nanos(Phase.BLOCKED)).isPositive();
    assertThat(clock.phases().nanos(Phase.SSL)).isLessThan(end - begin);
  }
}
