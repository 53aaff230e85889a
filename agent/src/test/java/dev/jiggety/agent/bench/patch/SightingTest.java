package dev.jiggety.agent.bench.patch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SightingTest {
  @Test
  void whatAFarmPrintsIsReadAgain() {
    Sighting seen = new Sighting(1_770_000_000_123L, "light-0003", 7, "p1.2", "abc", true);
    Sighting begin = new Sighting(5, "light-0003", 0, "", "", false);
    assertThat(Sighting.of(seen.line())).contains(seen);
    assertThat(Sighting.of(begin.line())).contains(begin);
  }

  @Test
  void whatElseIsPrintedAndWhatAKillHasCutOffIsLeftOut() {
    String line = new Sighting(5, "n", 1, "p", "abc", true).line();
    assertThat(Sighting.of("farm of 5 nodes is up")).isEmpty();
    assertThat(Sighting.of(line.substring(0, line.length() - 2))).isEmpty();
  }
}
