package dev.jiggety.agent.bench.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final List<String> PARTS = List.of("hub", "manager");
  private static final List<String> LINES = List.of("manager→hub");

  @Test
  void oneSeedMakesTheSameFaults() {
    assertThat(faults(7)).isEqualTo(faults(7));
    assertThat(faults(7)).isNotEqualTo(faults(8));
  }

  @Test
  void everythingCanHappenToEverything() {
    assertThat(
            faults(1).stream().map(it -> it.kind() + " " + it.place()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "KILL hub",
            "FREEZE hub",
            "KILL manager",
            "FREEZE manager",
            "CUT manager→hub",
            "SILENCE manager→hub");
  }

  private static List<Fault> faults(long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> Fault.next(random, PARTS, LINES)).limit(200).toList();
  }
}
