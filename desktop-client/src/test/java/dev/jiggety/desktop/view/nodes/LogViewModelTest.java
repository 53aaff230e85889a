package dev.jiggety.desktop.view.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Enrolments;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.Parts;
import dev.jiggety.model.LogExcerpt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogViewModelTest {
  private final Bench bench = new Bench();
  private final LogViewModel model = new LogViewModel(bench.desk, bench.session());
  private final Part oslo =
      Part.of(Examples.node("oslo-1", bench.clock.instant()), bench.clock.instant());

  @Test
  void followsTheOneThatIsChosenAndIsBounded() {
    bench.hub.logs().report(Enrolments.log("oslo-1", bench.clock.instant(), 1_000));
    try (var _ = model.activate()) {
      model.of(oslo);
      assertThat(model.lines()).as("nobody looks").isEmpty();
      model.openProperty().set(true);
      assertThat(model.titleProperty().get()).isEqualTo("Log of oslo-1");
      assertThat(model.lines()).hasSize(LogViewModel.MOST);
      assertThat(model.lines().getLast().text()).startsWith("line 1:");
      bench.clock.pass(Duration.ofSeconds(30));
      assertThat(model.ageProperty().get()).isEqualTo("written 30 s ago");
      bench.hub.logs().report(Enrolments.log("oslo-1", bench.clock.instant(), 2));
      bench.clock.pass(LogViewModel.OFTEN.plusSeconds(1));
      assertThat(model.lines()).hasSize(2);
      model.followProperty().set(false);
      bench.hub.logs().report(Enrolments.log("oslo-1", bench.clock.instant(), 5));
      bench.clock.pass(LogViewModel.OFTEN.plusSeconds(1));
      assertThat(model.lines()).as("not followed").hasSize(2);
      model.refresh();
      assertThat(model.lines()).hasSize(5);
      bench.hub.goAway();
      model.refresh();
      assertThat(model.ageProperty().get()).contains("connection refused");
      assertThat(model.lines()).as("what is known stays").hasSize(5);
    }
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void aManagerIsNotTheNodeOfItsNameAndAHubHasNoLinesHere() {
    Part manager = Part.of(Parts.manager(bench.clock.instant()), bench.clock.instant());
    bench.hub.logs().report(Enrolments.log(manager.name(), bench.clock.instant(), 3));
    bench
        .hub
        .logs()
        .report(Enrolments.log(LogExcerpt.manager(manager.name()), bench.clock.instant(), 7));
    model.openProperty().set(true);
    model.of(manager);
    assertThat(model.lines()).hasSize(7);
    model.of(Part.of(Parts.hub(bench.clock.instant()), bench.clock.instant()));
    assertThat(model.lines()).isEmpty();
    assertThat(model.titleProperty().get()).contains("journalctl");
    model.of(oslo);
    assertThat(model.ageProperty().get()).contains("no lines yet");
    model.of(null);
    assertThat(model.titleProperty().get()).contains("Choose a node");
  }
}
