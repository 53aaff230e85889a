package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeKeys;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.desktop.view.patches.EntryRow;
import dev.jiggety.desktop.view.tests.TestRow;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Patch;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import java.util.List;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an operator changes tests: from an edit to the last node, and back. */
class PatchesOfAnOperatorTest extends UiTest {
  @BeforeEach
  void fillHub() {
    Examples.fillShop(hub, clock.instant());
  }

  @Test
  void collectsChangesAndSubmitsThemTogether() {
    connect();
    edit("search");
    type("name", "Find");
    press("addToBasket");
    awaitText("“Find” is in the basket.");
    select("home");
    press("toggle");
    select("login");
    press("delete");
    awaitText("3 changes in the basket");
    assertThat(hub.stored("login")).as("nothing happens before it is submitted").isPresent();
    press("basket");
    awaitText("3 changes touch 3 nodes of 3");
    assertThat(fx(() -> isShown("Search") && isShown("Find"))).as("old and new").isTrue();
    type("comment", "Names as in the shop");
    hub.manager().stopAt(RolloutState.STAGING);
    press("submit");
    awaitText("Staging");
    awaitText("Names as in the shop");
    awaitText("3 nodes: 3 staged · 0 ready · 0 swapped");
    hub.manager().advance(RolloutState.PROMOTING);
    awaitText("Promoting");
    hub.manager().advance(RolloutState.COMPLETED);
    awaitText("3 nodes: 3 staged · 3 ready · 3 swapped");
    assertThat(hub.stored("login")).isEmpty();
    assertThat(hub.stored("search").orElseThrow().value().name()).isEqualTo("Find");
    assertThat(hub.stored("home").orElseThrow().value().active()).isFalse();
    assertThat(hub.manager().patches()).hasSize(1);
    awaitThat(() -> !isShown("in the basket"));
  }

  @Test
  void changesOneTestAtOnceAndSeesItArrive() {
    connect();
    hub.manager().stopAt(RolloutState.STAGING);
    edit("search");
    type("name", "Find");
    press("save");
    awaitText("Staging");
    awaitThat(() -> isDisabled("save"));
    hub.manager().advance(RolloutState.COMPLETED);
    awaitText("In force");
    awaitText("“Find”: in force on 3 nodes.");
    awaitThat(() -> !isDisabled("save"));
    press("openRollout");
    awaitText("What happened");
    awaitText("Change of “Find”");
  }

  @Test
  void whatWasChangedMeanwhileIsPutTogetherFieldByField() {
    connect();
    edit("search");
    type("name", "Mine");
    type("timeout", "9s");
    press("addToBasket");
    hub.put(Examples.test("search", "Theirs", "theirs"));
    press("basket");
    awaitText("changed meanwhile");
    awaitText("Somebody else has changed this since");
    assertThat(find("submit", Button.class).isDisabled()).isTrue();
    assertThat(find("rebase", Button.class).isDisabled()).as("nobody has chosen yet").isTrue();
    press("mine-name");
    press("rebase");
    awaitThat(() -> !isDisabled("submit"));
    press("submit");
    awaitText("In force");
    var after = hub.stored("search").orElseThrow().value();
    assertThat(after.name()).isEqualTo("Mine");
    assertThat(after.timeout()).hasSeconds(9);
    assertThat(after.tags()).as("of theirs, what nobody else changed").containsExactly("theirs");
  }

  @Test
  void whatAnotherOperatorHandedInIsSeenAtOnceAndPutTogetherOnceItIsInForce() {
    hub.manager().trust(keyFiles.bob().trusted());
    hub.manager().stopAt(RolloutState.STAGING);
    connect();
    edit("search");
    type("name", "Mine");
    press("addToBasket");
    press("basket");
    awaitText("1 change touches");
    var before = hub.stored("search").orElseThrow();
    hub.manager()
        .submit(
            new Patch(
                "p-bob",
                "bob",
                clock.instant(),
                "theirs",
                StrategyChoice.SWIFT,
                clock.instant().plusSeconds(3600),
                List.of(
                    BasketEntry.put(
                            before.value().toBuilder().name("Theirs").active(false).build(),
                            before.raw(),
                            clock.instant())
                        .change())),
            keyFiles.bob());
    awaitText("bob has handed in a change of this");
    hub.manager().advance(RolloutState.COMPLETED);
    awaitText("Somebody else has changed this since");
    press("mine-name");
    press("rebase");
    awaitThat(() -> !isDisabled("submit"));
    press("submit");
    awaitThat(() -> hub.stored("search").orElseThrow().value().name().equals("Mine"));
    assertThat(hub.stored("search").orElseThrow().value().active())
        .as("of theirs, what nobody else changed")
        .isFalse();
  }

  @Test
  void aPatchThatIsTurnedBackGivesItsChangesBackWithTheReason() {
    connect();
    hub.manager().stopAt(RolloutState.VERIFYING);
    edit("search");
    type("name", "Broken");
    press("addToBasket");
    press("basket");
    press("submit");
    awaitText("Verifying");
    hub.manager().turnBack(new Cause.AtFault(new TreeSet<>(List.of("search")), "berlin-1"));
    awaitText("Rolled back");
    awaitText("Changed tests fail on berlin-1 where those in force pass: search");
    awaitText("1 patch came back");
    press("basket");
    press("putBack");
    awaitThat(() -> entries().getItems().size() == 1);
    assertThat(hub.stored("search").orElseThrow().value().name()).isEqualTo("Search");
  }

