package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.testing.Bench;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkViewModelTest {
  private final Bench bench = new Bench();
  private final List<Runnable> background = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Tasks tasks = new Tasks(background::add, Runnable::run);
  private final WorkViewModel model =
      new WorkViewModel(
          new Desk(tasks, bench.clock, bench.clock, ZoneOffset.UTC, bench.texts, bench, bench));

  @Test
  void whatTakesLongIsNamedAndWhatIsDoneAtOnceIsNot() {
    Pin pin = model.activate();
    tasks.create(() -> 1).called("Reading the year").start();
    bench.clock.pass(Duration.ofMillis(250));
    assertThat(model.textProperty().get()).isEmpty();
    bench.clock.pass(Duration.ofMillis(500));
    assertThat(model.textProperty().get()).isEqualTo("Reading the year");
    assertThat(model.cancellableProperty().get()).isFalse();
    tasks.create(() -> 1).start();
    bench.clock.pass(Duration.ofSeconds(1));
    assertThat(model.textProperty().get()).isEqualTo("Reading the year and 1 more");
    background.getFirst().run();
    assertThat(model.textProperty().get()).isEqualTo("Working …");
    background.getLast().run();
    assertThat(model.textProperty().get()).isEmpty();
    assertThat(bench.clock.timers()).as("nothing ticks while nothing works").isZero();
    pin.close();
  }

  @Test
  void whatCanBeStoppedIsStoppedAndItsResultDropped() {
    Pin pin = model.activate();
    tasks
        .create(() -> 1)
        .called("Importing")
        .onCancel(() -> told.add("stopped"))
        .onSuccess(n -> told.add("done"))
        .onFinally(() -> told.add("end"))
        .start();
    bench.clock.pass(Duration.ofSeconds(1));
    assertThat(model.cancellableProperty().get()).isTrue();
    model.cancel();
    background.getFirst().run();
    assertThat(told).containsExactly("stopped", "end");
    assertThat(model.textProperty().get()).isEmpty();
    pin.close();
    assertThat(bench.clock.timers()).isZero();
  }
}
