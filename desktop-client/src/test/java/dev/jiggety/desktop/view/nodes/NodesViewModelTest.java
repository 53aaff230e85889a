package dev.jiggety.desktop.view.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodesViewModelTest {
  private final Bench bench = new Bench();

  @Test
  void agesTickAndSilentNodesAreMarked() {
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    bench.hub.report(Examples.node("dublin-1", bench.clock.instant()));
    NodesViewModel model = new NodesViewModel(bench.desk, bench.session());
    model.activate();
    assertThat(model.summaryProperty().get()).isEqualTo("2 nodes");
    var row = model.rows().getFirst();
    var before = row.state().now();
    bench.clock.pass(Duration.ofSeconds(60));
    assertThat(row.state().now()).isAfter(before.plusSeconds(50));
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    bench.clock.pass(Duration.ofSeconds(60));
    assertThat(model.rows()).hasSize(2);
    assertThat(model.summaryProperty().get()).isEqualTo("2 nodes, 1 silent");
  }
}
