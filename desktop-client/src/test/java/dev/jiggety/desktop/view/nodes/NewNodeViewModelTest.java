package dev.jiggety.desktop.view.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeKeys;
import dev.jiggety.desktop.view.nodes.NewNodeViewModel.Stage;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Invitation;
import dev.jiggety.model.rules.EnrolmentRules;
import dev.jiggety.signing.MachinePassword;
import dev.jiggety.signing.Token;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NewNodeViewModelTest {
  private final Bench bench = new Bench();

  @Test
  void fromTheInvitationToTheFirstResult() {
    bench.hub.put(Examples.test("home", "Home page", "shop"));
    NewNodeViewModel model = open();
    model.tagsProperty().set("eu, prod");
    model.nameProperty().set("paris");
    model.invite();
    assertThat(model.stageProperty().get()).isEqualTo(Stage.ASKED);
    Invitation invitation = bench.hub.enrolment().invited();
    assertThat(invitation.tags()).containsExactly("eu", "prod");
    assertThat(invitation.name()).isEqualTo("paris");
    assertThat(invitation.by()).isEqualTo("ada");
    assertThat(EnrolmentRules.problem(invitation, bench.clock.instant())).isEmpty();
    assertThat(model.commandProperty().get()).as("nothing can be run yet").isEmpty();

    answer(Admission.State.OPEN, "", "");
    assertThat(model.stageProperty().get()).isEqualTo(Stage.OPEN);
    String command = model.commandProperty().get();
    assertThat(command).startsWith("jiggety enroll join http://127.0.0.1:5984 jiggety1.");
    Token token = Token.parse(command.substring(command.lastIndexOf(' ')));
    assertThat(token.invitation()).isEqualTo(invitation.id());
    assertThat(MachinePassword.fits(token.secret(), invitation.account())).isTrue();
    assertThat(model.validityProperty().get()).contains("60 min");

    answer(Admission.State.ADMITTED, "paris", "");
    assertThat(model.stageProperty().get()).isEqualTo(Stage.JOINED);
    assertThat(model.commandProperty().get()).as("the token is used up").isEmpty();
    assertThat(model.progressProperty().get()).contains("jiggety node");
    bench.hub.report(Examples.node("paris", bench.clock.instant()));
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(model.progressProperty().get()).contains("paris is there and has 6 tests");
    bench.hub.results(
        Examples.batch(
            "paris",
            1,
            Examples.run("home", "paris", bench.clock.instant(), Duration.ofMillis(42))));
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(model.stageProperty().get()).isEqualTo(Stage.RUNS);
    assertThat(model.progressProperty().get()).contains("paris tests: Home page took 42");
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void anOldResultOfThatNameIsNotTheFirstOne() {
    bench.hub.put(Examples.test("home", "Home page", "shop"));
    bench.hub.results(
        Examples.batch(
            "paris",
            1,
            Examples.run("home", "paris", bench.clock.instant(), Duration.ofMillis(42))));
    bench.clock.pass(Duration.ofSeconds(5));
    NewNodeViewModel model = open();
    model.invite();
    answer(Admission.State.ADMITTED, "paris", "");
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(model.stageProperty().get()).isEqualTo(Stage.JOINED);
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsHandedIn() {
    NewNodeViewModel model = open();
    model.nameProperty().set("No Name");
    model.invite();
    assertThat(model.problemProperty().get()).contains("cannot be a node's name");
    model.nameProperty().set("");
    model.placeProperty().set("http://");
    model.invite();
    assertThat(model.problemProperty().get()).isNotBlank();
    model.placeProperty().set("hub.example");
    bench.keyFiles.lose(FakeKeys.ADA);
    bench.keys.reload();
    model.invite();
    assertThat(model.problemProperty().get()).contains("no key to sign with");
    assertThat(model.stageProperty().get()).isEqualTo(Stage.FORM);
    assertThat(bench.hub.enrolment().invitations()).isEmpty();
  }

  @Test
  void failuresAreTold() {
    NewNodeViewModel model = open();
    bench.hub.goAway();
    model.invite();
    assertThat(model.problemProperty().get()).contains("connection refused");
    bench.hub.comeBack();
    model.invite();
    bench.clock.pass(NewNodeViewModel.PATIENCE.plusSeconds(2));
    assertThat(model.progressProperty().get()).contains("no manager has answered");
    bench.hub.goAway();
    bench.clock.pass(Duration.ofSeconds(2));
    assertThat(model.problemProperty().get()).contains("connection refused");
    bench.hub.comeBack();
    answer(Admission.State.REFUSED, "", "ada is not known here");
    assertThat(model.stageProperty().get()).isEqualTo(Stage.OVER);
    assertThat(model.problemProperty().get()).contains("ada is not known here");
    model.clear();
    assertThat(model.stageProperty().get()).isEqualTo(Stage.FORM);
    model.invite();
    answer(Admission.State.OPEN, "", "");
    assertThat(model.commandProperty().get()).isNotEmpty();
    answer(Admission.State.EXPIRED, "", "");
    assertThat(model.problemProperty().get()).contains("Nobody came in time");
    assertThat(model.commandProperty().get()).isEmpty();
    assertThat(bench.unexpected).isEmpty();
  }

  private NewNodeViewModel open() {
    NewNodeViewModel model = new NewNodeViewModel(bench.desk, bench.session());
    model.activate();
    return model;
  }

  private void answer(Admission.State state, String node, String reason) {
    bench
        .hub
        .enrolment()
        .answer(bench.hub.enrolment().invited(), state, node, reason, bench.clock.instant());
    bench.clock.pass(Duration.ofSeconds(2));
  }
}
