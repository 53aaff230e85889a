package dev.jiggety.agent.result.pack;

import static dev.jiggety.agent.result.pack.PackBed.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Point;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.rules.Packing;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
  private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant ELEVEN = TEN.plus(Duration.ofHours(1));
  private static final Instant AFTER = ELEVEN.plus(Packer.GRACE);
  private static final Instant NEXT_DAY = Instant.parse("2026-11-22T00:30:00Z");

  @TempDir Path folder;
  private PackBed bed;

  @BeforeEach
  void open() throws SQLException {
    bed = new PackBed(folder, TEN);
  }

  @AfterEach
  void close() throws SQLException {
    bed.close();
  }

  @Test
  void anHourIsPackedWhenItIsOverAndNotBefore() throws SQLException {
    bed.batch(run("home", TEN), run("cart", TEN), run("home", ELEVEN.minusMillis(1)));
    bed.batch(run("home", ELEVEN));
    bed.turn(AFTER.minusMillis(1));
    assertThat(bed.hours()).isEmpty();
    bed.turn(AFTER);
    assertThat(bed.hours()).extracting(Pack::test).containsExactly("cart", "home");
    assertThat(bed.hours().getLast().points())
        .extracting(Point::plannedAt)
        .containsExactly(TEN, ELEVEN.minusMillis(1));
    bed.turn(AFTER.plusSeconds(60));
    assertThat(bed.documents()).hasSize(2);
  }

  @Test
  void anHourOfWhichARunIsGoingOnIsNotOver() throws SQLException {
    bed.batch(run("home", TEN));
    bed.packer.turn(AFTER.plusSeconds(600), ELEVEN.minusSeconds(1));
    assertThat(bed.hours()).isEmpty();
    bed.batch(run("home", ELEVEN.minusSeconds(1)));
    bed.packer.turn(AFTER.plusSeconds(620), Instant.MAX);
    assertThat(bed.hours())
        .singleElement()
        .satisfies(pack -> {
          assertThat(pack.part()).isEqualTo(1);
          assertThat(pack.points()).hasSize(2);
        });
  }

  @Test
  void whatComesLateIsAPartOfItsOwnAndWhatRepeatsIsLeftOut() throws SQLException {
    bed.batch(run("home", TEN));
    bed.turn(AFTER);
    bed.batch(run("home", TEN), run("home", TEN.plusSeconds(60)));
    bed.turn(AFTER.plusSeconds(60));
    bed.batch(run("home", TEN), run("home", TEN.plusSeconds(60)));
    bed.turn(AFTER.plusSeconds(120));
    assertThat(bed.hours()).extracting(Pack::part).containsExactly(1, 2);
    assertThat(bed.hours().getLast().points())
        .extracting(Point::plannedAt)
        .containsExactly(TEN.plusSeconds(60));
  }

  @Test
  void skippedSlotsAreCountedWhereTheyWerePlannedAlsoOfTestsThatAreGone() throws SQLException {
    bed.skipped(
        new SkippedSlots(
            "gone",
            SkippedSlots.Why.MISSED,
            ELEVEN.minusSeconds(120),
            ELEVEN.plusSeconds(60),
            4,
            "the node was off"));
    bed.turn(AFTER.plus(Duration.ofHours(1)));
    assertThat(bed.hours())
        .extracting(pack -> pack.from() + " " + pack.summary().missed())
        .containsExactly(TEN + " 2", ELEVEN + " 2");
  }

  @Test
  void aDayIsRolledUpOnceItsHoursAreAndLatePartsFollow() throws SQLException {
    bed.batch(run("home", TEN), run("home", ELEVEN));
    bed.turn(NEXT_DAY.minus(Duration.ofMinutes(20)));
    assertThat(bed.days()).isEmpty();
    bed.turn(NEXT_DAY);
    assertThat(bed.days())
        .singleElement()
        .satisfies(day -> assertThat(day.summary().count()).isEqualTo(2));
    bed.batch(run("home", TEN.plusSeconds(1)));
    bed.turn(NEXT_DAY.plusSeconds(60));
    assertThat(bed.days()).extracting(day -> day.summary().count()).containsExactly(2L, 1L);
    bed.turn(NEXT_DAY.plusSeconds(120));
    assertThat(bed.days()).hasSize(2);
  }

  @Test
  void daysOffLineArePackedWhenTheNodeIsBackWithoutTheHub() throws SQLException {
    bed.isHubAway = true;
    for (int hour = 0; hour < 72; hour++) {
      bed.batch(run("home", TEN.plus(Duration.ofHours(hour))));
    }
    bed.turn(TEN.plus(Duration.ofDays(5)));
    assertThat(bed.hours()).hasSize(72);
    assertThat(bed.days()).hasSize(4);
  }

  @Test
  void packsThatTheHubHasGoAndWhatComesLaterStillKnowsOfThem() throws SQLException {
    bed.batch(run("home", TEN));
    bed.turn(NEXT_DAY);
    bed.hub.addAll(bed.documents());
    Instant later = NEXT_DAY.plus(Packer.KEEP).plus(Duration.ofDays(1));
    bed.packer.purge(Map.of("jiggety-archive-2026-11", 1L), later);
    assertThat(bed.documents()).as("the roll-up is not at the hub yet").hasSize(1);
    bed.packer.purge(Map.of("jiggety-archive-2026-11", 2L), later);
    assertThat(bed.documents()).isEmpty();

    bed.restart(later);
    bed.batch(run("home", TEN), run("home", TEN.plusSeconds(60)));
    bed.isHubAway = true;
    bed.turn(later);
    assertThat(bed.documents()).as("what the hub has cannot be told now").isEmpty();
    assertThat(bed.packer.waits(Instant.EPOCH, later)).isTrue();
    bed.isHubAway = false;
    bed.turn(later);
    assertThat(bed.hours())
        .singleElement()
        .satisfies(pack -> {
          assertThat(pack.part()).isEqualTo(2);
          assertThat(pack.points()).hasSize(1);
        });
    assertThat(bed.days())
        .singleElement()
        .satisfies(day -> {
          assertThat(day.part()).isEqualTo(2);
          assertThat(day.summary().count()).isEqualTo(1);
        });
    assertThat(bed.packer.waits(Instant.EPOCH, later)).isFalse();
  }

  @Test
  void aHubThatIsAwayIsAskedOnceATurnAndKeepsNothingElseWaiting() throws SQLException {
    bed.isHubAway = true;
    Instant old = TEN.minus(Duration.ofDays(5));
    for (int hour = 0; hour < 110; hour++) {
      Instant planned = old.plus(Duration.ofHours(hour));
      bed.batch(run("home", planned), run("cart", planned));
    }
    bed.batch(run("home", TEN));
    bed.turn(AFTER);
    assertThat(bed.asked).as("of hundreds of hours that are older than this node").isEqualTo(1);
    assertThat(bed.hours()).singleElement().extracting(Pack::from).isEqualTo(TEN);
    bed.turn(NEXT_DAY);
    assertThat(bed.days()).singleElement().extracting(Pack::test).isEqualTo("home");
    bed.isHubAway = false;
    bed.turn(NEXT_DAY);
    assertThat(bed.hours()).hasSize(221);
  }

  @Test
  void aPackAtTheHubThatCannotBeReadKeepsNothingElseWaiting() throws SQLException {
    Instant old = TEN.minus(Duration.ofDays(1));
    JsonObject later = new JsonObject();
    later.addProperty("_id", "pack:home:2026112010:berlin:1");
    later.addProperty("points", "////");
    bed.hub.add(later);
    bed.batch(run("home", old), run("home", old.plus(Duration.ofHours(1))), run("home", TEN));
    bed.turn(AFTER);
    assertThat(bed.hours())
        .extracting(Pack::from)
        .containsExactlyInAnyOrder(old.plus(Duration.ofHours(1)), TEN);
    assertThat(bed.packer.waits(old, ELEVEN)).as("it is kept").isTrue();
  }

  @Test
  void aClockThatWasAheadForAWhileMakesNoDifferenceAfterwards() throws SQLException {
    bed.batch(run("home", TEN));
    bed.turn(NEXT_DAY);
    Instant ahead = TEN.plus(Duration.ofDays(365));
    bed.batch(run("home", ahead));
    bed.turn(ahead.plus(Duration.ofDays(5)));
    bed.packer.purge(Map.of("jiggety-archive-2026-11", 9L), ahead.plus(Duration.ofDays(5)));
    assertThat(bed.documents()).allMatch(pack -> pack.toString().contains("202711"));

    bed.isHubAway = true;
    Instant back = NEXT_DAY.plus(Duration.ofDays(1));
    bed.batch(run("home", back));
    bed.turn(back.plus(Duration.ofHours(2)));
    assertThat(bed.hours()).as("needs no hub").extracting(Pack::from).contains(Packing.hour(back));
  }

  @Test
  void aClockThatGoesBackCountsNoRunTwice() throws SQLException {
    bed.batch(run("home", TEN));
    bed.turn(AFTER);
    bed.batch(run("home", TEN), run("home", TEN.plusSeconds(30)));
    bed.turn(TEN.plusSeconds(60));
    assertThat(bed.hours()).hasSize(1);
    bed.turn(AFTER);
    assertThat(bed.hours().stream().flatMap(pack -> pack.points().stream()))
        .extracting(Point::plannedAt)
        .containsExactly(TEN, TEN.plusSeconds(30));
  }

  @Test
  void theEndOfAMonthGoesIntoItsOwnArchive() throws SQLException {
    Instant end = Instant.parse("2026-11-30T23:59:59.999Z");
    bed.batch(run("home", end), run("home", end.plusMillis(1)));
    bed.turn(end.plus(Duration.ofDays(2)));
    assertThat(bed.databases.list()).contains("jiggety-archive-2026-11", "jiggety-archive-2026-12");
    assertThat(bed.days())
        .extracting(day -> day.from() + " " + day.summary().count())
        .containsExactlyInAnyOrder("2026-11-30T00:00:00Z 1", "2026-12-01T00:00:00Z 1");
  }

  @Test
  void batchesMayGoWhenTheyAreNoted() throws SQLException {
    bed.batch(run("home", TEN));
    assertThat(bed.packer.collectedUpTo("jiggety-live-2026w47")).isZero();
    bed.turn(TEN);
    assertThat(bed.packer.collectedUpTo("jiggety-live-2026w47")).isEqualTo(1);
  }

  @Test
  void whateverTheOrderOfBatchesThePackIsTheSame() throws SQLException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (PackBed other = new PackBed(folder.resolve("other" + i), TEN)) {
        for (int j = 0; j < 10; j++) {
          int number = i == 0 ? j : 9 - j;
          other.batch(run("home", TEN.plusSeconds(60L * number)));
          other.turn(TEN.plusSeconds(j));
        }
        other.turn(AFTER);
        ids.add(other.documents().toString());
      }
    }
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
  }
}
