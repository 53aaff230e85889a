package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import java.util.Locale;

/** Pages in words. */
final class Pages {
  private static final int LONGEST = 80;

  private Pages() {}

  /** A page by its title, or by its address where it has none. */
  static String name(View view) {
    if (!view.title().isBlank()) {
      return "\"" + cut(view.title()) + "\"";
    }
    return view.url().isEmpty() ? "(none yet)" : view.url();
  }

  /** The beginning of a text, on one line. */
  static String cut(String text) {
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** Whether an address is one of the web. */
  static boolean isWeb(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }
}
