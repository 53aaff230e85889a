package dev.jiggety.endtoend;

import static dev.jiggety.endtoend.DesktopWindow.fx;

import dev.jiggety.desktop.fx.Themes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Pictures for the documentation, light and dark: into {@code target/screenshots}, or where {@code
 * -Djiggety.screenshots=docs/images} says, which is seen from the top of the repository.
 */
final class Pictures {
  private Pictures() {}

  /** What the window shows. */
  static void take(DesktopWindow window, String name) {
    for (Themes.Choice theme : List.of(Themes.Choice.DARK, Themes.Choice.LIGHT)) {
      fx(() -> {
        window.shell().themes().choiceProperty().set(theme);
        return true;
      });
      window.picture(folder().resolve(name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png"));
    }
  }

  private static Path folder() {
    String wanted = System.getProperty("jiggety.screenshots", "packaging/target/screenshots");
    return Path.of("..").toAbsolutePath().normalize().resolve(wanted);
  }
}
