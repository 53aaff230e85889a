package dev.jiggety.desktop.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.run.Tales;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeKeys;
import dev.jiggety.desktop.trial.TrialViewModel.Where;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRefusal;
import dev.jiggety.model.TrialRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrialViewModelTest {
  private final Bench bench = new Bench();
  private final TestDefinition home = Examples.test("home", "Home page");
  private TrialSubject subject = new TrialSubject.Ready(home);
  private TrialViewModel model;
  private Pin pin;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    open(Optional.empty());
  }

  private void open(Optional<Program> program) {
    model = new TrialViewModel(bench.desk, bench.session(), program, () -> subject, new Random(1));
    pin = model.activate();
    bench.settle();
  }

  private void ask(Where where, String... chosen) {
    model.whereProperty().set(where);
    model.chosen().setAll(chosen);
    model.run();
  }

  private TrialRequest asked() {
    return bench.hub.nodeTrials().asked().getLast();
  }

  private void answer(String node) {
    bench
        .hub
        .nodeTrials()
        .answer(
            new TrialAnswer(
                asked().id(),
                node,
                null,
                "",
                Tales.redirected(node, bench.clock.instant()),
                bench.clock.instant()));
  }

  private void refuse(String node, TrialRefusal why, String text) {
    bench
        .hub
        .nodeTrials()
        .answer(new TrialAnswer(asked().id(), node, why, text, null, bench.clock.instant()));
  }

  @Test
  void chosenNodesAreAskedForTheTestAsItStandsAndAnswerOneByOne() {
    ask(Where.CHOSEN, "oslo-1", "berlin-1");
    assertThat(asked().nodes()).containsExactly("berlin-1", "oslo-1");
    assertThat(asked().test()).isEqualTo(home);
    assertThat(asked().by()).isEqualTo("ada");
    answer("oslo-1");
    assertThat(model.runningProperty().get()).isTrue();
    assertThat(model.rows())
        .extracting(TrialRow::who, TrialRow::state)
        .containsExactly(
            tuple("berlin-1", TrialRow.State.WAITING), tuple("oslo-1", TrialRow.State.ANSWERED));
    answer("berlin-1");
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.stateProperty().get()).isEqualTo("2 of 2 answered");
    assertThat(bench.hub.nodeTrials().followers()).isZero();
  }

  @Test
  void everywhereMeansTheNodesThatWouldRunIt() {
    ask(Where.ALL);
    assertThat(asked().nodes()).isEmpty();
    assertThat(model.rows()).extracting(TrialRow::who).containsExactlyElementsOf(Examples.NODES);
  }

  @Test
  void aNodeThatSaysNothingIsNamedWithWhenItWasHeard() {
    ask(Where.CHOSEN, "oslo-1", "berlin-1");
    refuse("", null, "passed on");
    answer("oslo-1");
    bench.clock.pass(TrialViewModel.limit(home).plusSeconds(1));
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.rows().getFirst().state()).isEqualTo(TrialRow.State.SILENT);
    assertThat(model.rows().getFirst().text()).contains("no answer within", "last heard", "ago");
    assertThat(bench.hub.nodeTrials().followers()).isZero();
  }

  @Test
  void whatTheManagerOrANodeRefusesIsSaid() {
    ask(Where.CHOSEN, "oslo-1", "berlin-1");
    refuse("oslo-1", TrialRefusal.LACKING, "there is no secret shop");
    assertThat(model.rows().getLast().text()).isEqualTo("there is no secret shop");
    assertThat(model.runningProperty().get()).isTrue();
    refuse("", TrialRefusal.TOO_MANY, "10 trials within a minute");
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.problemProperty().get()).contains("10 trials within a minute");
    assertThat(model.rows()).allMatch(row -> row.state() == TrialRow.State.REFUSED);
  }

  @Test
  void aManagerThatSaysNothingIsWonderedAt() {
    ask(Where.CHOSEN, "oslo-1");
    assertThat(model.problemProperty().get()).isEmpty();
    bench.clock.pass(Duration.ofSeconds(6));
    assertThat(model.problemProperty().get()).contains("patch manager has not taken");
    answer("oslo-1");
    assertThat(model.problemProperty().get()).isEmpty();
  }

  @Test
  void aHubThatIsAwayIsSaidAndAnswersComeWhenItIsBack() {
    bench.hub.goAway();
    ask(Where.CHOSEN, "oslo-1");
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.problemProperty().get()).contains("connection refused");
    bench.hub.comeBack();
    ask(Where.CHOSEN, "oslo-1");
    bench.hub.goAway();
    assertThat(model.problemProperty().get()).contains("cannot be reached");
    answer("oslo-1");
    assertThat(model.runningProperty().get()).isTrue();
    bench.hub.comeBack();
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.rows().getFirst().state()).isEqualTo(TrialRow.State.ANSWERED);
  }

  @Test
  void cancellingWaitsForNobodyAndLateAnswersChangeNothing() {
    ask(Where.CHOSEN, "oslo-1");
    model.cancel();
    answer("oslo-1");
    assertThat(model.runningProperty().get()).isFalse();
    assertThat(model.rows().getFirst().state()).isEqualTo(TrialRow.State.GIVEN_UP);
    assertThat(bench.hub.nodeTrials().followers()).isZero();
  }

  @Test
  void whoLeavesWaitsForNobodyEither() {
    int timers = bench.clock.timers();
    ask(Where.CHOSEN, "oslo-1");
    pin.close();
    assertThat(bench.hub.nodeTrials().followers()).isZero();
    assertThat(bench.clock.timers()).isEqualTo(timers);
  }

  @Test
  void whatCannotBeRunIsSaidAndNobodyIsAsked() {
    ask(Where.CHOSEN);
    assertThat(model.problemProperty().get()).contains("No node is chosen");
    subject = new TrialSubject.NotYet("the address is missing");
    ask(Where.ALL);
    assertThat(model.problemProperty().get()).contains("the address is missing");
    subject = new TrialSubject.Ready(home);
    ask(Where.HERE);
    assertThat(model.problemProperty().get()).contains("not installed");
    bench.keyFiles.lose(FakeKeys.ADA);
    bench.keys.reload();
    ask(Where.ALL);
    assertThat(model.problemProperty().get()).contains("no key");
    assertThat(bench.hub.nodeTrials().asked()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // a script of a shell
  void itRunsHereByTheProgram(@TempDir Path folder) throws IOException {
    Path program = Scripts.answering(folder, Tales.redirected("here", bench.clock.instant()));
    pin.close();
    open(Optional.of(new Program(program)));
    ask(Where.HERE);
    assertThat(model.problemProperty().get()).isEmpty();
    assertThat(model.rows()).extracting(TrialRow::who).containsExactly("this computer");
    assertThat(model.rows().getFirst().run()).isNotNull();
    assertThat(Files.readString(folder.resolve("input"))).contains("id: home", "http:");
    assertThat(List.of(Files.readString(folder.resolve("arguments")).strip().split(" ")))
        .containsExactly("test", "run", "-", "--json");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // a script of a shell
  void whatTheProgramHasToComplainOfIsShown(@TempDir Path folder) throws IOException {
    pin.close();
    open(Optional.of(new Program(Scripts.failing(folder, "stdin:2:1: no such kind"))));
    ask(Where.HERE);
    assertThat(model.rows().getFirst().state()).isEqualTo(TrialRow.State.REFUSED);
    assertThat(model.rows().getFirst().text()).isEqualTo("stdin:2:1: no such kind");
    assertThat(bench.unexpected).isEmpty();
  }
}
