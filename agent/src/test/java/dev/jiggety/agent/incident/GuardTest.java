package dev.jiggety.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardTest {
  private static final Logger LOGGER = Logger.getLogger(Faults.class.getName());

  @BeforeAll
  static void quiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOGGER.setLevel(null);
  }

  @Test
  void whatFailsIsNamedAndKeepsNobodyWaiting() {
    World.Manager manager = new World(1).manager();
    Faults faults = new Faults(manager);
    List<String> done = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      faults.guard(
          "the test a",
          () -> {
            throw new IllegalStateException("no sense in it");
          });
      faults.guard("the test b", () -> done.add("b"));
    }
    assertThat(done).containsExactly("b", "b");
    assertThat(manager.troubles)
        .containsEntry("the test a", "the test a cannot be judged: no sense in it");

    faults.guard("the test a", () -> done.add("a"));
    assertThat(manager.troubles).isEmpty();
  }

  @Test
  void aHubThatIsAwayIsNoFaultOfATest() {
    World.Manager manager = new World(1).manager();
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() ->
            new Faults(manager)
                .guard(
                    "the test a",
                    () -> {
                      throw new HubException(HubException.Kind.UNAVAILABLE, "away");
                    }));
    assertThat(manager.troubles).isEmpty();
  }
}
