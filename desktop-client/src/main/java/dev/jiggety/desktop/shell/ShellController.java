package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.shell.ShellViewModel.State;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The frame with menu and status bar around the activity that is seen. */
public final class ShellController {
  private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");

  private final ShellViewModel model;
  private final Navigator navigator;
  private final Themes themes;
  private final Parent view;
  private @Nullable Pin pin;

  @FXML private ToggleButton testsPlace;
  @FXML private ToggleButton resultsPlace;
  @FXML private ToggleButton nodesPlace;
  @FXML private ToggleButton patchesPlace;
  @FXML private ToggleButton settingsPlace;
  @FXML private FontIcon themeIcon;
  @FXML private StackPane content;
  @FXML private FontIcon statusIcon;
  @FXML private Label status;
  @FXML private Label verdicts;
  @FXML private Button basket;
  @FXML private Button rollouts;
  @FXML private Label waiting;
  @FXML private Label hub;

  public ShellController(ShellViewModel model, Desk desk, Themes themes) {
    this.model = model;
    this.navigator = desk.navigator();
    this.themes = themes;
    this.view = new Fxml(desk.texts()).load(this);
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
    hub.setText(model.hub());
    model.stateProperty().subscribe(this::showState);
    themes
        .darkProperty()
        .subscribe(dark -> themeIcon.setIconCode(dark ? Feather.SUN : Feather.MOON));
  }

  Parent view() {
    return view;
  }

  void activate() {
    pin = model.activate();
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
    Map.of(
            Place.TESTS, testsPlace,
            Place.RESULTS, resultsPlace,
            Place.NODES, nodesPlace,
            Place.PATCHES, patchesPlace,
            Place.SETTINGS, settingsPlace)
        .forEach((its, button) -> button.setSelected(its == place));
  }

  @FXML
  void goTests() {
    go(Place.TESTS, testsPlace);
  }

  @FXML
  void goResults() {
    go(Place.RESULTS, resultsPlace);
  }

  @FXML
  void goNodes() {
    go(Place.NODES, nodesPlace);
  }

  @FXML
  void goPatches() {
    go(Place.PATCHES, patchesPlace);
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
    themes
        .choiceProperty()
        .set(themes.darkProperty().get() ? Themes.Choice.LIGHT : Themes.Choice.DARK);
  }

  @FXML
  void disconnect() {
    navigator.disconnect();
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
