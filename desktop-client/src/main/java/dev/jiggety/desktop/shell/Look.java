package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.session.Settings;
import dev.jiggety.desktop.session.SettingsFile;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Light or dark and the size of text: as remembered, and remembered anew. FX thread only. */
final class Look {
  private static final int STEP = 10;

  private final Themes themes;
  private final SettingsFile settings;
  private final Tasks tasks;

  Look(Themes themes, SettingsFile settings, Tasks tasks) {
    this.themes = themes;
    this.settings = settings;
    this.tasks = tasks;
  }

  /** Takes what is remembered, then follows what is chosen. */
  Pin begin() {
    Settings.Look known = settings.get().look();
    themes.choiceProperty().set(choice(known.theme()));
    themes.sizeProperty().set(known.size());
    var theme =
        themes.choiceProperty().subscribe(choice -> remember(look -> look.withTheme(name(choice))));
    var size =
        themes
            .sizeProperty()
            .subscribe(percent -> remember(look -> look.withSize(percent.intValue())));
    return () -> {
      theme.unsubscribe();
      size.unsubscribe();
    };
  }

  /** Makes text larger, or smaller for less than nothing. */
  void resize(int steps) {
    int wanted = themes.sizeProperty().get() + steps * STEP;
    themes.sizeProperty().set(settings.get().look().withSize(wanted).size());
  }

  /** Text as large as at a first start. */
  void usualSize() {
    themes.sizeProperty().set(Settings.Look.USUAL_SIZE);
  }

  /** From light to dark, or back. */
  void switchTheme() {
    themes
        .choiceProperty()
        .set(themes.darkProperty().get() ? Themes.Choice.LIGHT : Themes.Choice.DARK);
  }

  private void remember(UnaryOperator<Settings.Look> change) {
    tasks
        .create(() -> {
          settings.change(known -> known.withLook(change.apply(known.look())));
          return true;
        })
        .start();
  }

  private static Themes.Choice choice(String name) {
    return switch (name) {
      case "light" -> Themes.Choice.LIGHT;
      case "dark" -> Themes.Choice.DARK;
      default -> Themes.Choice.SYSTEM;
    };
  }

  private static String name(Themes.Choice choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
