package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Head;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.rules.Heads.Acceptance;
import dev.jiggety.model.rules.Heads.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Heads.Terms TERMS = new Heads.Terms(DAY, Duration.ZERO);
  private static final Head FIRST = Heads.first("d0", 5, NOW, TERMS);
  private static final Head TRIAL = write(FIRST, stage("p1", List.of(1L), List.of(), "d0", "d1"));
  private static final Head ALL = write(TRIAL, promote("p1", 1));

  @Test
  void aRideFromTrialToConfirmation() {
    assertThat(TRIAL.release()).isZero();
    assertThat(Heads.wanted(TRIAL, "n1")).isEqualTo(FIRST.active());
    Head some = write(TRIAL, new HeadChange.Promote("p1", reach(1, "n1"), DAY));
    assertThat(Objects.requireNonNull(Heads.wanted(some, "n1")).digest()).isEqualTo("d1");
    assertThat(Objects.requireNonNull(Heads.wanted(some, "n2")).digest()).isEqualTo("d0");
    Head confirmed = write(some, new HeadChange.Complete("p1"));
    assertThat(Objects.requireNonNull(Heads.wanted(confirmed, "n2")).digest()).isEqualTo("d1");
    assertThat(confirmed.version()).isEqualTo(4);
    assertThat(confirmed.release()).isEqualTo(1);
  }

  @Test
  void turningBackIsANewReleaseWithTheOldContentAndNothingTheSecondTime() {
    Head back = write(ALL, new HeadChange.TurnBack("p1"));
    assertThat(back.release()).isEqualTo(2);
    assertThat(back.digest()).isEqualTo("d0");
    assertThat(next(back, new HeadChange.TurnBack("p1"))).isEqualTo(new Heads.AlreadySo(back));
    assertThat(next(FIRST, new HeadChange.TurnBack("p1"))).isEqualTo(new Heads.AlreadySo(FIRST));
  }

  @Test
  void whatMustNotBeIsRefusedForItsOwnReason() {
    HeadChange good = stage("p2", List.of(2L), List.of(), "d1", "d2");
    Head steady = write(ALL, new HeadChange.Complete("p1"));
    assertThat(why(Heads.next(steady, false, good, 4, NOW, TERMS))).isEqualTo(Refusal.FENCED);
    assertThat(why(Heads.next(steady, true, good, 5, NOW, TERMS))).isEqualTo(Refusal.CONFLICTING);
    assertThat(why(next(steady, new HeadChange.TakeOver()))).isEqualTo(Refusal.EPOCH_TAKEN);
    assertThat(why(next(ALL, good))).isEqualTo(Refusal.OTHER_RIDE);
    assertThat(why(next(steady, stage("p2", List.of(2L), List.of(), "d0", "d2"))))
        .isEqualTo(Refusal.OTHER_BASE);
    assertThat(why(next(steady, stage("p2", List.of(2L), List.of(), "d1", "d1"))))
        .isEqualTo(Refusal.NO_CHANGE);
    assertThat(why(next(steady, promote("p2", 1)))).isEqualTo(Refusal.OTHER_RIDE);
    assertThat(why(next(write(ALL, promote("p1", 3)), promote("p1", 2))))
        .isEqualTo(Refusal.WAVE_BACK);
    assertThat(why(next(TRIAL, new HeadChange.Complete("p1")))).isEqualTo(Refusal.OTHER_RIDE);
    assertThat(why(next(TRIAL, new HeadChange.Extend("p1", DAY)))).isEqualTo(Refusal.OTHER_RIDE);
  }

  @Test
  void noPlaceInTheLineIsLeftOutOrUsedTwice() {
    assertThat(why(next(FIRST, stage("p", List.of(2L), List.of(), "d0", "d1"))))
        .isEqualTo(Refusal.GAP);
    assertThat(why(next(FIRST, stage("p", List.of(), List.of(), "d0", "d1"))))
        .isEqualTo(Refusal.GAP);
    Head skipping = write(FIRST, stage("p", List.of(2L, 4L), List.of(1L, 3L), "d0", "d1"));
    assertThat(skipping.seq()).isEqualTo(4);
    assertThat(Heads.arrival(skipping, 4)).isEqualTo(Heads.Arrival.DUPLICATE);
    assertThat(Heads.arrival(skipping, 5)).isEqualTo(Heads.Arrival.NEXT);
    assertThat(Heads.arrival(skipping, 6)).isEqualTo(Heads.Arrival.EARLY);
    Head back = write(skipping, new HeadChange.TurnBack("p"));
    assertThat(why(next(back, stage("p", List.of(4L), List.of(), "d0", "d1"))))
        .isEqualTo(Refusal.GAP);
    HeadChange again =
        new HeadChange.Stage("q", List.of(4L), List.of(), true, "d0", "d1", new TreeSet<>());
    assertThat(write(back, again).seq()).isEqualTo(4);
    HeadChange smaller =
        new HeadChange.Stage("q", List.of(4L), List.of(2L), true, "d0", "d1", new TreeSet<>());
    assertThat(write(back, smaller).seq()).as("one that left was taken up before").isEqualTo(4);
  }

  @Test
  void otherCanariesAreToldOfACandidateThatStandsThereAlready() {
    HeadChange.Stage first = canary("n1");
    Head trial = write(FIRST, first);
    assertThat(next(trial, first)).isEqualTo(new Heads.AlreadySo(trial));
    Head other = write(trial, canary("n2"));
    assertThat(Objects.requireNonNull(other.reach()).nodes()).containsExactly("n2");
    assertThat(other.seq()).isEqualTo(trial.seq());
  }

  private static HeadChange.Stage canary(String node) {
    return new HeadChange.Stage(
        "p1", List.of(1L), List.of(), false, "d0", "d1", new TreeSet<>(List.of(node)));
  }

  @Test
  void nodesBelieveNewerHeadsOnlyAndSayWhyNot() {
    assertThat(Heads.accept(null, FIRST, NOW)).isEqualTo(Acceptance.ACCEPTED);
    assertThat(Heads.accept(FIRST, TRIAL, NOW)).isEqualTo(Acceptance.ACCEPTED);
    assertThat(Heads.accept(TRIAL, TRIAL, NOW)).isEqualTo(Acceptance.SAME);
    assertThat(Heads.accept(TRIAL, FIRST, NOW)).isEqualTo(Acceptance.LOWER_VERSION);
    assertThat(Heads.accept(null, FIRST, NOW.plus(DAY))).isEqualTo(Acceptance.EXPIRED);
    Head forged = Heads.first("evil", 5, NOW, TERMS);
    assertThat(Heads.accept(FIRST, forged, NOW)).isEqualTo(Acceptance.OTHER_CONTENT);
    assertThat(Heads.accept(ALL, like(FIRST, 9, 9, 5), NOW)).isEqualTo(Acceptance.LOWER_RELEASE);
    assertThat(Heads.accept(ALL, like(ALL, 9, 9, 4), NOW)).isEqualTo(Acceptance.LOWER_EPOCH);
    assertThat(Heads.accept(ALL, like(ALL, 9, 0, 5), NOW)).isEqualTo(Acceptance.LOWER_SEQ);
  }

  @Test
  void aHeadOfALaterStayAtAHubIsNewerWhateverItsNumbers() {
    long elsewhere = Heads.epochElsewhere(ALL.epoch());
    Head moved = like(FIRST, 1, 0, elsewhere);
    assertThat(Heads.accept(ALL, moved, NOW)).isEqualTo(Acceptance.ACCEPTED);
    assertThat(Heads.accept(moved, like(ALL, 99, 9, 5), NOW)).isEqualTo(Acceptance.LOWER_EPOCH);
    assertThat(Heads.accept(moved, like(FIRST, 2, 0, elsewhere + 1), NOW))
        .isEqualTo(Acceptance.ACCEPTED);
    assertThat(Heads.accept(like(FIRST, 2, 0, elsewhere + 1), moved, NOW))
        .isEqualTo(Acceptance.LOWER_VERSION);
    assertThat(Heads.epochElsewhere(elsewhere + 7)).isEqualTo(2 * elsewhere);
  }

  private static Head like(Head head, long version, long seq, long epoch) {
    return new Head(
        version,
        seq,
        epoch,
        head.active(),
        head.candidate(),
        head.previous(),
        head.phase(),
        head.reach(),
        head.confirmWithin(),
        head.expires(),
        head.reportWithin());
  }

  private static HeadChange stage(
      String ride, List<Long> seqs, List<Long> tombstones, String base, String digest) {
    return new HeadChange.Stage(ride, seqs, tombstones, false, base, digest, new TreeSet<>());
  }

  private static HeadChange promote(String ride, int wave) {
    return new HeadChange.Promote(ride, new Head.Reach(wave, true, new TreeSet<>()), DAY);
  }

  private static Head.Reach reach(int wave, String... nodes) {
    return new Head.Reach(wave, false, new TreeSet<>(List.of(nodes)));
  }

  private static Heads.Outcome next(Head head, HeadChange change) {
    return Heads.next(head, false, change, 5, NOW, TERMS);
  }

  private static Head write(Head head, HeadChange change) {
    return ((Heads.Write) next(head, change)).head();
  }

  private static Refusal why(Heads.Outcome outcome) {
    return ((Heads.Refused) outcome).why();
  }
}
