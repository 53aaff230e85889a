package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.ResponseChart;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes a picture of every screen, in both modes and two sizes, and looks for clipped text. */
class ScreensTest extends UiTest {
  @Override
  protected WindowPlace size() {
    return new WindowPlace(1280, 800, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = Themes.Choice.class,
      names = {"LIGHT", "DARK"})
  void everyScreen(Themes.Choice theme) {
    lookAtAll(theme, 1280, 800);
  }

  @ParameterizedTest
  @EnumSource(
      value = Themes.Choice.class,
      names = {"LIGHT", "DARK"})
  @Tag("needs-window") // JavaFX's headless screen is smaller
  void everyScreenWithMuchRoom(Themes.Choice theme) {
    lookAtAll(theme, 1920, 1080);
  }

  private void lookAtAll(Themes.Choice theme, int width, int height) {
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + width;
    fx(() -> {
      shell.themes().choiceProperty().set(theme);
      stage.setWidth(stage.getWidth() - stage.getScene().getWidth() + width);
      stage.setHeight(stage.getHeight() - stage.getScene().getHeight() + height);
      return true;
    });
    look("connect" + suffix);
    Examples.fillShop(hub, clock.instant());
    connect();
    awaitText("Checkout");
    TableView<?> table = find("table", TableView.class);
    fx(() -> {
      table.getSelectionModel().select(0);
      return true;
    });
    look("tests" + suffix);
    fx(() -> {
      shell.results("search");
      return true;
    });
    awaitText(" runs · ");
    hover();
    look("results" + suffix);
    fx(() -> {
      shell.go(Place.NODES);
      return true;
    });
    settle();
    look("nodes" + suffix);
    fx(() -> {
      shell.go(Place.SETTINGS);
      return true;
    });
    look("settings" + suffix);
    fx(() -> {
      shell.edit(new EditRequest.Edit(hub.stored("search").orElseThrow()));
      return true;
    });
    settle();
    type("url", "htp://oops");
    look("editor" + suffix);
    type("url", "http://127.0.0.1:8080/search");
    hub.goAway();
    settle();
    look("away" + suffix);
    hub.comeBack();
  }

  /** Takes the picture; no text on it may be cut off. */
  private void look(String name) {
    assertThat(picture(name)).isNotEmptyFile();
    assertThat(fx(this::clipped)).as(name).isEmpty();
  }

  private List<String> clipped() {
    return stage.getScene().getRoot().lookupAll(".text").stream()
        .filter(node -> node instanceof Text && node.getParent() instanceof Labeled)
        .map(Text.class::cast)
        .filter(text -> isSeen(text) && text.getText().endsWith("..."))
        .map(text -> ((Labeled) text.getParent()).getText())
        .filter(whole -> !whole.endsWith("..."))
        .toList();
  }

  private void hover() {
    fx(() -> {
      ResponseChart<?> chart = (ResponseChart<?>) stage.getScene().lookup(".response-chart");
      Bounds bounds = chart.getLayoutBounds();
      assertThat(bounds.getWidth()).isGreaterThan(400);
      for (int i = 0; i < 20; i++) {
        chart.fireEvent(
            new KeyEvent(
                KeyEvent.KEY_PRESSED, ",", ",", KeyCode.COMMA, false, false, false, false));
      }
      return true;
    });
    settle();
  }
}
