package dev.jiggety.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Quorum;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What looks like trouble and is none, and what must not keep real trouble from being seen. */
class FalseAlarmTest {
  private final World world = new World(3);

  @Test
  void aNodeThatIsNewWasNotSilentBefore() {
    world.manager();
    world.minutes(30);
    world.nodes = 4;
    world.minutes(10);
    assertThat(world.all()).isEmpty();
    world.silent.add("n3");
    world.minutes(5);
    assertThat(world.all()).singleElement().extracting(Incident::subject).isEqualTo("n3");
  }

  @Test
  void nothingIsDecidedAsLongAsTheHubHasNotAnswered() {
    World.Manager manager = world.manager();
    world.minutes(5);
    world.isHubFrozen = true;
    world.minutes(3);
    assertThat(world.writes).isZero();
    world.thaw();
    world.batches.stream()
        .filter(it -> it.at().isAfter(World.START.plusSeconds(300)))
        .forEach(manager.desk::batch);
    world.minutes(10);
    assertThat(world.all()).isEmpty();
  }

  @Test
  void resultsThatComeAfterTheFirstHeartbeatsAreNotMissingWhenTheHubIsBack() {
    World.Manager manager = world.manager();
    world.minutes(5);
    world.isHubAway = true;
    world.connection(new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "gone"));
    world.minutes(10);
    world.isHubAway = false;
    world.silent.addAll(List.of("n0", "n1", "n2")); // their results wait behind others
    world.connection(new HubFeed.Connection.Connected());
    for (int i = 0; i < 6; i++) {
      world.statuses.keySet().forEach(world::heartbeat);
      world.pass(Duration.ofSeconds(10));
    }
    world.batches.stream()
        .filter(it -> it.at().isAfter(World.START.plusSeconds(300)))
        .forEach(manager.desk::batch);
    List.of("n0", "n1", "n2").forEach(world::back);
    world.minutes(10);
    assertThat(world.all()).isEmpty();
  }

  @Test
  void lateResultsOfAnHourDoNotTakeBackWhatTheNextOneMadeSure() {
    world.manager();
    world.minutes(5);
    world.silent.add("n1");
    world.pass(Duration.ofMinutes(64).plusSeconds(30)); // 11:09:30, the hour ends with 11:10
    world.down.addAll(List.of("n0", "n1", "n2"));
    world.minutes(20);
    assertThat(outage().isOpen()).isTrue();
    world.back("n1");
    world.minutes(5);
    assertThat(outage().isOpen()).isTrue();
    assertThat(outage().trail())
        .extracting(Incident.Entry::text)
        .noneMatch(text -> text.contains("never was"));
  }

  @Test
  void resultsOnTheirWayWhileATestIsEditedDoNotRewriteWhatWasDecided() {
    World.Manager manager = world.manager();
    world.minutes(3);
    world.down.addAll(List.of("n0", "n1"));
    world.minutes(4);
    world.down.clear();
    world.minutes(5);
    Incident before = outage();
    assertThat(before.isOpen()).isFalse();
    world.silent.add("n0");
    world.minutes(1);
    manager.desk.test(world.shop.toBuilder().quorum(new Quorum.AtLeast(3)).build());
    world.pass(Duration.ofSeconds(2));
    world.back("n0");
    world.minutes(5);
    assertThat(world.all()).containsExactly(before);
  }

  @Test
  void whatTheHubRefusesOfOneIncidentKeepsNoOtherOneFromBeingOpened() {
    World.Manager manager = world.manager();
    world.minutes(3);
    world.silent.add("n2");
    world.minutes(5);
    Incident node = world.all().getFirst();
    world.refused = incident -> incident.id().equals(node.id());
    world.say(new IncidentAct("1", node.id(), IncidentAct.Act.COMMENT, "ann", "I look", world.now));
    world.down.addAll(List.of("n0", "n1"));
    world.minutes(5);
    assertThat(outage().isOpen()).isTrue();
    assertThat(manager.troubles.get("the incident " + node.id())).contains("not that");
  }

  @Test
  void whatCannotBeFollowedIsFollowedLater() {
    world.followFailures = 1;
    World.Manager term = world.new Manager(1);
    try (IncidentWatch _ = IncidentWatch.start(world.sources(), term)) {
      await().until(() -> term.says.contains("0 tests"));
    }
  }

  private Incident outage() {
    return world.all().stream().filter(it -> it.kind() == Kind.DOWN).findFirst().orElseThrow();
  }
}
