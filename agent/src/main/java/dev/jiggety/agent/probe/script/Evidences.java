package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Picture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was there when a script failed. */
final class Evidences {
  private static final int LONGEST_BODY = 4000;
  private static final int MOST = 20;

  private Evidences() {}

  static Evidence of(View view, @Nullable Picture picture) {
    String body = view.html();
    return new Evidence(
        view.url(),
        view.status(),
        few(view.headers()),
        body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY),
        few(ShowCommands.forms(view)),
        few(ShowCommands.links(view)),
        picture);
  }

  private static <T> List<T> few(List<T> list) {
    return list.subList(0, Math.min(MOST, list.size()));
  }
}
