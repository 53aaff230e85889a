package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Generation;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Placement;
import dev.jiggety.model.SlotReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RosterTest {
  private static final Instant NOW = Papers.NOW;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Roster roster = new Roster();

  private static NodeStatus node(
      String name, Instant heartbeat, @Nullable Duration offset, @Nullable SlotReport slots) {
    return new NodeStatus(
        name,
        new TreeSet<>(List.of("of-" + name)),
        "",
        Instant.EPOCH,
        heartbeat,
        0,
        0,
        0,
        null,
        offset,
        null,
        slots);
  }

  private static NodeStatus node(String name, Instant heartbeat) {
    return node(name, heartbeat, Duration.ZERO, null);
  }

  private static SlotReport report(String name, long number, String digest) {
    return new SlotReport(
        name,
        number,
        new Generation("", 1, digest),
        null,
        SlotReport.Stage.NONE,
        null,
        0,
        List.of(),
        SlotReport.Health.GOOD);
  }

  @Test
  void whoWasHeardOfLatelyTakesPart() {
    roster.all(
        List.of(
            node("now", NOW),
            node("late", NOW.minus(Roster.PRESENT)),
            node("silent", NOW.minus(Roster.PRESENT).minusMillis(1)),
            node("forgotten", NOW.minus(Duration.ofDays(8)))),
        NOW);
    assertThat(roster.present("d", NOW)).containsExactly("late", "now");
    assertThat(roster.absent(NOW)).as("one is not expected any more").isEqualTo(1);
    assertThat(roster.size()).isEqualTo(4);
  }

  @Test
  void aClockThatIsWrongMakesNobodySilent() {
    roster.all(
        List.of(
            node("slow", NOW.minus(HOUR), HOUR, null),
            node("fast", NOW.plus(HOUR), HOUR.negated(), null),
            node("dead", NOW.plus(HOUR).minusSeconds(50), HOUR.negated(), null)),
        NOW);
    assertThat(roster.present("d", NOW)).containsExactly("fast", "slow");
  }

  @Test
  void whoSaysItselfThatItIsThereIsThereWhateverItsClockSays() {
    roster.heard(List.of(node("n1", NOW.minus(Duration.ofDays(400)), null, null)), NOW);
    assertThat(roster.present("d", NOW)).containsExactly("n1");
  }

  @Test
  void whatIsToldTwiceIsNoNewSignOfLife() {
    NodeStatus said = node("n1", NOW);
    roster.heard(List.of(said), NOW);
    roster.heard(List.of(said), NOW.plusSeconds(60));
    assertThat(roster.present("d", NOW.plusSeconds(60))).isEmpty();
    roster.heard(List.of(node("n1", NOW.plusSeconds(15))), NOW.plusSeconds(60));
    assertThat(roster.present("d", NOW.plusSeconds(60))).containsExactly("n1");
  }

  @Test
  void whoIsTakenOutOfServiceIsNamedOnce() {
    roster.all(List.of(node("n1", NOW), node("n2", NOW)), NOW);
    assertThat(roster.all(List.of(node("n2", NOW)), NOW)).containsExactly("n1");
    assertThat(roster.all(List.of(node("n2", NOW)), NOW)).isEmpty();
    assertThat(roster.present("d", NOW)).containsExactly("n2");
  }

  @Test
  void whoIsAstrayIsLeftOutUntilItRunsWhatIsInForce() {
    roster.heard(List.of(node("n1", NOW, null, report("n1", 1, "bad"))), NOW);
    roster.quarantine(List.of("n1", "gone"));
    assertThat(roster.present("good", NOW)).isEmpty();
    roster.heard(List.of(node("n1", NOW.plusMillis(1), null, report("n1", 2, "good"))), NOW);
    assertThat(roster.present("good", NOW)).containsExactly("n1");
    roster.heard(List.of(node("n1", NOW.plusMillis(2), null, report("n1", 3, "bad"))), NOW);
    assertThat(roster.present("good", NOW)).as("that is over").containsExactly("n1");
  }

  @Test
  void ofEachNodeTheLastReportIsToldOnce() {
    SlotReport last = report("n1", 2, "d");
    roster.heard(List.of(node("n1", NOW, null, report("n1", 1, "d"))), NOW);
    roster.heard(List.of(node("n1", NOW.plusMillis(1), null, last)), NOW);
    roster.heard(List.of(node("n2", NOW)), NOW);
    assertThat(roster.takeReports()).containsExactly(last);
    roster.heard(List.of(node("n1", NOW.plusMillis(2), null, last)), NOW);
    assertThat(roster.takeReports()).as("nothing new").isEmpty();
  }

  @Test
  void canariesAreThoseThatRunWhatIsChanged() {
    roster.heard(List.of(node("n1", NOW), node("n2", NOW), node("n3", NOW)), NOW);
    Placement byTag = new Placement(new TreeSet<>(List.of("of-n2")), new TreeSet<>());
    Placement byName = new Placement(new TreeSet<>(), new TreeSet<>(List.of("n3", "n9")));
    assertThat(roster.running(List.of(byTag, byName), List.of("n1", "n2", "n3", "n9")))
        .containsExactly("n2", "n3");
    assertThat(roster.running(List.of(Placement.EVERYWHERE), List.of("n1", "n9")))
        .as("of those that are known")
        .containsExactly("n1");
    assertThat(roster.running(List.of(), List.of("n1"))).isEmpty();
  }
}
