package dev.jiggety.agent.probe.page;

import dev.jiggety.agent.browser.Browser;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.View;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.rules.EvidenceRules;
import org.jspecify.annotations.Nullable;

/** What was there when a page failed. */
final class Evidences {
  private Evidences() {}

  /** Null when the browser shows nothing, or has gone. */
  static @Nullable Evidence of(Browser browser) {
    try {
      View view = browser.view();
      if (view.equals(View.EMPTY)) {
        return null;
      }
      return EvidenceRules.evidence(
          new Evidence(
              view.url(),
              view.status(),
              view.headers(),
              view.html(),
              view.forms().stream().map(Evidences::line).toList(),
              view.links().stream().map(link -> link.text() + " → " + link.url()).toList(),
              browser.picture().orElse(null)));
    } catch (BrowserException e) {
      return null;
    }
  }

  private static String line(View.Form form) {
    String name = form.name() != null ? form.name() : form.id() != null ? form.id() : "";
    StringBuilder line = new StringBuilder("form " + (form.index() + 1));
    if (!name.isEmpty()) {
      line.append(" \"").append(name).append('"');
    }
    line.append(": ").append(form.method()).append(' ').append(form.action());
    for (View.Field field : form.fields()) {
      line.append(", ").append(field.name() == null ? "–" : field.name());
      line.append(" (").append(field.type()).append(')');
    }
    return line.toString();
  }
}
