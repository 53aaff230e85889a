package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.VerdictLook;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Rectangle2D;
import javafx.scene.Cursor;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * The wall in a window of its own that fills the screen: nothing to click, nothing to scroll;
 * Escape leaves it. What is behind it stays as it is.
 */
public final class WallController {
  private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

  /** Text of a wall is never smaller than this share of its height: to be read from five metres. */
  static final double LEAST_TEXT = 1 / 44.0;

  private static final double LARGEST_TEXT = 1 / 24.0;
  private static final double PAD = 1.2;

  /** So often the head is made smaller, at most, until it fits. */
  private static final int FITS = 4;

  private final WallViewModel model;
  private final Desk desk;
  private final Themes themes;
  private final TileGrid grid;
  private final Parent view;
  private @Nullable Stage stage;
  private @Nullable Pin pin;

  @FXML private Label stale;
  @FXML private HBox head;
  @FXML private HBox counts;
  @FXML private Label age;
  @FXML private Label date;
  @FXML private Label time;
  @FXML private Label incidents;
  @FXML private StackPane body;
  @FXML private Label more;

  WallController(WallViewModel model, Desk desk, Themes themes) {
    this.model = model;
    this.desk = desk;
    this.themes = themes;
    this.grid = new TileGrid(new TileWords(desk));
    this.view = new Fxml(desk.texts()).load(this);
    follow();
  }

  private void follow() {
    model.overview().shownProperty().subscribe(tiles -> arrange());
    model.overview().versionProperty().subscribe(version -> grid.refresh());
    model.overview().countsProperty().subscribe(now -> count());
    // Later: the label itself has not heard of its new words yet.
    age.textProperty().subscribe(words -> desk.tasks().post(this::fitHead));
    grid.onSeen(seen -> {
      model.overview().seen(seen);
      more.setText(model.more(grid.size(), grid.columns() * grid.lines()));
    });
  }

  @FXML
  void initialize() {
    grid.wholeOnly();
    stale.setWrapText(true);
    stale.setMinHeight(Label.USE_PREF_SIZE);
    body.getChildren().add(grid);
    age.textProperty().bind(model.ageProperty());
    date.textProperty().bind(model.dateProperty());
    time.textProperty().bind(model.timeProperty());
    incidents.textProperty().bind(model.incidentsProperty());
    stale.textProperty().bind(model.staleProperty());
    List.of(stale, incidents)
        .forEach(label -> {
          label.visibleProperty().bind(label.textProperty().isNotEmpty());
          label.managedProperty().bind(label.visibleProperty());
        });
  }

  /**
   * Fills the screen that a window is on; a wall that is there already comes to the front.
   *
   * @param wish what it is narrowed to
   */
  void open(Window owner, Wish wish) {
    model.overview().wishProperty().set(wish);
    if (stage != null) {
      stage.toFront();
      return;
    }
    Rectangle2D screen =
        Screen.getScreensForRectangle(owner.getX(), owner.getY(), 1, 1).stream()
            .findFirst()
            .orElse(Screen.getPrimary())
            .getBounds();
    Scene scene = new Scene(view, screen.getWidth(), screen.getHeight());
    themes.dress(scene);
    scene.setCursor(Cursor.NONE);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    scene.widthProperty().subscribe(width -> arrange());
    scene.heightProperty().subscribe(height -> arrange());
    Stage made = new Stage();
    made.setTitle(desk.texts().get("overview.wall.title"));
    made.setScene(scene);
    made.setX(screen.getMinX());
    made.setY(screen.getMinY());
    made.setFullScreenExitHint("");
    made.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
    made.setOnHidden(event -> closed());
    stage = made;
    view.pseudoClassStateChanged(STALE, false);
    pin = Pin.all(model.activate(), staleness());
    made.setFullScreen(true);
    made.show();
  }

  private Pin staleness() {
    var subscription =
        model.staleProperty().subscribe(why -> view.pseudoClassStateChanged(STALE, !why.isEmpty()));
    return subscription::unsubscribe;
  }

  private void pressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE || event.getCode() == KeyCode.F11) {
      event.consume();
      close();
    }
  }

  /** Leaves the wall. */
  void close() {
    if (stage != null) {
      stage.close();
    }
  }

  private void closed() {
    Stage ended = stage;
    if (ended != null && pin != null) {
      pin.close();
      pin = null;
      stage = null;
      ended.getScene().setRoot(new StackPane()); // so that the view can stand in another one
    }
  }

  /** As large as all fit; never so small that it cannot be read from afar. */
  private void arrange() {
    Scene scene = view.getScene();
    if (scene == null || stage == null) {
      return;
    }
    double height = scene.getHeight();
    List<Tile> running =
        model.overview().shownProperty().get().stream()
            .filter(tile -> tile.look() != VerdictLook.OFF)
            .toList();
    int tests = Math.max(1, running.size());
    double text = height * LARGEST_TEXT;
    while (text > height * LEAST_TEXT && room(text, scene.getWidth(), height) < tests) {
      text -= 0.5;
    }
    view.setStyle(
        String.format(Locale.ROOT, "-fx-font-size: %.1fpx", Math.max(text, height * LEAST_TEXT)));
    double pad = Math.round(text * PAD);
    ((VBox) view).setPadding(new Insets(pad));
    ((VBox) view).setSpacing(pad * 0.7);
    head.setSpacing(pad * 1.4);
    counts.setSpacing(pad * 1.6);
    view.applyCss();
    fitHead();
    grid.show(running);
  }

  /** On a narrow screen the head, not the tiles, says how large the words may be. */
  private void fitHead() {
    Scene scene = view.getScene();
    if (scene == null) {
      return;
    }
    double room = scene.getWidth() - ((VBox) view).getPadding().getLeft() * 2;
    double size = 1;
    for (int tries = 0; tries < FITS; tries++) { // icons and gaps do not grow with the words
      head.setStyle(String.format(Locale.ROOT, "-fx-font-size: %.3fem", size));
      head.applyCss();
      double wanted = head.prefWidth(-1);
      if (wanted <= room) {
        return;
      }
      size *= 0.98 * room / wanted;
    }
  }

  private static int room(double text, double width, double height) {
    TileShape shape = TileShape.TILE.forText(text);
    double free = height - text * 11;
    int columns =
        (int) ((width - 2 * text * PAD + shape.gap()) / (shape.leastWidth() + shape.gap()));
    int lines = (int) ((free + shape.gap()) / (shape.height() + shape.gap()));
    return columns * lines;
  }

  private void count() {
    counts.getChildren().clear();
    for (VerdictLook look :
        List.of(VerdictLook.DOWN, VerdictLook.DEGRADED, VerdictLook.UNKNOWN, VerdictLook.UP)) {
      String words = model.count(look);
      if (!words.isEmpty()) {
        Label label = new Label(words);
        look.dress(label, desk.texts());
        label.setText(words);
        label.getStyleClass().add("wall-count");
        label.setMinWidth(Label.USE_PREF_SIZE);
        counts.getChildren().add(label);
      }
    }
    arrange(); // they may take more room than before
  }
}
