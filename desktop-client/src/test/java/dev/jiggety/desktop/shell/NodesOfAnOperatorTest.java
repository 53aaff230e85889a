package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.testing.Enrolments;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Member.Standing;
import java.time.Duration;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;

/** Ada lets a node in, sees its first result, and revokes it when it is stolen. */
class NodesOfAnOperatorTest extends UiTest {
  @Test
  void letsANodeInAndRevokesIt() {
    Examples.fillShop(hub, clock.instant());
    hub.enrolment().put(Enrolments.secret("shop-login", clock.instant(), "paris"));
    connect();
    fx(() -> {
      shell.go(Place.NODES);
      return true;
    });
    press("add");
    type("newTags", "eu, prod");
    type("newName", "paris");
    press("invite");
    awaitText(texts.get("nodes.new.asked"));
    answer(Admission.State.OPEN, "");
    awaitText(texts.get("nodes.new.open"));
    String command = find("command", TextArea.class).getText();
    assertThat(command).startsWith("jiggety enroll join http://127.0.0.1:5984 jiggety1.");
    press("copyNew");
    assertThat(fx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(command);

    answer(Admission.State.ADMITTED, "paris");
    awaitText(texts.get("nodes.new.joined", "paris"));
    hub.results(
        Examples.batch(
            "paris", 1, Examples.run("home", "paris", clock.instant(), Duration.ofMillis(42))));
    awaitText("paris tests: Home page took");
    press("closeNew");

    TabPane tabs = find("tabs", TabPane.class);
    fx(() -> {
      tabs.getSelectionModel().select(1);
      return true;
    });
    awaitText("1 member");
    TableView<?> members = find("members", TableView.class);
    awaitThat(() -> members.getItems().stream().anyMatch(it -> it.toString().contains("paris")));
    fx(() -> {
      members.getSelectionModel().clearSelection();
      members.getItems().stream()
          .filter(it -> it.toString().contains("paris"))
          .findFirst()
          .ifPresent(it -> members.getSelectionModel().select(members.getItems().indexOf(it)));
      return true;
    });
    press("revoke");
    awaitText("shop-login");
    robot.clickOn(texts.get("nodes.act.REVOKED"));
    awaitThat(() -> !hub.enrolment().dismissals().isEmpty());
    assertThat(hub.enrolment().dismissals().getFirst().standing()).isEqualTo(Standing.REVOKED);
    hub.enrolment().carryOut(clock.instant());
    awaitText(texts.get("nodes.done.REVOKED", "paris"));
    awaitText(texts.get("nodes.meaning.REVOKED", "paris"));
  }

  private void answer(Admission.State state, String node) {
    hub.enrolment().answer(hub.enrolment().invited(), state, node, "", clock.instant());
  }
}
