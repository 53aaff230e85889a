package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Themes;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every screen can be read, light and dark, on small and large screens. */
class GalleryTest extends AllScreens {
  @Test
  void everyScreenInLight() throws IOException {
    look(Themes.Choice.LIGHT, "light", EnumSet.allOf(Size.class));
    lookAtAll();
    assertNoProblems();
  }

  @Test
  void everyScreenInDark() throws IOException {
    look(Themes.Choice.DARK, "dark", Set.of(Size.SMALL));
    lookAtAll();
    assertNoProblems();
  }
}
