package dev.jiggety.endtoend;

import static dev.jiggety.endtoend.DesktopWindow.fx;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.demo.Demo;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.CouchConnector;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.model.Check;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator's first minute with the demo: hub, nodes, shop and desktop are the real ones and talk
 * to each other by HTTP. On the way it takes the pictures of the documentation, light and dark:
 * into {@code target/screenshots}, or where {@code -Djiggety.screenshots=docs/images} says, which
 * is seen from the top of the repository.
 */
class DesktopOverDemoTest {
  private static final List<String> NODES = List.of("north", "south", "west");

  /** The shop's timetable begins anew after a minute and a half: then all its troubles were. */
  private static final Duration A_CYCLE = Duration.ofMinutes(2);

  private static final String ADDED = "Shop: home page in French";

  @Test
  void anOperatorWatchesTheShop(@TempDir Path folder) throws Exception {
    try (Demo demo = Demo.start(folder.resolve("demo"), 0);
        DesktopWindow window =
            new DesktopWindow(folder.resolve("settings"), demo.operatorKeyFile(), 1280, 800)) {
      connect(window, demo.url());
      addATest(window, shop(demo.url()));
      seeTrouble(window);
      lookAtTheChart(window);
      lookAtTheNodes(window);
      assertThat(window.unexpected()).isEmpty();
    }
  }

  private static void connect(DesktopWindow window, URI hub) {
    fx(() -> {
      window.shell().connect(hub.toString(), Optional.empty());
      return true;
    });
    window.find("tiles", Node.class);
    fx(() -> {
      window.shell().go(Place.TESTS);
      return true;
    });
    TableView<?> table = window.find("table", TableView.class);
    window.awaitThat("all tests of the demo are listed", () -> table.getItems().size() == 11);
    window.awaitThat("the status bar says so", () -> window.shown("Connected, live") == 1);
  }

  /** By the form, as a person would; then it runs on all nodes and its verdict comes back. */
  private static void addATest(DesktopWindow window, URI shop) {
    window.press("create");
    window.fill("name", ADDED);
    window.fill("tags", "shop, French");
    window.fill("url", shop.resolve("/?lang=fr").toString());
    window.fill("every", "2s");
    Label coming = window.find("comingWords", Label.class);
    Button save = window.find("save", Button.class);
    window.awaitThat(
        "the form says when it will run",
        () -> coming.getText().contains("2 seconds") && !save.isDisabled());
    pictures(window, "editor");
    window.press("save");
    window.awaitThat(
        "its patch is in force", Duration.ofMinutes(1), () -> window.shown("In force") == 1);
    window.press("back");
    TableView<?> table = window.find("table", TableView.class);
    window.awaitThat("it is listed", () -> table.getItems().size() == 12);
    window.fill("search", "french");
    window.awaitThat(
        "all three nodes ran it, and it is up",
        () ->
            table.getItems().size() == 1
                && window.shown("Up") == 1
                && window.visible(".table-cell .verdict-small").size() == NODES.size());
    window.fill("search", "");
  }

  private static void seeTrouble(DesktopWindow window) {
    TableView<?> table = window.find("table", TableView.class);
    fx(() -> {
      TableColumn<?, ?> verdict = table.getColumns().getFirst();
      sort(table, verdict);
      return true;
    });
    window.awaitThat(
        "a page is down while another is slow and the rest is up",
        A_CYCLE,
        () ->
            cells(window, "Down") > 0 && cells(window, "Degraded") > 0 && cells(window, "Up") > 5);
    pictures(window, "tests");
    fx(() -> {
      assertThat(window.visible(".table-cell .sparkline")).hasSize(12);
      assertThat(firstVerdict(window)).as("the worst stands first").isEqualTo("Down");
      return true;
    });
  }

  private static void lookAtTheChart(DesktopWindow window) {
    fx(() -> {
      window.shell().results("shop-product");
      return true;
    });
    Label statistics = window.find("statistics", Label.class);
    Label problem = window.find("problem", Label.class);
    Label verdict = window.find("verdict", Label.class);
    window.awaitThat("the page is fast again", A_CYCLE, () -> verdict.getText().equals("Up"));
    window.awaitThat("runs are read", () -> statistics.getText().contains(" runs · 0 failed"));
    ChartStack chart = (ChartStack) fx(() -> window.visible(".response-chart").getFirst());
    fx(() -> {
      assertThat(window.visible(".legend-item"))
          .extracting(item -> ((Labeled) item).getText())
          .isEqualTo(NODES);
      IntStream.range(0, 15).forEach(i -> chart.fireEvent(wheelAtTheRightEdge(chart)));
      return true;
    });
    window.awaitThat("it is drawn in the colours of the legend", () -> hasLines(chart));
    fx(() -> {
      IntStream.range(0, 5).forEach(i -> chart.fireEvent(comma()));
      return true;
    });
    window.awaitThat("a run tells its phases", () -> window.visible(".run-card").size() == 1);
    fx(() -> {
      assertThat(window.shown(NODES.getFirst())).as("in the legend and on the card").isEqualTo(2);
      assertThat(window.visible(".run-card .phase-part")).isNotEmpty();
      assertThat(problem.getText()).isEmpty();
      return true;
    });
    pictures(window, "results");
  }

