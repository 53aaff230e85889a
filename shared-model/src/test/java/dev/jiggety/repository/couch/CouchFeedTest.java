package dev.jiggety.repository.couch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.DatabaseNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CouchFeedTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:20:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final DatabaseNames names = DatabaseNames.DEFAULT;

  @Test
  void whoIsAnHourSlowListensToTheWeekThatHasBegunAtTheHub() {
    Instant slow = MONDAY.minus(HOUR);
    assertThat(names.live(slow)).isNotEqualTo(names.live(MONDAY));
    assertThat(names.live(CouchFeed.corrected(slow, Optional.of(HOUR))))
        .isEqualTo(names.live(MONDAY));
  }

  @Test
  void whoIsAnHourFastStillListensToTheWeekThatEndsAtTheHub() {
    Instant sunday = MONDAY.minus(HOUR);
    assertThat(CouchFeed.corrected(sunday.plus(HOUR), Optional.of(HOUR.negated())))
        .isEqualTo(sunday);
  }

  @Test
  void goesByItsOwnClockWhereTheHubsIsUnknownOrOfAnotherAge() {
    assertThat(CouchFeed.corrected(MONDAY, Optional.empty())).isEqualTo(MONDAY);
    assertThat(CouchFeed.corrected(MONDAY, Optional.of(Duration.ofDays(400)))).isEqualTo(MONDAY);
  }
}
