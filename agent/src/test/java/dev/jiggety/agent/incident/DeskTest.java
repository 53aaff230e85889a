package dev.jiggety.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskTest {
  private final World world = new World(3);

  private Incident only() {
    assertThat(world.all()).hasSize(1);
    return world.all().getFirst();
  }

  @Test
  void anOutageIsOneIncidentFromItsFirstFailureToItsLast() {
    world.manager();
    world.minutes(5);
    assertThat(world.all()).isEmpty();
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(3);

    Incident open = only();
    assertThat(open.kind()).isEqualTo(Kind.DOWN);
    assertThat(open.subject()).isEqualTo("shop");
    assertThat(open.isOpen()).isTrue();
    assertThat(open.suppressed()).isNull();
    assertThat(open.epoch()).isEqualTo(1);
    assertThat(open.began()).isBetween(World.START.plusSeconds(300), World.START.plusSeconds(360));
    assertThat(open.text()).contains("Shop is down", "status was 503, expected 200");
    assertThat(open.witnesses())
        .filteredOn(it -> it.verdict() == Verdict.DOWN)
        .allSatisfy(it -> assertThat(it.batch()).startsWith("batch:"))
        .extracting(Incident.Witness::node)
        .contains("n0", "n1", "n2");

    world.down.clear();
    world.minutes(3);

    Incident over = only();
    assertThat(over.id()).isEqualTo(open.id());
    assertThat(over.ended()).isBetween(World.START.plusSeconds(480), World.START.plusSeconds(545));
    assertThat(over.resolved()).isNotNull();
    assertThat(world.events(over)).containsExactly("opened", "resolved");
  }

  @Test
  void oneNodeOfThreeIsNoIncident() {
    world.manager();
    world.down.add("n1");
    world.minutes(20);
    assertThat(world.all()).isEmpty();
  }

  @Test
  void aSecondManagerGoesOnWithoutADoubledOrLostIncident() {
    World.Manager first = world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(3);
    Incident open = only();
    world.kill(first);
    world.minutes(1);

    world.manager();
    world.minutes(10);
    assertThat(only()).isEqualTo(open);

    world.down.clear();
    world.minutes(3);
    assertThat(only().resolved()).isNotNull();
    assertThat(world.events(only())).containsExactly("opened", "resolved");
    assertThat(only().epoch()).isEqualTo(2);
  }

  @Test
  void whatBeganLongBeforeIsGoneOnWithAndResolvedByWordsAlone() {
    World.Manager first = world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(3);
    Incident open = only();
    world.kill(first);
    world.batches.clear(); // nothing of the time before can be read any more
    world.manager();
    world.pass(Duration.ofSeconds(10));
    assertThat(only()).isEqualTo(open);
    world.minutes(5);
    assertThat(only().isOpen()).isTrue();
    assertThat(only().began()).isEqualTo(open.began());
    world.down.clear();
    world.minutes(2);
    assertThat(only().isOpen()).isFalse();
  }

  @Test
  void whatWasOverWhileNobodyDecidedIsRecordedAndToldToNobody() {
    World.Manager first = world.manager();
    world.minutes(3);
    world.kill(first);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(3);
    world.down.clear();
    world.minutes(3);
    world.manager();
    world.minutes(1);

    assertThat(only().ended()).isNotNull();
    assertThat(only().suppressed())
        .isNotNull()
        .extracting(Suppression::reason)
        .isEqualTo(Suppression.Reason.TOO_LATE);
    assertThat(world.events(only())).containsExactly("opened", "suppressed", "resolved");
  }

  @Test
  void whoWakesUpAfterAnotherOneTookOverWritesNothing() {
    World.Manager first = world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.pass(Duration.ofSeconds(30));
    first.isFrozen = true;
    world.manager();
    world.minutes(3);
    Incident open = only();
    first.isOver = true;
    first.isFrozen = false;
    world.down.clear();
    world.minutes(3);
    assertThat(only().id()).isEqualTo(open.id());
    assertThat(only().trail()).extracting(Incident.Entry::by).containsOnly("manager:m2");
  }

  @Test
  void twoThatBothBelieveToBeActiveStillMakeOneIncident() {
    world.manager();
    world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(4);
    world.down.clear();
    world.minutes(4);
    assertThat(world.events(only())).containsExactly("opened", "resolved");
  }

  @Test
  void whatPeopleSayIsTakenInOnce() {
    World.Manager first = world.manager();
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(5);
    Incident open = only();
    Instant at = world.now;
    world.say(new IncidentAct("a1", open.id(), IncidentAct.Act.ACKNOWLEDGE, "ada", "I look", at));
    world.say(
        new IncidentAct(
            "a2", open.id(), IncidentAct.Act.COMMENT, "bob", "it is the cable", at.plusSeconds(1)));
    world.step();
    assertThat(only().acknowledged()).isEqualTo(new Incident.Acknowledgement("ada", at, "I look"));
    assertThat(world.events(only())).containsExactly("opened", "acknowledged", "comment");

    world.kill(first);
    world.manager();
    world.minutes(2);
    assertThat(world.events(only())).containsExactly("opened", "acknowledged", "comment");

    world.say(new IncidentAct("a3", open.id(), IncidentAct.Act.MUTE, "ada", "", at.plusSeconds(2)));
    world.say(
        new IncidentAct(
            "a4", open.id(), IncidentAct.Act.UNACKNOWLEDGE, "ada", "", at.plusSeconds(3)));
    world.minutes(1);
    assertThat(only().acknowledged()).isNull();
    assertThat(only().suppressed())
        .isEqualTo(new Suppression(Suppression.Reason.MUTED, "muted by ada"));
    world.down.clear();
    world.minutes(3);
    assertThat(only().resolved()).isNotNull();
    assertThat(only().suppressed()).isNotNull();
  }

  @Test
  void aHubThatIsAwayIsNoTroubleOfNodesAndNothingIsLost() {
    World.Manager manager = world.manager();
    world.minutes(5);
    world.isHubAway = true;
    world.connection(
        new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused"));
    assertThat(manager.troubles.get("the hub")).contains("connection refused");
    world.minutes(10);
    world.isHubAway = false;
    world.connection(new HubFeed.Connection.Connected());
    world.batches.stream()
        .filter(it -> it.at().isAfter(World.START.plusSeconds(300)))
        .forEach(manager.desk::batch);
    world.minutes(10);
    assertThat(world.all()).isEmpty();
    assertThat(manager.troubles).isEmpty();
  }

  @Test
  void aHubThatSaysNothingAndDoesNotAnswerIsAwayToo() {
    World.Manager manager = world.manager();
    world.minutes(5);
    world.isHubAway = true; // the connection stays
    world.minutes(10);
    assertThat(world.writes).isZero();
    world.isHubAway = false;
    world.batches.stream()
        .filter(it -> it.at().isAfter(World.START.plusSeconds(300)))
        .forEach(manager.desk::batch);
    world.minutes(10);
    assertThat(world.all()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsWrittenLater() {
    World.Manager manager = world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.pass(Duration.ofSeconds(30));
    world.isHubAway = true;
    for (int i = 0; i < 3; i++) {
      world.batches.clear();
      world.minutes(1);
    }
    world.isHubAway = false;
    world.minutes(3);
    assertThat(only().isOpen()).isTrue();
    assertThat(manager.troubles).isEmpty();
  }

  @Test
  void oneSilentNodeIsOneIncidentOfThatNode() {
    world.manager();
    world.minutes(3);
    world.silent.add("n2");
    world.minutes(10);
    assertThat(only().kind()).isEqualTo(Kind.NODE);
    assertThat(only().subject()).isEqualTo("n2");
    assertThat(only().isOpen()).isTrue();
    world.back("n2");
    world.minutes(10);
    assertThat(only().isOpen()).isFalse();
  }

  @Test
  void allNodesSilentWhileTheHubAnswersIsTrouble() {
    world.manager();
    world.minutes(3);
    world.silent.addAll(List.of("n0", "n1", "n2"));
    world.minutes(10);
    assertThat(world.all())
        .filteredOn(it -> it.kind() == Kind.NODE)
        .extracting(Incident::subject)
        .containsExactlyInAnyOrder("n0", "n1", "n2");
    assertThat(world.all())
        .filteredOn(it -> it.kind() == Kind.NO_DATA)
        .allSatisfy(it -> assertThat(it.suppressed()).isNotNull());
  }

  @Test
  void aNodeThatDeliversAnHourLaterCorrectsWhatWasDecided() {
    world.manager();
    world.minutes(5);
    world.silent.add("n1");
    world.minutes(5);
    world.down.addAll(List.of("n0", "n2", "n1"));
    world.minutes(10);
    world.down.clear();
    world.minutes(70);
    Incident before =
        world.all().stream().filter(it -> it.kind() == Kind.DOWN).findFirst().orElseThrow();
    assertThat(before.ended()).isNotNull();

    world.down.clear();
    world.back("n1");
    world.minutes(10);

    List<Incident> outages = world.all().stream().filter(it -> it.kind() == Kind.DOWN).toList();
    assertThat(outages).hasSize(1);
    assertThat(outages.getFirst().id()).isEqualTo(before.id());
    assertThat(outages.getFirst().trail().getLast().event()).isEqualTo("corrected");
  }

  @Test
  void lateResultsAreJudgedNoFurtherThanTheOthers() {
    world.minutes(10);
    world.silent.add("n2");
    world.minutes(5);
    world.manager();
    world.minutes(5);
    world.pass(Duration.ofSeconds(59));
    world.down.addAll(List.of("n0", "n1"));
    world.pass(Duration.ofSeconds(19));
    world.back("n2"); // what it kept is judged three seconds later, right after the second failure
    world.pass(Duration.ofSeconds(3));

    assertThat(world.all())
        .as("somebody may take it back at this very moment")
        .noneMatch(it -> it.kind() == Kind.DOWN);
    world.pass(Duration.ofSeconds(2));
    assertThat(world.all()).anyMatch(it -> it.kind() == Kind.DOWN && it.isOpen());
  }

  @Test
  void anOutageThatOnlyALateNodeSawIsRecordedAndToldToNobody() {
    World alone = new World(1);
    alone.manager();
    alone.minutes(5);
    alone.silent.add("n0");
    alone.minutes(20);
    alone.down.add("n0");
    alone.minutes(10);
    alone.down.clear();
    alone.minutes(60);
    alone.back("n0");
    alone.minutes(10);

    Incident found =
        alone.all().stream().filter(it -> it.kind() == Kind.DOWN).findFirst().orElseThrow();
    assertThat(found.ended()).isNotNull();
    assertThat(found.suppressed())
        .isNotNull()
        .extracting(Suppression::reason)
        .isEqualTo(Suppression.Reason.TOO_LATE);
    assertThat(Duration.between(found.began(), found.ended()))
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(12));
  }

  @Test
  void aTestThatIsTakenOutOfForceEndsItsIncident() {
    World.Manager manager = world.manager();
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(5);
    assertThat(only().isOpen()).isTrue();
    manager.desk.testGone("shop");
    world.minutes(1);
    assertThat(only().isOpen()).isFalse();
    assertThat(only().trail().getLast().text()).contains("not in force");
  }

  @Test
  void anEditedTestDoesNotRewriteWhatWasDecided() {
    World.Manager manager = world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1"));
    world.minutes(4);
    Incident open = only();
    manager.desk.test(world.shop.toBuilder().quorum(new Quorum.AtLeast(3)).build());
    world.minutes(3);
    assertThat(only().id()).isEqualTo(open.id());
    assertThat(only().began()).isEqualTo(open.began());
    assertThat(world.events(only())).doesNotContain("corrected");
  }

  @Test
  void anOutageDuringALongAbsenceOfTheHubIsFoundInWhatNodesKept() {
    World.Manager manager = world.manager();
    world.minutes(5);
    world.isHubAway = true;
    world.connection(new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "gone"));
    world.minutes(20);
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(10);
    world.down.clear();
    world.minutes(60);
    world.isHubAway = false;
    world.connection(new HubFeed.Connection.Connected());
    world.minutes(1);
    world.batches.stream()
        .filter(it -> it.at().isAfter(World.START.plusSeconds(300)))
        .forEach(manager.desk::batch);
    world.minutes(5);

    Incident found =
        world.all().stream().filter(it -> it.kind() == Kind.DOWN).findFirst().orElseThrow();
    assertThat(found.suppressed())
        .isNotNull()
        .extracting(Suppression::reason)
        .isEqualTo(Suppression.Reason.TOO_LATE);
    assertThat(Duration.between(found.began(), found.ended()))
        .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(12));
  }
}
