package dev.jiggety.agent.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.rules.incident.Episode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTrialTest {
  private static final int TESTS = 12;

  private final World world = new World(TESTS, 5, 4, 11);

  @Test
  void whatTheBenchLeavesOutChangesNoIncident() {
    TestTrial trial = new TestTrial(world);
    List<Episode> some = new ArrayList<>();
    List<Episode> all = new ArrayList<>();
    for (int test = 0; test < TESTS; test++) {
      some.addAll(trial.judge(test, false, new Tally()));
      all.addAll(trial.judge(test, true, new Tally()));
    }

    assertThat(some).as("there is something to judge").hasSizeGreaterThan(3);
    assertThat(spans(some)).isEqualTo(spans(all));
  }

  @Test
  void theSameSeedGivesTheSameReport() {
    var one = VerdictsBench.run(3, 4, 3, 5).report().toJson().get("figures");
    assertThat(VerdictsBench.run(3, 4, 3, 5).report().toJson().get("figures")).isEqualTo(one);
    assertThat(VerdictsBench.run(3, 4, 3, 6).report().toJson().get("figures")).isNotEqualTo(one);
  }

  private static List<String> spans(List<Episode> episodes) {
    return episodes.stream()
        .filter(episode -> episode.kind() != Kind.NO_DATA)
        .map(e -> e.kind() + " " + e.subject() + " " + e.began() + " " + e.ended())
        .toList();
  }
}
