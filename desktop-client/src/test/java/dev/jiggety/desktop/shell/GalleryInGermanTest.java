package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Themes;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** German words are longer than English ones: there is room for them. */
class GalleryInGermanTest extends AllScreens {
  @Override
  protected Locale language() {
    return Locale.GERMAN;
  }

  @Test
  void everyScreen() throws IOException {
    look(Themes.Choice.LIGHT, "german", Set.of(Size.SMALL, Size.SCALED));
    lookAtAll();
    assertNoProblems();
  }
}