  private static void lookAtTheNodes(DesktopWindow window) {
    fx(() -> {
      window.shell().go(Place.NODES);
      return true;
    });
    TableView<?> table = window.find("table", TableView.class);
    window.awaitThat(
        "all nodes are there and well",
        () ->
            table.getItems().size() >= NODES.size()
                && NODES.stream().allMatch(node -> window.shown(node) >= 1)
                && window.shown("Well") >= NODES.size());
    pictures(window, "nodes");
  }

  /** Light and dark; nothing on them may be wrong. */
  private static void pictures(DesktopWindow window, String name) {
    for (Themes.Choice theme : List.of(Themes.Choice.DARK, Themes.Choice.LIGHT)) {
      fx(() -> {
        window.shell().themes().choiceProperty().set(theme);
        assertThat(window.visible(".message-error")).isEmpty();
        return true;
      });
      Path file = folder().resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png");
      window.picture(file);
      assertThat(file).isNotEmptyFile();
    }
  }

  private static Path folder() {
    String wanted = System.getProperty("jiggety.screenshots", "packaging/target/screenshots");
    return Path.of("..").toAbsolutePath().normalize().resolve(wanted);
  }

  /** Where the demo's shop is: its tests say so. */
  private static URI shop(URI hub) {
    HubAddress address = HubAddress.parse(hub.toString(), Optional.empty());
    try (HubConnection connection = new CouchConnector().open(address)) {
      Check check = connection.tests().find("shop-home").orElseThrow().value().check();
      return URI.create(((Check.Http) check).url());
    }
  }

  private static <S> void sort(TableView<S> table, TableColumn<?, ?> column) {
    table.getColumns().stream()
        .filter(column::equals)
        .forEach(it -> table.getSortOrder().setAll(List.of(it)));
  }

  private static long cells(DesktopWindow window, String verdict) {
    return verdicts(window).stream().filter(verdict::equals).count();
  }

  private static String firstVerdict(DesktopWindow window) {
    return verdicts(window).getFirst();
  }

  /** The words in the first column, from top to bottom. */
  private static List<String> verdicts(DesktopWindow window) {
    return window.visible(".table-row-cell").stream()
        .sorted((one, other) -> Double.compare(one.getLayoutY(), other.getLayoutY()))
        .map(row -> row.lookup(".table-cell"))
        .filter(Labeled.class::isInstance)
        .map(cell -> ((Labeled) cell).getText())
        .filter(text -> text != null)
        .toList();
  }

  private static KeyEvent comma() {
    return new KeyEvent(KeyEvent.KEY_PRESSED, ",", ",", KeyCode.COMMA, false, false, false, false);
  }

  private static ScrollEvent wheelAtTheRightEdge(ChartStack chart) {
    Point2D place = chart.localToScene(chart.getWidth(), chart.getHeight() / 2);
    return new ScrollEvent(
        ScrollEvent.SCROLL,
        place.getX(),
        place.getY(),
        0,
        0,
        false,
        false,
        false,
        false,
        false,
        false,
        0,
        40,
        0,
        40,
        ScrollEvent.HorizontalTextScrollUnits.NONE,
        0,
        ScrollEvent.VerticalTextScrollUnits.NONE,
        0,
        0,
        null);
  }

  /** Whether each node's colour is on the canvas more than once in a while. */
  private static boolean hasLines(ChartStack chart) {
    WritableImage image = chart.snapshot(null, null);
    PixelReader pixels = image.getPixelReader();
    return IntStream.range(0, NODES.size())
        .mapToObj(line -> chart.paletteProperty().get().line(line))
        .allMatch(colour -> count(pixels, image, colour) > 20);
  }

  private static long count(PixelReader pixels, WritableImage image, Color colour) {
    int wanted = argb(colour);
    int width = (int) image.getWidth();
    return IntStream.range(0, width * (int) image.getHeight())
        .filter(i -> pixels.getArgb(i % width, i / width) == wanted)
        .count();
  }

  private static int argb(Color colour) {
    return 0xff000000
        | (int) Math.round(colour.getRed() * 255) << 16
        | (int) Math.round(colour.getGreen() * 255) << 8
        | (int) Math.round(colour.getBlue() * 255);
  }
}