  @Test
  void rollsBackWhatIsInForce() {
    connect();
    edit("search");
    type("name", "Find");
    press("save");
    awaitText("In force");
    press("openRollout");
    awaitText("A new patch brings back what stood before");
    press("rollback");
    awaitText("Takes back: Change of “Find”");
    awaitThat(() -> hub.stored("search").orElseThrow().value().name().equals("Search"));
    assertThat(hub.manager().patches()).hasSize(2);
  }

  @Test
  void pausesResumesAndAborts() {
    connect();
    hub.manager().stopAt(RolloutState.BAKING);
    edit("search");
    type("name", "Find");
    press("save");
    awaitText("Baking");
    press("openRollout");
    type("reason", "the shop is being moved");
    press("pause");
    awaitText("Paused");
    awaitText("ada paused it: the shop is being moved");
    press("resume");
    awaitText("Baking");
    press("abort");
    awaitText("Abort this patch?");
    robot.clickOn(
        robot
            .lookup(".dialog-pane .button")
            .match(node -> ((Labeled) node).getText().equals("Abort"))
            .<Node>query());
    awaitText("Everything is as it was before.");
    assertThat(hub.stored("search").orElseThrow().value().name()).isEqualTo("Search");
  }

  @Test
  void aSecondOperatorApprovesWhatTheFirstMayNot() {
    hub.manager().trust(keyFiles.bob().trusted());
    connect();
    edit("search");
    type("name", "Find");
    press("addToBasket");
    press("basket");
    ComboBox<Strategy> strategy = strategies();
    fx(() -> {
      strategy.setValue(Strategy.CAREFUL);
      return true;
    });
    awaitText("A second operator has to approve.");
    press("submit");
    awaitText("Waits for approval");
    assertThat(find("approve", Button.class).isDisabled()).isTrue();
    fx(() -> {
      keys.choose(FakeKeys.BOB);
      return true;
    });
    awaitThat(() -> !isDisabled("approve"));
    press("approve");
    awaitText("bob approved");
    awaitThat(() -> hub.stored("search").orElseThrow().value().name().equals("Find"));
  }

  @Test
  void withoutAKeyOneIsMadeAndTheAdministratorIsTold() {
    keyFiles.lose(FakeKeys.ADA);
    fx(() -> {
      keys.reload();
      return true;
    });
    connect();
    edit("search");
    type("name", "Find");
    press("save");
    awaitText("there is no key to sign with");
    press("addToBasket");
    fx(() -> {
      shell.go(Place.SETTINGS);
      return true;
    });
    awaitText("There is no key in");
    type("owner", "cleo");
    press("createKey");
    awaitText("You sign as cleo");
    awaitText("does not trust the key of cleo yet");
    assertThat(find("command", TextField.class).getText())
        .contains("http://127.0.0.1:5984", "operator.pub");
    press("basket");
    press("submit");
    awaitText("Refused");
    awaitText("which nobody here trusts");
  }

  @Test
  void nothingIsLostWhileTheHubIsAway() {
    connect();
    edit("search");
    type("name", "Find");
    press("addToBasket");
    press("basket");
    awaitText("1 change touches");
    hub.goAway();
    awaitText("Hub away since");
    press("submit");
    awaitText("Not submitted, nothing is lost");
    assertThat(fx(() -> entries().getItems())).hasSize(1);
    hub.comeBack();
    awaitText("Connected, live");
    press("submit");
    awaitText("In force");
    assertThat(hub.manager().patches()).hasSize(1);
  }

  @Test
  void theBasketIsThereAfterARestart() {
    connect();
    edit("search");
    type("name", "Find");
    press("addToBasket");
    awaitText("1 change in the basket");
    awaitThat(() -> folder.resolve("baskets").toFile().list() != null);
    fx(() -> {
      shell.disconnect();
      return true;
    });
    awaitText("Connect to the hub");
    connect();
    awaitText("1 change in the basket");
  }

  /** On the FX thread. */
  private boolean isDisabled(String id) {
    return stage.getScene().lookup("#" + id).isDisabled();
  }

  private void edit(String id) {
    fx(() -> {
      shell.edit(new EditRequest.Edit(hub.stored(id).orElseThrow()));
      return true;
    });
    awaitText("Edit test");
  }

  @SuppressWarnings("unchecked")
  private ComboBox<Strategy> strategies() {
    return (ComboBox<Strategy>) find("strategy", ComboBox.class);
  }

  @SuppressWarnings("unchecked")
  private ListView<EntryRow> entries() {
    return (ListView<EntryRow>) stage.getScene().lookup("#entries");
  }

  private void select(String id) {
    awaitThat(() -> table().getItems().stream().anyMatch(it -> it.id().equals(id)));
    fx(() -> {
      TestRow row =
          table().getItems().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
      table().getSelectionModel().clearSelection();
      table().getSelectionModel().select(row);
      return true;
    });
  }

  @SuppressWarnings("unchecked")
  private TableView<TestRow> table() {
    return (TableView<TestRow>) stage.getScene().lookup(".table-view");
  }
}
