package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.Ids;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DutyTest {
  private static final Logger LOGGER = Logger.getLogger("dev.jiggety.agent.manager");

  private final ManagerWorld world = new ManagerWorld(5);
  private final SimManager one = world.managers.getFirst();
  private final SimManager other = world.managers.getLast();

  @BeforeAll
  static void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOGGER.setLevel(null);
  }

  private boolean isActive(SimManager manager) {
    return manager.duty.status().stand() == ManagerStatus.Stand.ACTIVE;
  }

  /** The active one is not heard of; how long it takes until the other one is active. */
  private Duration relieve(SimManager active, SimManager passive) {
    Instant since = world.now;
    world.queue.silent(active);
    for (int i = 0; i < 100 && !isActive(passive); i++) {
      world.turn();
    }
    assertThat(isActive(passive)).isTrue();
    assertThat(isActive(active)).isFalse();
    return Duration.between(since, world.now);
  }

  @Test
  void whoseTurnComesAgainTakesOverAtOnce() {
    for (int i = 0; i < 20; i++) {
      world.turn();
    }
    assertThat(isActive(one)).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(relieve(one, other)).isLessThan(Duration.ofSeconds(1));
      assertThat(relieve(other, one)).isLessThan(Duration.ofSeconds(1));
    }
    assertThat(world.head().epoch()).isEqualTo(7);
  }

  /** As when a manager that stood still writes what it had begun. */
  @Test
  @Timeout(60)
  void aTermThatIsInDoubtWritesNothingMoreAndOneFollows() {
    for (int i = 0; i < 20; i++) {
      world.turn();
    }
    world.submit();
    world.submit();
    while (baking().isEmpty()) {
      world.turn();
    }
    String id = baking().orElseThrow().id();
    long before = world.head().epoch();
    world.hub.again(world.hub.patches, Ids.rollout(id));
    while (!world.rollout(id).state().isTerminal()) {
      world.turn(); // the hub of this world sees that no record goes back
    }
    assertThat(isActive(one)).as("it was not fenced off by itself").isTrue();
    assertThat(world.head().epoch()).isEqualTo(before + 1);
  }

  private Optional<Rollout> baking() {
    return world.rollouts().values().stream()
        .filter(rollout -> rollout.state() == RolloutState.BAKING)
        .findAny();
  }

  private void turns(int count) {
    for (int i = 0; i < count; i++) {
      world.turn();
    }
  }

  @Test
  void companionGoesWithTheActiveOneAlone() {
    turns(20);
    Companion.Turn first = one.turn;
    assertThat(first).isNotNull();
    assertThat(first.epoch()).isEqualTo(one.duty.status().epoch());
    assertThat(other.turn).isNull();

    relieve(one, other);

    assertThat(first.isOver()).isTrue();
    turns(20);
    assertThat(one.turn).isNull();
    assertThat(other.turn).isNotNull();
    assertThat(other.turn.epoch()).isGreaterThan(first.epoch());
    assertThat(other.duty.status().works())
        .containsExactly(new ManagerStatus.Work("watching", true, ""));
    assertThat(one.duty.status().works())
        .containsExactly(new ManagerStatus.Work("watching", false, ""));
  }

  @Test
  void companionThatDoesNotBeginIsBegunAgainWhilePatchesGoOn() {
    one.refusals = 3;
    turns(20);
    assertThat(isActive(one)).isTrue();
    assertThat(one.turn).isNull();
    assertThat(one.duty.status().troubles()).containsExactly("watching cannot go on: no room");

    for (int i = 0; i < 400 && one.turn == null; i++) {
      world.turn();
    }
    turns(5);

    assertThat(one.begins).isEqualTo(4);
    assertThat(one.turn).isNotNull();
    assertThat(one.duty.status().troubles()).isEmpty();
  }

  @Test
  void companionThatFailsIsClosedAndBegunAgain() {
    turns(20);
    Companion.Turn first = one.turn;
    assertThat(first).isNotNull();
    first.trouble("results", "results are late");
    turns(5);
    assertThat(one.duty.status().troubles()).containsExactly("results are late");

    first.failed("the feed is gone");
    first.failed("once is enough");
    assertThat(first.isOver()).isTrue();
    turns(3);
    assertThat(one.turn).isNull();
    assertThat(one.duty.status().troubles())
        .containsExactly("watching cannot go on: the feed is gone");

    for (int i = 0; i < 100 && one.turn == null; i++) {
      world.turn();
    }
    turns(5);
    assertThat(one.turn).isNotNull().isNotSameAs(first);
    assertThat(one.turn.epoch()).isEqualTo(first.epoch());
    assertThat(one.begins).isEqualTo(2);
    assertThat(one.duty.status().troubles()).isEmpty();
  }

  @Test
  void companionSaysHowItIsGettingOnUntilTheTurnIsOver() {
    turns(20);
    Companion.Turn turn = one.turn;
    assertThat(turn).isNotNull();
    turn.says("3 tests, none open");
    turns(5);
    assertThat(one.duty.status().works())
        .containsExactly(new ManagerStatus.Work("watching", true, "3 tests, none open"));

    relieve(one, other);
    turn.says("what nobody wants to know any more");
    turn.trouble("results", "neither");
    turns(20);

    assertThat(one.duty.status().works())
        .containsExactly(new ManagerStatus.Work("watching", false, ""));
    assertThat(one.duty.status().troubles()).isEmpty();
  }

  @Test
  void companionOutlivesDoubtAboutWhatIsKnown() {
    turns(20);
    while (!world.hub.patches.containsKey(Ids.line())) {
      world.submit();
      turns(40);
    }
    Companion.Turn turn = one.turn;
    SimHub.Revision line = world.hub.patches.get(Ids.line());
    line.document().addProperty("touched", "by somebody else");
    world.hub.put(world.hub.patches, line.document(), line.number());

    int patches = world.patches.size();
    world.submit();
    turns(100);

    assertThat(world.rollout("p" + patches)).isNotNull();
    assertThat(isActive(one)).isTrue();
    assertThat(one.turn).isSameAs(turn);
    assertThat(one.begins).isEqualTo(1);
  }
}
