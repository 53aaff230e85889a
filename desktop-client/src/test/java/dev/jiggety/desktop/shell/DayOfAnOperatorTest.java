package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.desktop.view.tests.TestRow;
import java.time.Duration;
import javafx.geometry.VerticalDirection;
import javafx.scene.control.ComboBox;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator does in a day, with mouse and keyboard. */
class DayOfAnOperatorTest extends UiTest {
  @BeforeEach
  void fillHub() {
    Examples.fillShop(hub, clock.instant());
  }

  @Test
  void connectsAfterAWrongPassword() {
    hub.askFor("ann", "right");
    press("toConnect"); // nothing is known yet
    ComboBox<?> url = find("url", ComboBox.class);
    fx(() -> {
      url.getEditor().setText("127.0.0.1");
      return true;
    });
    type("user", "ann");
    type("password", "wrong");
    press("connect");
    awaitText("password is wrong");
    type("password", "right");
    robot.type(KeyCode.ENTER);
    awaitText("Checkout");
    assertThat(robot.lookup("#password").tryQueryAs(PasswordField.class)).isEmpty();
  }

  @Test
  void findsATestByTyping() {
    connect();
    awaitText("Checkout");
    type("search", "sea");
    awaitThat(() -> table().getItems().size() == 1);
    assertThat(fx(() -> table().getItems().getFirst().id())).isEqualTo("search");
    assertThat(fx(() -> isShown("1 of 6 tests"))).isTrue();
    type("search", "zzz");
    awaitText("Nothing fits");
    press("emptyAction");
    awaitThat(() -> table().getItems().size() == 6);
  }

  @Test
  void createsATestAfterBadInput() {
    connect();
    press("create");
    awaitText("New test");
    press("save");
    awaitText("need attention");
    assertThat(hub.stored("about-us")).isEmpty();
    type("name", "About us");
    type("url", "ftp://shop");
    awaitText("must begin with http:// or https://");
    type("url", "http://127.0.0.1:8080/about");
    awaitThat(() -> !isShown("must begin with http"));
    press("save");
    awaitText("In force");
    awaitText("3 swapped");
    press("back");
    awaitThat(() -> table().getItems().stream().anyMatch(it -> it.id().equals("about-us")));
    assertThat(hub.stored("about-us").orElseThrow().value().name()).isEqualTo("About us");
  }

  @Test
  void isAskedBeforeTypedWorkIsLost() {
    connect();
    fx(() -> {
      shell.edit(new EditRequest.Create());
      return true;
    });
    type("name", "Half done");
    fx(() -> {
      shell.go(Place.NODES);
      return true;
    });
    awaitText("Leave without saving?");
    robot.type(KeyCode.ESCAPE);
    awaitThat(() -> isShown("Half done") && !isShown("Leave without saving?"));
  }

  @Test
  @Tag("needs-window")
  void looksIntoAChart() {
    connect();
    select("search");
    press("results");
    awaitText(" runs · ");
    ChartStack chart = fx(() -> (ChartStack) stage.getScene().lookup(".response-chart"));
    awaitThat(() -> chart.getWidth() > 300);
    Viewport whole = fx(() -> chart.viewProperty().get());
    robot.moveTo(chart).scroll(3, VerticalDirection.UP);
    awaitThat(() -> chart.viewProperty().get().span() < whole.span());
    fx(() -> {
      chart.requestFocus();
      return true;
    });
    robot.type(KeyCode.HOME);
    awaitThat(() -> chart.viewProperty().get().span() == whole.span());
    robot.drag(chart).moveBy(180, 0).drop();
    awaitThat(() -> chart.viewProperty().get().span() < whole.span());
    robot.type(KeyCode.HOME);
    awaitThat(() -> chart.viewProperty().get().span() == whole.span());
    robot.type(KeyCode.COMMA);
    awaitText("HTTP 200");
    assertThat(fx(() -> isShown("Wait") && isShown("Receive"))).isTrue();
    robot.clickOn("berlin-1");
    awaitThat(() -> chart.hoverPointProperty().get() == null);
  }

  @Test
  void goesOnWhileTheHubIsAwayAndCatchesUp() {
    connect();
    awaitText("Checkout");
    hub.goAway();
    awaitText("Hub away since");
    pass(Duration.ofSeconds(40));
    assertThat(fx(() -> isShown("knowledge is 4"))).isTrue();
    hub.put(Examples.test("new-one", "Came meanwhile"));
    assertThat(fx(() -> isShown("Checkout"))).isTrue();
    hub.comeBack();
    awaitText("Came meanwhile");
    awaitText("Connected, live");
  }

  @Test
  void switchesToDarkAndBackAndRemembersIt() {
    connect();
    double light = fx(() -> brightness());
    press("theme");
    awaitThat(() -> brightness() < light / 2);
    awaitThat(() -> settings.get().theme().equals("dark"));
    press("theme");
    awaitThat(() -> brightness() > light * 0.9);
  }

  @Test
  @Tag("needs-window")
  void comesRoundByKeyboardAlone() {
    connect();
    awaitText("Checkout");
    robot.press(KeyCode.CONTROL).type(KeyCode.F).release(KeyCode.CONTROL);
    robot.write("login", 0);
    awaitThat(() -> table().getItems().size() == 1);
    robot.type(KeyCode.DOWN).type(KeyCode.DOWN).type(KeyCode.ENTER);
    awaitText(" runs · ");
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT6).release(KeyCode.CONTROL);
    awaitText("Last seen");
    robot.press(KeyCode.CONTROL).type(KeyCode.N).release(KeyCode.CONTROL);
    awaitText("New test");
    robot.press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);
    awaitText("need attention");
  }

  @Test
  void everythingOpenedIsClosedOnDisconnect() {
    connect();
    for (Place place : Place.values()) {
      fx(() -> {
        shell.go(place);
        return true;
      });
    }
    assertThat(hub.followers()).isEqualTo(1);
    fx(() -> {
      shell.disconnect();
      return true;
    });
    awaitThat(() -> hub.followers() == 0 && hub.connections() == 0);
    assertThat(clock.timers()).isZero();
  }

  @SuppressWarnings("unchecked")
  private TableView<TestRow> table() {
    return (TableView<TestRow>) stage.getScene().lookup(".table-view");
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

  private double brightness() {
    Region rail = (Region) stage.getScene().lookup(".rail");
    return ((Color) rail.getBackground().getFills().getFirst().getFill()).getBrightness();
  }
}
