package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Run;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackingTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void aRunBelongsToTheHourThatItWasPlannedFor() {
    Run run = Samples.run("shop", "n1", TEN.minusMillis(1));
    Run late =
        new Run(
            run.testId(),
            "n1",
            run.plannedAt(),
            Duration.ofSeconds(90),
            run.samples(),
            run.retried(),
            run.verdict());
    assertThat(Packing.hour(late.plannedAt())).isEqualTo(TEN.minus(Duration.ofHours(1)));
    assertThat(Packing.points(late))
        .allSatisfy(point -> assertThat(point.plannedAt()).isEqualTo(run.plannedAt()));
  }

  @Test
  void skippedSlotsAreCountedInTheHourInWhichTheyWerePlanned() {
    Instant first = TEN.plus(Duration.ofMinutes(58));
    SkippedSlots slots = slots(first, first.plus(Duration.ofMinutes(63)), 64);
    assertThat(Packing.skipped(slots))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(TEN, 2L, TEN.plus(Duration.ofHours(1)), 60L, TEN.plus(Duration.ofHours(2)), 2L));
    assertThat(Packing.skipped(slots(first, first, 1))).containsExactly(Map.entry(TEN, 1L));
  }

  @Test
  void noSlotOfAnyLengthIsLostOrDoubled() {
    for (int hours = 1; hours < 400; hours += 7) {
      for (int count : new int[] {2, 3, 59, 60, 61, 5_000}) {
        SkippedSlots slots =
            slots(TEN.plusSeconds(hours), TEN.plus(Duration.ofHours(hours)), count);
        long sum = Packing.skipped(slots).values().stream().mapToLong(Long::longValue).sum();
        assertThat(sum).isEqualTo(count);
      }
    }
  }

  private static SkippedSlots slots(Instant first, Instant last, int count) {
    return new SkippedSlots(
        "shop", SkippedSlots.Why.MISSED, first, last, count, "the node was off");
  }
}
