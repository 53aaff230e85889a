package dev.jiggety.desktop.view.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.desktop.testing.Parts;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first screen, with mouse and keyboard. */
@Tag("needs-window") // JavaFX's headless screen is smaller than a wall
class OverviewTest extends UiTest {
  @Override
  protected WindowPlace size() {
    return new WindowPlace(1280, 800, false);
  }

  @Test
  void anOperatorSeesWhatIsWrongNarrowsItDownAndGoesThere() {
    Examples.fillShop(hub, clock.instant());
    lastWeek();
    hub.incidents().put(Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(2)));
    hub.incidents().put(Incidents.open(Incident.Kind.DEGRADED, "search", Duration.ofMinutes(9)));
    connectToOverview();
    awaitText("Checkout");
    awaitText("last day counted");
    awaitText("Checkout: down for");
    awaitThat(() -> grid().size() == 6);
    awaitThat(() -> isShown("1 Down") && isShown("1 Off"));
    pictures("overview");
    press("rows");
    awaitThat(() -> grid().columns() == 1);
    pictures("overview-rows");
    ToggleButton down = find("stateDOWN", ToggleButton.class);
    fx(() -> {
      down.fire();
      return true;
    });
    awaitThat(() -> grid().size() == 1);
    fx(() -> {
      grid().requestFocus();
      return true;
    });
    robot.type(KeyCode.ENTER);
    awaitText(" runs · ");
  }

  @Test
  void theWallSaysThatTheHubIsAwayAndEscapeLeavesIt() {
    Examples.fillShop(hub, clock.instant());
    connectToOverview();
    awaitText("Checkout");
    robot.type(KeyCode.F11);
    awaitThat(() -> wall() != null && isShown("knowledge"));
    wallPicture("wall");
    hub.goAway();
    awaitText("The hub is away since");
    pass(Duration.ofMinutes(4));
    awaitText("4 min old");
    wallPicture("wall-away");
    robot.type(KeyCode.ESCAPE);
    awaitThat(() -> wall() == null);
    assertThat(fx(() -> stage.isShowing())).isTrue();
    hub.comeBack();
    robot.type(KeyCode.F11);
    awaitThat(() -> wall() != null && isShown("knowledge"));
    fx(() -> {
      shell.themes().choiceProperty().set(Themes.Choice.DARK);
      return true;
    });
    awaitThat(() -> !isShown("The hub is away since"));
    wallPicture("wall-dark");
  }

  @Test
  void fiveThousandTestsAreThereAndOnlyThoseInSightHaveCells() {
    fill(5_000);
    connectToOverview();
    awaitThat(() -> grid().size() == 5_000);
    awaitText("last day counted");
    pictures("overview-5000");
    assertThat(fx(() -> grid().lookupAll(".tile").size())).isLessThan(120);
    fx(() -> {
      grid().requestFocus();
      return true;
    });
    robot.type(KeyCode.END);
    awaitThat(() -> grid().selectedIndex() == 4_999);
    type("search", "test 4711");
    awaitThat(() -> grid().size() == 1);
    fx(() -> {
      hub.put(Examples.test("t4711", "Test 4711 renamed", "team:red"));
      return true;
    });
    awaitText("4711 renamed");
    robot.clickOn(grid(), MouseButton.SECONDARY);
    type("search", "");
    awaitThat(() -> grid().size() == 5_000);
    robot.type(KeyCode.F11);
    awaitThat(() -> wall() != null && isShown("knowledge"));
    wallPicture("wall-5000");
  }

  @Test
  void aNodeSaysWhatIsTheMatterAndWhatToDo() {
    Examples.fillShop(hub, clock.instant());
    hub.report(Parts.troubled("oslo-1", clock.instant()));
    hub.fakeHealth().report(Parts.manager(clock.instant()));
    hub.fakeHealth().report(Parts.hub(clock.instant()));
    connectToOverview();
    fx(() -> {
      shell.go(Place.NODES);
      return true;
    });
    awaitText("2 to look at");
    TableView<?> table = find("table", TableView.class);
    fx(() -> {
      table.getSelectionModel().select(1); // the hub, which is in trouble too, stands above
      return true;
    });
    awaitText("Set up NTP");
    pictures("nodes");
  }

  @Test
  void anEmptyHubSaysWhatToDo() {
    connectToOverview();
    awaitText("Nothing is watched yet");
    picture("overview-empty");
    press("emptyAction");
    awaitText("New test");
  }

  private TileGrid grid() {
    return (TileGrid) stage.getScene().lookup("#overviewGrid");
  }

  private static Stage wall() {
    return Window.getWindows().stream()
        .filter(Window::isShowing)
        .filter(Stage.class::isInstance)
        .map(Stage.class::cast)
        .filter(it -> "Jiggety: wall".equals(it.getTitle()))
        .findFirst()
        .orElse(null);
  }

  private void pictures(String name) {
    picture(name, Themes.Choice.LIGHT, 1920, 1080);
    picture(name, Themes.Choice.DARK, 1280, 800);
  }

  private void picture(String name, Themes.Choice theme, int width, int height) {
    fx(() -> {
      shell.themes().choiceProperty().set(theme);
      stage.setX(0);
      stage.setY(0);
      stage.setWidth(width);
      stage.setHeight(height);
      return true;
    });
    settle();
    assertThat(picture(name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + width))
        .isNotEmptyFile();
  }

  private void wallPicture(String name) {
    Stage main = stage;
    stage = fx(OverviewTest::wall);
    settle();
    assertThat(picture(name)).isNotEmptyFile();
    stage = main;
  }

  /** A week ago everything took half as long. */
  private void lastWeek() {
    Instant then = clock.instant().minus(Duration.ofDays(7));
    long seq = 10_000;
    for (int age = 0; age < 60; age++) {
      Instant at = then.minusSeconds(age * 30L);
      List<Run> runs = new ArrayList<>();
      for (String id : List.of("home", "product", "search")) {
        runs.add(Examples.run(id, "oslo-1", at, Duration.ofMillis(id.equals("home") ? 160 : 90)));
      }
      hub.results(Examples.batch("oslo-1", ++seq, runs.toArray(Run[]::new)));
    }
  }

  private void fill(int tests) {
    Random random = new Random(3);
    Instant now = clock.instant();
    for (int i = 0; i < tests; i++) {
      hub.put(Examples.test("t" + i, "Test " + i, i % 3 == 0 ? "team:red" : "team:blue", "web"));
    }
    long seq = 0;
    for (int node = 0; node < 4; node++) {
      String name = "node-" + node;
      hub.report(Examples.node(name, now));
      for (int hours = 10; hours >= 0; hours -= 10) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < tests; i++) {
          boolean down = i % 211 == 0 || random.nextInt(400) == 0;
          runs.add(
              Examples.run(
                  "t" + i,
                  name,
                  now.minusSeconds(hours * 3600L + 5),
                  Duration.ofMillis(50 + random.nextInt(i % 97 == 0 ? 700 : 100)),
                  down ? Examples.broken() : null));
        }
        hub.results(Examples.batch(name, ++seq, runs.toArray(Run[]::new)));
      }
    }
  }
}
