package dev.jiggety.desktop.view.settings;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.widget.KeyController;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.util.Map;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Ties the settings to their view model. */
public final class SettingsController extends LiveActivity {
  private static final int STEP = 10;

  private final SettingsViewModel model;
  private final Themes themes;
  private final Desk desk;
  private final KeyController key;
  private final Parent view;

  @FXML private ToggleGroup theme;
  @FXML private RadioButton system;
  @FXML private RadioButton light;
  @FXML private RadioButton dark;
  @FXML private ComboBox<String> language;
  @FXML private Slider textSize;
  @FXML private Label textSizeShown;
  @FXML private CheckBox notices;
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
    theme
        .selectedToggleProperty()
        .subscribe(chosen -> {
          if (chosen != null && chosen.getUserData() instanceof Themes.Choice choice) {
            themes.choiceProperty().set(choice);
          }
        });
    language.getItems().setAll(model.languages());
    language.setConverter(new NamesOfLanguages());
    language.setValue(model.language());
    language.valueProperty().addListener((property, before, now) -> model.choose(now));
    notices.setSelected(model.notices());
    notices.selectedProperty().addListener((property, before, now) -> model.notices(now));
    textSize
        .valueProperty()
        .addListener((property, before, now) -> {
          if (!textSize.isValueChanging()) {
            themes.sizeProperty().set((int) Math.round(now.doubleValue() / STEP) * STEP);
          }
        });
    textSize
        .valueChangingProperty()
        .addListener((property, before, now) ->
            themes.sizeProperty().set((int) Math.round(textSize.getValue() / STEP) * STEP));
    path.setText(desk.texts().get("settings.path", model.path()));
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  protected Pin follow() {
    key.activate();
    Subscription look =
        themes
            .choiceProperty()
            .subscribe(this::showTheme)
            .and(themes.sizeProperty().subscribe(percent -> showSize(percent.intValue())));
    return Pin.all(key::deactivate, look::unsubscribe);
  }

  private void showTheme(Themes.Choice choice) {
    switch (choice) {
      case SYSTEM -> system.setSelected(true);
      case LIGHT -> light.setSelected(true);
      case DARK -> dark.setSelected(true);
    }
  }

  private void showSize(int percent) {
    textSize.setValue(percent);
    textSizeShown.setText(desk.texts().get("settings.size.percent", percent));
  }

  private final class NamesOfLanguages extends StringConverter<String> {
    @Override
    public String toString(@Nullable String tag) {
      return tag == null ? "" : model.languageName(tag);
    }

    @Override
    public String fromString(String name) {
      return model.languages().stream()
          .filter(tag -> model.languageName(tag).equals(name))
          .findFirst()
          .orElse("");
    }
  }

  @FXML
  void forgetHubs() {
    model.forgetHubs();
  }
}
