package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.shell.ShellViewModel.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The frame with menu and status bar around the activity that is seen. */
public final class ShellController {
  private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");
  private static final PseudoClass LOW = PseudoClass.getPseudoClass("low");

  /** Lower than this, in pixels, the whole menu does not fit as it usually is. */
  private static final double LOW_WINDOW = 640;

  private final ShellViewModel model;
  private final Navigator navigator;
  private final Themes themes;
  private final Look look;
  private final WorkViewModel work;
  private final Supplier<List<KnownHub>> hubs;
  private final Texts texts;
  private final Map<Place, ToggleButton> buttons = new EnumMap<>(Place.class);
  private final Parent view;
  private @Nullable Pin pin;

  @FXML private VBox places;
  @FXML private ToggleButton settingsPlace;
  @FXML private FontIcon themeIcon;
  @FXML private StackPane content;
  @FXML private FontIcon statusIcon;
  @FXML private Label status;
  @FXML private Label verdicts;
  @FXML private Button basket;
  @FXML private Button rollouts;
  @FXML private Label waiting;
  @FXML private MenuButton hub;
  @FXML private HBox workHost;
  @FXML private Label workText;
  @FXML private Button stopWork;

  /**
   * The frame.
   *
   * @param hubs those that are remembered
   */
  ShellController(
      ShellViewModel model,
      WorkViewModel work,
      Desk desk,
      Themes themes,
      Look look,
      Supplier<List<KnownHub>> hubs) {
    this.model = model;
    this.work = work;
    this.look = look;
    this.hubs = hubs;
    this.navigator = desk.navigator();
    this.themes = themes;
    this.texts = desk.texts();
    this.view = new Fxml(desk.texts()).load(this);
    view.layoutBoundsProperty().subscribe(bounds -> fitRail(bounds.getHeight()));
  }

  @FXML
  void initialize() {
    status.textProperty().bind(model.statusProperty());
    Tooltip whole = new Tooltip();
    whole.textProperty().bind(model.statusProperty());
    status.setTooltip(whole);
    verdicts.textProperty().bind(model.verdictsProperty());
    basket.textProperty().bind(model.basketProperty());
    rollouts.textProperty().bind(model.rolloutsProperty());
    for (Button button : List.of(basket, rollouts)) {
      button.visibleProperty().bind(button.textProperty().isNotEmpty());
      button.managedProperty().bind(button.visibleProperty());
    }
    waiting.textProperty().bind(model.waitingProperty().asString());
    waiting.visibleProperty().bind(model.waitingProperty().greaterThan(0));
    hub.textProperty().bind(model.hubProperty());
    hub.accessibleTextProperty()
        .bind(model.hubProperty().map(text -> texts.get("status.hubs", text)));
    Tooltip hubInFull = new Tooltip();
    hubInFull.textProperty().bind(model.hubProperty());
    hub.setTooltip(hubInFull);
    hub.getItems().setAll(new MenuItem(texts.get("status.disconnect"))); // filled as it opens
    hub.setOnShowing(event -> offerHubs());
    workText.textProperty().bind(work.textProperty());
    workHost.visibleProperty().bind(work.textProperty().isNotEmpty());
    workHost.managedProperty().bind(workHost.visibleProperty());
    stopWork.visibleProperty().bind(work.cancellableProperty());
    stopWork.managedProperty().bind(stopWork.visibleProperty());
    StackPane.setAlignment(waiting, Pos.TOP_RIGHT);
    buttons.put(Place.SETTINGS, settingsPlace);
    model.stateProperty().subscribe(this::showState);
  }

  /** In a low window the menu has less room between its items. */
  private void fitRail(double height) {
    view.pseudoClassStateChanged(LOW, height > 0 && height < LOW_WINDOW);
  }

  Parent view() {
    return view;
  }

  void activate() {
    Subscription dark =
        themes
            .darkProperty()
            .subscribe(is -> themeIcon.setIconCode(is ? Feather.SUN : Feather.MOON));
    pin = Pin.all(model.activate(), work.activate(), dark::unsubscribe);
  }

  /** The hubs that one can go to from here, and the way out. */
  private void offerHubs() {
    List<MenuItem> items = new ArrayList<>();
    for (KnownHub known : hubs.get()) {
      if (!model.isConnectedTo(known)) {
        MenuItem item = new MenuItem(model.words(known));
        item.setMnemonicParsing(false);
        item.setOnAction(event -> navigator.connect(known));
        items.add(item);
      }
    }
    if (!items.isEmpty()) {
      items.add(new SeparatorMenuItem());
    }
    MenuItem leave = new MenuItem(texts.get("status.disconnect"));
    leave.setOnAction(event -> navigator.disconnect());
    items.add(leave);
    hub.getItems().setAll(items);
  }

  @FXML
  void stopWork() {
    work.cancel();
  }

  void deactivate() {
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }

  /** Shows an activity; {@code place} is its place in the menu, null for none. */
  void show(Activity activity, @Nullable Place place) {
    content.getChildren().setAll(activity.view());
    model.watching(place == Place.PATCHES);
    buttons.forEach((its, button) -> button.setSelected(its == place));
  }

  /** Puts the places into the menu, in their order. */
  void offer(Set<Place> offered) {
    offered.stream().filter(place -> place != Place.SETTINGS).forEach(this::offer);
  }

  private void offer(Place place) {
    String key = "menu." + place.name().toLowerCase(Locale.ROOT);
    ToggleButton button = new ToggleButton(texts.get(key), new FontIcon(icon(place)));
    button.setId(place.name().toLowerCase(Locale.ROOT) + "Place");
    button.getStyleClass().add("rail-item");
    button.setTooltip(new Tooltip(texts.get(key + ".tip", place.digit())));
    button.setOnAction(event -> go(place, button));
    buttons.put(place, button);
    places.getChildren().add(place == Place.PATCHES ? new StackPane(button, waiting) : button);
  }

  private static Feather icon(Place place) {
    return switch (place) {
      case OVERVIEW -> Feather.GRID;
      case TESTS -> Feather.LIST;
      case RESULTS -> Feather.TRENDING_UP;
      case INCIDENTS -> Feather.ALERT_TRIANGLE;
      case PATCHES -> Feather.PACKAGE;
      case NODES -> Feather.SERVER;
      case SETTINGS -> Feather.SETTINGS;
    };
  }

  @FXML
  void goPatches() {
    navigator.go(Place.PATCHES);
  }

  @FXML
  void goBasket() {
    navigator.basket();
  }

  @FXML
  void goSettings() {
    go(Place.SETTINGS, settingsPlace);
  }

  @FXML
  void switchTheme() {
    look.switchTheme();
  }

  /** The button shows where we are, which is not yet where it leads: somebody may stay. */
  private void go(Place place, ToggleButton button) {
    button.setSelected(!button.isSelected());
    navigator.go(place);
  }

  private void showState(State state) {
    statusIcon.setIconCode(
        switch (state) {
          case CONNECTED -> Feather.WIFI;
          case CONNECTING -> Feather.LOADER;
          case AWAY -> Feather.WIFI_OFF;
        });
    statusIcon.pseudoClassStateChanged(AWAY, state == State.AWAY);
    status.pseudoClassStateChanged(AWAY, state == State.AWAY);
  }
}
