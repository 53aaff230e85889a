package dev.jiggety.agent.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.retention.RetentionPlan.Drop;
import dev.jiggety.agent.retention.RetentionPlan.Held;
import dev.jiggety.agent.retention.RetentionPlan.Limits;
import dev.jiggety.document.DatabaseNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Limits USUAL = new Limits(Duration.ofDays(14), Duration.ofDays(396), 0);

  @Test
  void whatIsOlderThanItsRetentionGoes() {
    assertThat(
            names(
                USUAL,
                live("2026w44", 10, 0), // ended on the 2nd
                live("2026w45", 10, 0), // ended on the 9th, thirteen days ago
                live("2026w47", 10, 0),
                archive("2025-09", 10),
                archive("2025-10", 10),
                archive("2026-11", 10)))
        .containsExactly("jiggety-archive-2025-09", "jiggety-live-2026w44");
  }

  @Test
  void aWeekThatIsNotPackedWaitsAsLongAgain() {
    assertThat(names(USUAL, live("2026w44", 10, 3))).isEmpty();
    assertThat(names(USUAL, live("2026w42", 10, 3))).containsExactly("jiggety-live-2026w42");
    Held notAsked = ResultDatabases.held(DatabaseNames.DEFAULT, "jiggety-live-2026w44", 1).get();
    assertThat(RetentionPlan.isDue(notAsked, USUAL, NOW)).isTrue();
    assertThat(names(USUAL, notAsked)).as("nobody knows whether it is packed").isEmpty();
  }

  @Test
  void forWantOfSpaceWhatIsPackedGoesFirstAndWhatIsWrittenNever() {
    Held[] all = {
      live("2026w45", 10, 5),
      live("2026w46", 10, 0),
      live("2026w47", 10, 0),
      archive("2026-08", 10),
      archive("2026-09", 10),
      archive("2026-11", 10)
    };
    assertThat(names(budget(60), all)).isEmpty();
    assertThat(names(budget(50), all)).containsExactly("jiggety-live-2026w46");
    assertThat(names(budget(35), all))
        .containsExactly(
            "jiggety-live-2026w46", "jiggety-archive-2026-08", "jiggety-archive-2026-09");
    assertThat(names(budget(1), all))
        .containsExactly(
            "jiggety-live-2026w46",
            "jiggety-archive-2026-08",
            "jiggety-archive-2026-09",
            "jiggety-live-2026w45");
  }

  @Test
  void whatIsNoDatabaseOfResultsIsLeftAlone() {
    for (String name :
        List.of("jiggety-config", "jiggety-live-2026w99", "jiggety-archive-2026-13", "_users")) {
      assertThat(ResultDatabases.held(DatabaseNames.DEFAULT, name, 1)).isEmpty();
    }
  }

  private static Limits budget(long bytes) {
    return new Limits(USUAL.liveFor(), USUAL.archiveFor(), bytes);
  }

  private static List<String> names(Limits limits, Held... held) {
    return RetentionPlan.drops(List.of(held), limits, NOW).stream()
        .map(Drop::held)
        .map(Held::name)
        .toList();
  }

  private static Held live(String week, long bytes, long unpacked) {
    Held held =
        ResultDatabases.held(DatabaseNames.DEFAULT, "jiggety-live-" + week, bytes).orElseThrow();
    return new Held(held.name(), true, held.from(), held.to(), bytes, OptionalLong.of(unpacked));
  }

  private static Held archive(String month, long bytes) {
    return ResultDatabases.held(DatabaseNames.DEFAULT, "jiggety-archive-" + month, bytes)
        .orElseThrow();
  }

  @Test
  void aClockThatJumpsDropsNothing() {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    assertThat(RetentionPlan.isCertain(now, now.minus(Duration.ofHours(3)))).isTrue();
    assertThat(RetentionPlan.isCertain(now.plus(Duration.ofDays(365)), now)).isFalse();
    assertThat(RetentionPlan.isCertain(now, now.plus(Duration.ofDays(365)))).isFalse();
  }
}
