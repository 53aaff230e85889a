package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.ResponseChart;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import java.nio.file.Path;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes a picture of every screen, in both modes and two sizes, and looks for clipped text. */
class ScreensTest extends UiTest {
  @Override
  protected WindowPlace size() {
    return new WindowPlace(1280, 800, false);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT,1280,800", "DARK,1280,800", "LIGHT,1920,1080", "DARK,1920,1080"})
  void everyScreen(Themes.Choice theme, int width, int height) throws Exception {
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + width;
    fx(() -> {
      shell.themes().choiceProperty().set(theme);
      stage.setWidth(stage.getWidth() - stage.getScene().getWidth() + width);
      stage.setHeight(stage.getHeight() - stage.getScene().getHeight() + height);
      return true;
    });
    picture("connect" + suffix);
    Examples.fillShop(hub, clock.instant());
    connect();
    awaitText("Checkout");
    TableView<?> table = find("table", TableView.class);
    fx(() -> {
      table.getSelectionModel().select(0);
      return true;
    });
    Path tests = picture("tests" + suffix);
    assertThat(tests).isNotEmptyFile();
    fx(() -> {
      shell.results("search");
      return true;
    });
    awaitText(" runs · ");
    hover();
    picture("results" + suffix);
    fx(() -> {
      shell.go(Place.NODES);
      return true;
    });
    settle();
    picture("nodes" + suffix);
    fx(() -> {
      shell.go(Place.SETTINGS);
      return true;
    });
    picture("settings" + suffix);
    fx(() -> {
      var stored = hub.stored("search").orElseThrow();
      shell.edit(new EditRequest.Edit(stored.value(), stored.rev()));
      return true;
    });
    settle();
    type("url", "htp://oops");
    picture("editor" + suffix);
    type("url", "http://127.0.0.1:8080/search");
    hub.goAway();
    settle();
    picture("away" + suffix);
    hub.comeBack();
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
