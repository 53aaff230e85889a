package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Picture;
import dev.jiggety.model.rules.EvidenceRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was there when a script failed. */
final class Evidences {
  private Evidences() {}

  static Evidence of(View view, @Nullable Picture picture) {
    String body = view.html();
    return new Evidence(
        view.url(),
        view.status(),
        few(view.headers()),
        body.length() <= EvidenceRules.BODY ? body : body.substring(0, EvidenceRules.BODY),
        few(ShowCommands.forms(view)),
        few(ShowCommands.links(view)),
        picture);
  }

  private static <T> List<T> few(List<T> list) {
    return list.subList(0, Math.min(EvidenceRules.LIST, list.size()));
  }
}
