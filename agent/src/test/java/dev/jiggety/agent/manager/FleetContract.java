package dev.jiggety.agent.manager;

import static dev.jiggety.agent.manager.Papers.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.testing.Samples;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What a fleet promises. Every test begins without nodes. */
public abstract class FleetContract {

  /** The fleet that is tested. */
  protected abstract Fleet fleet();

  /** A node says something. */
  protected abstract void say(NodeStatus node);

  @Test
  void nodesAreThoseThatSaidSomething() {
    Fleet fleet = fleet();
    assertThat(fleet.nodes()).isEmpty();
    say(Samples.node("n1", NOW));
    say(Samples.node("n2", NOW));
    say(Samples.node("n1", NOW.plusSeconds(2)));
    assertThat(fleet.nodes())
        .containsExactlyInAnyOrder(Samples.node("n1", NOW.plusSeconds(2)), Samples.node("n2", NOW));
  }

  @Test
  void whatNodesSayIsTold() throws Exception {
    Queue<NodeStatus> told = new ConcurrentLinkedQueue<>();
    try (var _ = fleet().follow(told::add)) {
      say(Samples.node("n1", NOW));
      await().untilAsserted(() -> assertThat(told).contains(Samples.node("n1", NOW)));
      say(Samples.node("n2", NOW.plusSeconds(1)));
      say(Samples.node("n1", NOW.plusSeconds(2)));
      await()
          .untilAsserted(() ->
              assertThat(told)
                  .contains(
                      Samples.node("n2", NOW.plusSeconds(1)),
                      Samples.node("n1", NOW.plusSeconds(2))));
    }
    say(Samples.node("n3", NOW));
    assertThat(fleet().nodes()).contains(Samples.node("n3", NOW));
    assertThat(told).as("it is closed").doesNotContain(Samples.node("n3", NOW));
  }
}
