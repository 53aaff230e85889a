package dev.jiggety.desktop.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.util.Subscription;

/** Light or dark, as chosen or as the system has it, for all windows at once. FX thread only. */
public final class Themes implements AutoCloseable {
  private static final String MODENA_NAMES = sheet("/dev/jiggety/desktop/modena-names.css");
  private static final String LIGHT = sheet("/dev/jiggety/desktop/colours-light.css");
  private static final String DARK = sheet("/dev/jiggety/desktop/colours-dark.css");
  private static final String OWN = sheet("/dev/jiggety/desktop/jiggety.css");

  /** What a person can choose. */
  public enum Choice {
    SYSTEM,
    LIGHT,
    DARK
  }

  /** The size of text at 100 %, in pixels of the screen's scale. */
  private static final double USUAL_PIXELS = 13;

  private final IntegerProperty size = new SimpleIntegerProperty(100);
  private final Subscription system;
  private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
  private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();

  public Themes() {
    choice.addListener((property, before, now) -> apply());
    system = Platform.getPreferences().colorSchemeProperty().subscribe(this::apply);
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

  /** The size of text in percent of the usual; changing it changes what was dressed. */
  public IntegerProperty sizeProperty() {
    return size;
  }

  /** Gives a scene our own sheets on top of the theme, and keeps its text in the size. */
  public Pin dress(Scene scene) {
    Runnable again = () -> scene.getStylesheets().setAll(MODENA_NAMES, colours(), OWN, sizeSheet());
    again.run();
    Subscription changes = size.subscribe(again).and(dark.subscribe(again));
    return changes::unsubscribe;
  }

  /** No longer follows the system. */
  @Override
  public void close() {
    system.unsubscribe();
  }

  private String colours() {
    return dark.get() ? DARK : LIGHT;
  }

  private String sizeSheet() {
    String rule =
        String.format(
            Locale.ROOT, ".root{-fx-font-size:%.2fpx}", USUAL_PIXELS * size.get() / 100.0);
    return "data:text/css;base64,"
        + Base64.getEncoder().encodeToString(rule.getBytes(StandardCharsets.US_ASCII));
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
