package dev.jiggety.desktop.view.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.desktop.testing.UiTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

/** What an operator does with charts. */
class ResultsScreenTest extends UiTest {
  @Test
  void looksAtAYearThenAtADayThenAtARun() {
    Examples.fillShop(hub, clock.instant());
    archiveAYear();
    hub.incidents().put(Incidents.over("login", Duration.ofMinutes(16), Duration.ofMinutes(2)));
    connect();
    fx(() -> {
      shell.results("login");
      return true;
    });
    awaitText(" available · ");
    fx(() -> {
      MenuButton panes = (MenuButton) stage.getScene().lookup("#panes");
      panes.getItems().subList(1, 3).forEach(item -> fire((CheckMenuItem) item));
      return true;
    });
    ChartStack charts = fx(() -> (ChartStack) stage.getScene().lookup(".chart-stack"));
    assertThat(charts.isVisible()).isTrue();
    awaitThat(() -> charts.input().panes().size() == 4);
    hover(charts, 0.62, 0.2);
    picture("charts-light");
    fx(() -> {
      shell.themes().choiceProperty().set(Themes.Choice.DARK);
      return true;
    });
    picture("charts-dark");
    choose("13 mo");
    choose("Percentiles");
    awaitThat(() -> charts.input().percentiles() && statistics().startsWith("2,"));
    hover(charts, 0.5, 0.2);
    awaitText("Click or Enter looks closer");
    picture("charts-year-dark");
    fx(() -> {
      shell.themes().choiceProperty().set(Themes.Choice.LIGHT);
      return true;
    });
    picture("charts-year-light");
    choose("15 min");
    choose("Nodes");
    awaitThat(() -> charts.viewProperty().get().span() == Duration.ofMinutes(15).toMillis());
    settle();
    key(charts, KeyCode.COMMA);
    key(charts, KeyCode.ENTER);
    settle();
    awaitThat(() -> {
      Button close = (Button) stage.getScene().lookup("#closeRun");
      return close != null && isSeen(close);
    });
    settle();
    picture("charts-run-light");
  }

  private String statistics() {
    return ((Label) stage.getScene().lookup("#statistics")).getText();
  }

  private static void fire(CheckMenuItem item) {
    item.setSelected(true);
    item.fire();
    if (!item.isSelected()) {
      item.setSelected(true);
    }
  }

  private void choose(String text) {
    fx(() -> {
      stage.getScene().getRoot().lookupAll(".results .toggle-button").stream()
          .filter(node -> node instanceof ToggleButton button && button.getText().equals(text))
          .map(ToggleButton.class::cast)
          .findFirst()
          .orElseThrow()
          .fire();
      return true;
    });
    settle();
  }

  private void hover(ChartStack charts, double across, double down) {
    robot.moveTo(
        fx(() -> charts.localToScreen(charts.getWidth() * across, charts.getHeight() * down)));
    settle();
  }

  private void key(ChartStack charts, KeyCode code) {
    fx(() -> {
      charts.fireEvent(
          new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
      return true;
    });
    settle();
  }

  /** Two runs a day on each node; summer was slow, and one day was bad. */
  private void archiveAYear() {
    Random random = new Random(3);
    for (int half = 3; half < 2 * 396; half++) {
      for (String node : Examples.NODES) {
        Instant at = FakeClock.START.minus(Duration.ofHours(half * 12L));
        boolean summer = half > 2 * 200 && half < 2 * 270;
        double millis =
            60 + 15 * Examples.NODES.indexOf(node) + (summer ? 60 : 0) + random.nextGaussian() * 8;
        hub.history()
            .archive(
                Examples.run(
                    "login",
                    node,
                    at,
                    Duration.ofNanos((long) (millis * (random.nextInt(60) == 0 ? 3 : 1) * 1e6)),
                    half / 2 == 90 ? Examples.broken() : null));
      }
    }
  }
}
