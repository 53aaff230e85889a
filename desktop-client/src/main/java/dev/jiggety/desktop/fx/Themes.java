package dev.jiggety.desktop.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

/** Light or dark, as chosen or as the system has it, for all windows at once. FX thread only. */
public final class Themes {
  private static final String MODENA_NAMES = sheet("/dev/jiggety/desktop/modena-names.css");
  private static final String OWN = sheet("/dev/jiggety/desktop/jiggety.css");

  /** What a person can choose. */
  public enum Choice {
    SYSTEM,
    LIGHT,
    DARK
  }

  private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
  private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();

  public Themes() {
    choice.addListener((property, before, now) -> apply());
    Platform.getPreferences().colorSchemeProperty().addListener((property, before, now) -> apply());
    apply();
  }

  /** The choice; changing it changes all windows. */
  public ObjectProperty<Choice> choiceProperty() {
    return choice;
  }

  /** Whether the windows are dark now. */
  public ReadOnlyBooleanProperty darkProperty() {
    return dark.getReadOnlyProperty();
  }

  /** Gives a scene our own sheets on top of the theme. */
  public void dress(Scene scene) {
    scene.getStylesheets().setAll(MODENA_NAMES, OWN);
  }

  private void apply() {
    boolean wantsDark =
        switch (choice.get()) {
          case LIGHT -> false;
          case DARK -> true;
          case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    Application.setUserAgentStylesheet(
        (wantsDark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
    dark.set(wantsDark);
  }

  private static String sheet(String path) {
    return Objects.requireNonNull(Themes.class.getResource(path), path).toExternalForm();
  }
}
