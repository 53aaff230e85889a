package dev.jiggety.couch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.ClockOffset;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DateWatchTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

  private final DateWatch watch = new DateWatch();
  private Instant now = START;

  @Test
  void nothingIsKnownBeforeTheFirstAnswer() {
    assertThat(watch.offset()).isEmpty();
  }

  @Test
  void oneAnswerTellsItToHalfASecondAndTheTimeItTook() {
    ask(Duration.ofMillis(700), 20, 20);
    ClockOffset offset = watch.offset().orElseThrow();
    assertThat(offset.within()).isEqualTo(Duration.ofMillis(520));
    assertContains(offset, Duration.ofMillis(700));
  }

  @Property(tries = 200)
  void manyAnswersTellItCloselyAndNeverWrongly(
      @ForAll @IntRange(min = -100_000, max = 100_000) int millis,
      @ForAll @IntRange(min = 0, max = 40) int there,
      @ForAll @IntRange(min = 0, max = 40) int back) {
    DateWatch fresh = new DateWatch();
    Duration truth = Duration.ofMillis(millis);
    Instant time = START;
    for (int i = 0; i < 60; i++) {
      Instant answered = time.plusMillis(there + back);
      fresh.add(time, answered, seen(time.plusMillis(there).plus(truth)));
      assertContains(fresh.offset().orElseThrow(), truth);
      time = time.plusMillis(537); // at ever other moments of the second
    }
    assertThat(fresh.offset().orElseThrow().within()).isLessThan(Duration.ofMillis(60));
  }

  @Test
  void aClockThatIsSetIsBelievedAtOnce() {
    for (int i = 0; i < 20; i++) {
      ask(Duration.ZERO, 5, 5);
      now = now.plusMillis(537);
    }
    ask(Duration.ofHours(1), 5, 5);
    assertContains(watch.offset().orElseThrow(), Duration.ofHours(1));
  }

  @Test
  void ourOwnClockThatIsSetBackInTheMiddleOfAQuestionSaysNothing() {
    watch.add(START, START.minusSeconds(10), START.truncatedTo(ChronoUnit.SECONDS));
    assertThat(watch.offset()).isEmpty();
  }

  private void ask(Duration truth, int there, int back) {
    watch.add(now, now.plusMillis(there + back), seen(now.plusMillis(there).plus(truth)));
  }

  private static Instant seen(Instant serverTime) {
    return serverTime.truncatedTo(ChronoUnit.SECONDS);
  }

  private static void assertContains(ClockOffset offset, Duration truth) {
    assertThat(offset.offset().minus(truth).abs()).isLessThanOrEqualTo(offset.within());
  }
}
