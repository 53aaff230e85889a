package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.fx.PngWriter;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.ScreenCheck;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.model.Cause;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.transform.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Takes a picture of every screen in every size and both modes, and looks at each for what nobody
 * could read. Places of the menu are visited by themselves; what else there is to see stands in
 * {@link #lookAtAll}: bring the screen about, then {@code look("its-name")}. The pictures are in
 * {@code target/screens}; with {@code -Djiggety.screenshots=docs/images} those of the guide are
 * written there too.
 */
class GalleryTest extends UiTest {
  /** The size of the window, and how many pixels of the screen one of its own is. */
  private enum Size {
    SMALL("1280", 1280, 800, 1),
    LARGE("1920", 1920, 1080, 1),
    /** A screen of 1920×1080 that is scaled to 200 %. */
    SCALED("200", 960, 540, 2);

    final String suffix;
    final int width;
    final int height;
    final int scale;

    Size(String suffix, int width, int height, int scale) {
      this.suffix = suffix;
      this.width = width;
      this.height = height;
      this.scale = scale;
    }
  }

  /** Screens that cannot be looked at closely yet in the smallest window: {@code name-size}. */
  private static final Set<String> WAITING =
      Set.of(
          "tests-200", "results-200", "results-run-200", "nodes-200", "basket-200", "conflict-200");

  /** The pictures that the guide shows. */
  private static final Set<String> GUIDE =
      Set.of("palette", "settings", "connect", "crash", "basket", "rollout");

  private final List<String> problems = new ArrayList<>();
  private String mode = "";

  @Override
  protected WindowPlace size() {
    return new WindowPlace(1280, 800, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = Themes.Choice.class,
      names = {"LIGHT", "DARK"})
  void everyScreen(Themes.Choice theme) {
    mode = theme.name().toLowerCase(Locale.ROOT);
    fx(() -> {
      shell.themes().choiceProperty().set(theme);
      return true;
    });
    lookAtAll();
    assertThat(problems).isEmpty();
  }

  private void lookAtAll() {
    look("connect");
    Examples.fillShop(hub, clock.instant());
    connect();
    TableView<?> table = find("table", TableView.class);
    awaitThat(() -> !table.getItems().isEmpty());
    fx(() -> {
      table.getSelectionModel().select(0);
      return true;
    });
    results();
    for (Place place : fx(() -> List.copyOf(shell.places()))) {
      go(() -> shell.go(place));
      look(place.name().toLowerCase(Locale.ROOT));
    }
    go(() -> shell.edit(new EditRequest.Edit(hub.stored("search").orElseThrow())));
    type("url", "htp://oops");
    look("editor");
    type("url", "http://127.0.0.1:8080/search");
    hub.goAway();
    settle();
    look("away");
    hub.comeBack();
    settle();
    patches();
    above();
  }

  private void results() {
    go(() -> shell.results("search"));
    awaitText(" runs · ");
    look("results-run");
  }

  private void patches() {
    go(() -> shell.basket());
    look("basket-empty");
    hub.manager().stopAt(RolloutState.COMPLETED);
    submit("Product page is checked twice as often", every("product", 5));
    settle();
    hub.manager().stopAt(RolloutState.VERIFYING);
    submit("Stricter login", every("login", 2));
    hub.manager()
        .turnBack(new Cause.AtFault(new TreeSet<>(List.of("login")), Examples.NODES.getFirst()));
    settle();
    go(() -> {
      basket().put(every("search", 30));
      basket().put(BasketEntry.delete(raw("newsletter"), clock.instant()));
      basket().put(BasketEntry.put(Examples.test("cart", "Cart", "shop"), null, clock.instant()));
      shell.basket();
    });
    look("basket");
    hub.put(
        Examples.test("search", "Search and find", "shop", "api").toBuilder()
            .schedule(new Schedule.Every(Duration.ofSeconds(15)))
            .build());
    awaitText("changed meanwhile");
    look("conflict");
    hub.manager().stopAt(RolloutState.PROMOTING);
    submit("Home page every five seconds", every("home", 5));
    awaitText("Promoting");
    look("rollout");
    hub.manager().advance(RolloutState.COMPLETED);
    awaitText("A new patch brings back");
    look("rollout-done");
  }

  /** What lies above a screen. */
  private void above() {
    go(() -> shell.go(Place.TESTS));
    go(() -> shell.palette());
    type("typed", "ch");
    look("palette", ".palette");
    robot.type(KeyCode.ESCAPE);
    fx(() -> {
      shell.crashed(new IllegalStateException("made up"));
      return true;
    });
    awaitText("Open the report");
    awaitThat(this::barIsThere);
    look("crash", ".notification-bar");
  }

  private boolean barIsThere() {
    Node bar = stage.getScene().lookup(".notification-bar > .pane");
    return bar != null && bar.getBoundsInParent().getHeight() > 30;
  }

  private void go(Runnable way) {
    fx(() -> {
      way.run();
      return true;
    });
    settle();
  }

  private void look(String name) {
    look(name, ".root");
  }

  /** Takes the pictures; {@code part} is what is looked at closely. */
  private void look(String name, String part) {
    for (Size size : Size.values()) {
      if (resize(size)) {
        settle();
        fx(() -> look(name, part, size));
      }
    }
    resize(Size.SMALL); // a table that was narrow once divides its width otherwise
  }

  private boolean look(String name, String part, Size size) throws IOException {
    Scene scene = stage.getScene();
    Parent root = scene.getRoot();
    root.applyCss();
    root.layout();
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(new Scale(size.scale, size.scale));
    WritableImage image = root.snapshot(parameters, null);
    String file = name + "-" + mode + "-" + size.suffix;
    Path folder = Path.of(System.getProperty("jiggety.target", "target"), "screens");
    write(folder.resolve(file + ".png"), image, Deflater.BEST_SPEED);
    String docs = System.getProperty("jiggety.screenshots", "");
    if (!docs.isEmpty() && size == Size.SMALL && GUIDE.contains(name)) {
      Path images = Path.of("..").resolve(docs);
      write(images.resolve(name + "-" + mode + ".png"), image, Deflater.BEST_COMPRESSION);
    }
    if (!WAITING.contains(name + "-" + size.suffix)) {
      // Colours are the same in every size, and pixels take time to look at.
      WritableImage pixels = size == Size.SMALL ? image : null;
      ScreenCheck.problems(root, scene.lookup(part), pixels).stream()
          .distinct()
          .map(problem -> file + ": " + problem)
          .forEach(problems::add);
    }
    return true;
  }

  private static void write(Path file, WritableImage image, int effort) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, PngWriter.encode(image, effort));
  }

  /** Whether the window takes that size: JavaFX's headless screen is smaller than some. */
  private boolean resize(Size size) {
    fx(() -> {
      stage.setWidth(stage.getWidth() - stage.getScene().getWidth() + size.width);
      stage.setHeight(stage.getHeight() - stage.getScene().getHeight() + size.height);
      return true;
    });
    settle();
    return fx(() -> stage.getScene().getWidth() == size.width);
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
    go(() -> shell.rollout(patch.get()));
  }
}
