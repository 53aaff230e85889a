package dev.jiggety.desktop.view.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.Credentials;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.program.Trial;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.FakeSteps;
import dev.jiggety.desktop.view.start.StartViewModel.Page;
import dev.jiggety.desktop.view.start.StartViewModel.State;
import dev.jiggety.desktop.view.start.StartViewModel.Step;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartViewModelTest implements StartViewModel.Chosen {
  private final Bench bench = new Bench();
  private final FakeSteps steps = new FakeSteps();
  private final List<String> chosen = new ArrayList<>();
  private Optional<Credentials> handedOver = Optional.empty();
  private final StartViewModel model = new StartViewModel(bench.desk, steps, this);

  @Override
  public void trial(Trial.Ready ready) {
    chosen.add("trial " + ready.hub() + " " + ready.operatorKey());
  }

  @Override
  public void hub(String url, Optional<Credentials> login) {
    chosen.add("hub " + url);
    handedOver = login;
  }

  @Override
  public void connect() {
    chosen.add("connect");
  }

  @Test
  void tryingItHereEndsAtTheHub() {
    model.tryHere();

    assertThat(chosen).containsExactly("trial http://127.0.0.1:7481/ operator.key");
    assertThat(model.busyProperty().get()).isFalse();
  }

  @Test
  void stagesAreSeenAsTheyAreReached() {
    steps.stages = List.of("hub", "databases");
    steps.failure = "port 7481 is taken";

    model.tryHere();

    assertThat(model.steps())
        .extracting(Step::state)
        .containsExactly(State.DONE, State.DONE, State.FAILED, State.WAITING, State.WAITING);
    assertThat(model.problemProperty().get()).contains("port 7481 is taken", "jiggety doctor");
    assertThat(chosen).isEmpty();
  }

  @Test
  void whereTheProgramIsNotItSaysHowToGetIt() {
    steps.program = false;

    model.tryHere();

    assertThat(model.problemProperty().get()).contains("Install the package jiggety");
    assertThat(model.busyProperty().get()).isFalse();
  }

  @Test
  void whatIsCancelledIsStoppedAndNeverGoneTo() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    Tasks later = new Tasks(waiting::add, Runnable::run);
    Desk desk =
        new Desk(later, bench.clock, bench.clock, ZoneOffset.UTC, bench.texts, bench, bench);
    StartViewModel slow = new StartViewModel(desk, steps, this);
    slow.tryHere();
    assertThat(slow.busyProperty().get()).isTrue();

    slow.cancel();
    waiting.forEach(Runnable::run);

    assertThat(steps.done).contains("stopped");
    assertThat(chosen).isEmpty();
    assertThat(slow.problemProperty().get()).contains("Nothing of it runs any more");
    assertThat(slow.pageProperty().get()).isEqualTo(Page.TRIAL);
  }

  @Test
  void aCouchIsLookedAtThenSetUpThenGoneTo() {
    model.couch();
    model.urlProperty().set("http://couch:5984");
    model.userProperty().set("root");
    model.passwordProperty().set("sesame");
    assertThat(model.mayProvisionProperty().get()).isFalse();

    model.look();
    assertThat(model.mayProvisionProperty().get()).isTrue();
    assertThat(model.readyProperty().get()).as("nothing is there yet").isFalse();

    model.provision();
    assertThat(steps.login).contains(Credentials.of("root", "sesame"));
    assertThat(model.steps())
        .extracting(Step::words)
        .contains("created jiggety-config", "the hub is ready: 1 made, 0 were there");

    model.go();
    assertThat(chosen).containsExactly("hub http://couch:5984");
    assertThat(handedOver).contains(Credentials.of("root", "sesame"));
    assertThat(model.passwordProperty().get()).isEmpty();
  }

  @Test
  void aCouchThatIsTooOldOrOfSomebodyElseIsLeftAlone() {
    model.couch();
    steps.found = new FirstSteps.Found("CouchDB", "2.3.1", true, false);
    model.look();
    assertThat(model.mayProvisionProperty().get()).isFalse();
    assertThat(model.problemProperty().get()).contains("2.3.1", "3.0");

    steps.found = new FirstSteps.Found("CouchDB", "3.4.2", false, false);
    model.look();
    assertThat(model.mayProvisionProperty().get()).isFalse();
    assertThat(model.problemProperty().get()).contains("administrator");
  }

  @Test
  void anotherAddressHasToBeLookedAtAnew() {
    model.couch();
    steps.found = new FirstSteps.Found("CouchDB", "3.5.0", true, true);
    model.look();
    assertThat(model.readyProperty().get()).isTrue();

    model.urlProperty().set("http://elsewhere:5984");

    assertThat(model.readyProperty().get()).isFalse();
    assertThat(model.mayProvisionProperty().get()).isFalse();
    assertThat(model.steps()).isEmpty();
  }

  @Test
  void aCouchThatDoesNotAnswerSaysWhatToLookAt() {
    model.couch();
    steps.failure = "connection refused";

    model.look();

    assertThat(model.problemProperty().get())
        .contains("connection refused", "does the CouchDB run");
    assertThat(model.steps()).extracting(Step::state).containsExactly(State.FAILED);
  }
}
