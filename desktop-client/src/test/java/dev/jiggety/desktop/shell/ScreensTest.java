package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.model.Cause;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
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
    settle();
    patches(suffix);
  }

  private void patches(String suffix) {
    fx(() -> {
      shell.basket();
      return true;
    });
    look("basket-empty" + suffix);
    hub.manager().stopAt(RolloutState.COMPLETED);
    submit("Product page is checked twice as often", every("product", 5));
    settle();
    hub.manager().stopAt(RolloutState.VERIFYING);
    submit("Stricter login", every("login", 2));
    hub.manager()
        .turnBack(new Cause.AtFault(new TreeSet<>(List.of("login")), Examples.NODES.getFirst()));
    settle();
    fx(() -> {
      basket().put(every("search", 30));
      basket().put(BasketEntry.delete(raw("newsletter"), clock.instant()));
      basket().put(BasketEntry.put(Examples.test("cart", "Cart", "shop"), null, clock.instant()));
      shell.basket();
      return true;
    });
    look("basket" + suffix);
    hub.put(
        Examples.test("search", "Search and find", "shop", "api").toBuilder()
            .schedule(new Schedule.Every(Duration.ofSeconds(15)))
            .build());
    awaitText("changed meanwhile");
    look("conflict" + suffix);
    hub.manager().stopAt(RolloutState.PROMOTING);
    submit("Home page every five seconds", every("home", 5));
    awaitText("Promoting");
    look("rollout" + suffix);
    hub.manager().advance(RolloutState.COMPLETED);
    awaitText("A new patch brings back");
    look("rollout-done" + suffix);
  }

  private BasketEntry every(String id, int seconds) {
    TestDefinition test = hub.stored(id).orElseThrow().value();
    return BasketEntry.put(
        test.toBuilder().schedule(new Schedule.Every(Duration.ofSeconds(seconds))).build(),
        raw(id),
        clock.instant());
  }

  private JsonObject raw(String id) {
    return hub.stored(id).orElseThrow().raw();
  }

  private Basket basket() {
    return shell.session().orElseThrow().basket();
  }

  private void submit(String comment, BasketEntry entry) {
    AtomicReference<String> patch = new AtomicReference<>();
    fx(() -> {
      shell
          .session()
          .orElseThrow()
          .patches()
          .submit(
              List.of(entry),
              comment,
              StrategyChoice.SWIFT,
              sent -> patch.set(sent.id()),
              refusal -> {
                throw new AssertionError(refusal.toString());
              });
      return true;
    });
    awaitThat(() -> patch.get() != null);
    fx(() -> {
      shell.rollout(patch.get());
      return true;
    });
    settle();
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
      ChartStack chart = (ChartStack) stage.getScene().lookup(".response-chart");
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
