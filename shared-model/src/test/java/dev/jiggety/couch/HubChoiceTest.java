package dev.jiggety.couch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.HubChoice.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which hub is used, second by second, by what was seen of two. */
class HubChoiceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final List<Seen> seen = new ArrayList<>(List.of(Seen.nothing(0), Seen.nothing(0)));
  private long now;
  private int inUse;
  private int moves;

  /** Lets seconds pass in which each hub is asked once a second. */
  private void pass(int seconds, boolean firstAnswers, boolean secondAnswers, boolean isAbreast) {
    for (int i = 0; i < seconds; i++) {
      now += SECOND;
      look(0, firstAnswers, isAbreast);
      look(1, secondAnswers, isAbreast);
      int next = HubChoice.choose(inUse, seen, now);
      if (next != inUse) {
        moves++;
        if (HubChoice.isLost(seen.get(inUse), now)) {
          seen.set(inUse, seen.get(inUse).left());
        }
        inUse = next;
        seen.replaceAll(one -> one.compared(false));
      }
    }
  }

  private void look(int place, boolean answers, boolean isAbreast) {
    Seen before = seen.get(place);
    seen.set(place, answers ? before.answered(now).compared(isAbreast) : before.failed());
  }

  @Test
  void theFirstOneThatAnswersIsUsedAndNoneIsLeftForNothing() {
    pass(600, true, true, true);
    assertThat(inUse).isZero();
    assertThat(moves).isZero();
  }

  @Test
  void aHubThatDiesIsLeftWithinFiveSeconds() {
    pass(10, true, true, true);
    pass(5, false, true, false);
    assertThat(inUse).isEqualTo(1);
  }

  @Test
  void oneThatIsStartedAgainAtOnceIsNotLeft() {
    pass(10, true, true, true);
    pass(2, false, true, false);
    pass(60, true, true, true);
    assertThat(moves).isZero();
  }

  @Test
  void withBothAwayNobodyMovesAndTheOneThatComesBackFirstIsUsed() {
    pass(10, true, true, true);
    pass(60, false, false, false);
    assertThat(moves).isZero();
    pass(1, false, true, false);
    assertThat(inUse).isEqualTo(1);
  }

  @Test
  void itIsGoneBackToWhenItHasAnsweredForLongAndHasCaughtUp() {
    pass(10, true, true, true);
    pass(10, false, true, false);
    pass(29, true, true, true);
    assertThat(inUse).isEqualTo(1);
    pass(3, true, true, true);
    assertThat(inUse).isZero();
  }

  @Test
  void oneThatHasNotCaughtUpIsNotGoneBackTo() {
    pass(10, true, true, true);
    pass(10, false, true, false);
    pass(3_600, true, true, false);
    assertThat(inUse).isEqualTo(1);
  }

  @Test
  void oneThatHasNotCaughtUpIsUsedAllTheSameWhenItIsTheOnlyOne() {
    pass(10, true, true, true);
    pass(10, false, true, false);
    pass(10, true, true, false);
    pass(10, true, false, false);
    assertThat(inUse).isZero();
  }

  @Test
  void aHubThatComesAndGoesMovesNobodyToAndFro() {
    pass(10, true, true, true);
    for (int i = 0; i < 60; i++) {
      pass(10, false, true, false);
      pass(20, true, true, true);
    }
    assertThat(moves).isEqualTo(1);
  }

  @Test
  void theMoreOftenItWasLostTheLongerItHasToAnswer() {
    pass(10, true, true, true);
    for (int i = 0; i < 60; i++) {
      pass(10, false, true, false);
      pass(50, true, true, true);
    }
    assertThat(moves).isLessThanOrEqualTo(4);
  }

  @Test
  void aHubOfWhichNothingIsKnownIsNotMovedTo() {
    Seen lost = Seen.nothing(0).failed().failed();
    assertThat(HubChoice.choose(0, List.of(lost, Seen.nothing(0)), 5 * SECOND)).isZero();
  }
}
