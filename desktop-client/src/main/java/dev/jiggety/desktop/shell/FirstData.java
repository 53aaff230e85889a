package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.fx.Marks;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.session.Session;
import org.jspecify.annotations.Nullable;

/** Marks when the first tests, and the first results, are seen. FX thread only. */
final class FirstData {
  private @Nullable Pin pin;
  private boolean tests;

  private FirstData() {}

  /** Begins to look, if anybody wants to know. */
  static void mark(Session session) {
    if (Marks.isWanted()) {
      FirstData first = new FirstData();
      first.pin = session.feed().subscribe(update -> first.see(update.picture()));
    }
  }

  private void see(HubPicture picture) {
    if (!tests && !picture.tests().isEmpty()) {
      tests = true;
      Marks.sayWhenDrawn("data");
    }
    if (pin != null && picture.tests().stream().anyMatch(test -> test.lastAt() != null)) {
      pin.close();
      pin = null;
      Marks.sayWhenDrawn("results");
    }
  }
}
