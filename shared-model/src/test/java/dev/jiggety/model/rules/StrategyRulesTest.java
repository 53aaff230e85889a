package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Change;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Share;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StrategyRulesTest {

  @Test
  void thePresetsAreRight() {
    assertThat(Strategy.PRESETS)
        .allSatisfy(strategy -> assertThat(StrategyRules.problems(strategy)).isEmpty());
    assertThat(Strategy.preset("swift")).contains(Strategy.SWIFT);
  }

  @Test
  void whatIsWrongIsSaidInItsPlace() {
    Strategy wrong =
        new Strategy(
            "Night!",
            new Share.Nodes(0),
            List.of(new Strategy.Wave(new Share.Percent(50), Duration.ofSeconds(-1))),
            new Share.Percent(101),
            -1,
            Duration.ofHours(1),
            false,
            Strategy.Deadlines.SHORT,
            new Strategy.Thresholds(-1, 100, 0, Duration.ZERO, 0));
    assertThat(StrategyRules.problems(wrong))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "name",
            "canaries",
            "ready.percent",
            "waves[0].bake",
            "waves[0].percent",
            "minimumSample",
            "enoughAfter",
            "thresholds.nodes",
            "thresholds.percent",
            "thresholds.confirmations",
            "thresholds.attempts",
            "thresholds.lateness");
    Patch good = RolloutFixture.patch("p1", "shop");
    assertThat(PatchRules.problems(good)).isEmpty();
    assertThat(PatchRules.problems(with(good, "settings"))).as("the one without a colon").isEmpty();
    assertThat(PatchRules.problems(with(good, "head")))
        .extracting(Problem::place)
        .containsExactly("changes[0]");
    Patch bad =
        new Patch(
            "P 1",
            " ",
            good.created(),
            "x".repeat(4001),
            new StrategyChoice.Own(wrong),
            good.created(),
            List.of(good.changes().getFirst(), good.changes().getFirst()));
    assertThat(PatchRules.problems(bad))
        .extracting(Problem::place)
        .contains("id", "author", "comment", "expires", "changes[1]", "strategy.canaries");
  }

  private static Patch with(Patch patch, String target) {
    return new Patch(
        patch.id(),
        patch.author(),
        patch.created(),
        patch.comment(),
        patch.strategy(),
        patch.expires(),
        List.of(new Change.Delete(target, "x")));
  }

  @Test
  void wavesTakeEveryNodeOnceAndAtLeastOneEach() {
    for (int count : List.of(1, 2, 3, 10, 97)) {
      TreeSet<String> nodes = new TreeSet<>(RolloutFixture.names(count));
      Waves.Members members = Waves.freeze(Strategy.WAVES, "p1", nodes, List.of("n0"));
      assertThat(members.waves().stream().flatMap(Collection::stream)).hasSize(count);
      assertThat(members.waves()).allSatisfy(wave -> assertThat(wave).isNotEmpty());
      assertThat(members.canaries()).as("runs a changed test").contains("n0");
      assertThat(members.waves().getFirst()).containsAll(members.canaries());
    }
  }
}
