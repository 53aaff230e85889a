package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShellViewModelTest {
  private final Bench bench = new Bench();

  @Test
  void saysWhetherTheHubIsHeardAndHowOldOurKnowledgeIs() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    ShellViewModel model = new ShellViewModel(bench.desk, bench.session());
    model.activate();
    assertThat(model.stateProperty().get()).isEqualTo(ShellViewModel.State.CONNECTED);
    assertThat(model.statusProperty().get()).isEqualTo("Connected, live");
    assertThat(model.verdictsProperty().get()).isEqualTo("1 down · 1 degraded · 3 up");
    bench.clock.pass(Duration.ofSeconds(20));
    assertThat(model.statusProperty().get()).isEqualTo("Connected, last news 20 s ago");
    bench.hub.goAway();
    bench.clock.pass(Duration.ofSeconds(30));
    assertThat(model.stateProperty().get()).isEqualTo(ShellViewModel.State.AWAY);
    assertThat(model.statusProperty().get())
        .startsWith("Hub away since 10:00:20")
        .contains("knowledge is 50 s old", "connection refused");
    bench.clock.pass(Duration.ofHours(1));
    assertThat(model.verdictsProperty().get()).isEqualTo("0 down · 0 degraded · 0 up · 5 unknown");
    bench.hub.comeBack();
    bench.settle();
    assertThat(model.statusProperty().get()).isEqualTo("Connected, live");
  }
}
