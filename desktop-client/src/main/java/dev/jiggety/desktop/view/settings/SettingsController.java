package dev.jiggety.desktop.view.settings;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.KeyController;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.util.Map;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/** Ties the settings to their view model. */
public final class SettingsController implements Activity {
  private final SettingsViewModel model;
  private final Themes themes;
  private final Desk desk;
  private final KeyController key;
  private final Parent view;

  @FXML private ToggleGroup theme;
  @FXML private RadioButton system;
  @FXML private RadioButton light;
  @FXML private RadioButton dark;
  @FXML private Label path;
  @FXML private VBox keyHost;

  public SettingsController(SettingsViewModel model, KeyViewModel keys, Desk desk, Themes themes) {
    this.model = model;
    this.key = new KeyController(keys, desk);
    this.themes = themes;
    this.desk = desk;
    this.view = new Fxml(desk.texts()).load(this);
  }

  @FXML
  void initialize() {
    keyHost.getChildren().setAll(key.view());
    Map<Themes.Choice, RadioButton> buttons =
        Map.of(Themes.Choice.SYSTEM, system, Themes.Choice.LIGHT, light, Themes.Choice.DARK, dark);
    buttons.forEach((choice, button) -> button.setUserData(choice));
    themes
        .choiceProperty()
        .subscribe(choice -> Objects.requireNonNull(buttons.get(choice)).setSelected(true));
    theme
        .selectedToggleProperty()
        .subscribe(chosen -> {
          if (chosen != null && chosen.getUserData() instanceof Themes.Choice choice) {
            themes.choiceProperty().set(choice);
          }
        });
    path.setText(desk.texts().get("settings.path", model.path()));
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  public void activate() {
    key.activate();
  }

  @Override
  public void deactivate() {
    key.deactivate();
  }

  @FXML
  void forgetHubs() {
    model.forgetHubs();
  }
}
