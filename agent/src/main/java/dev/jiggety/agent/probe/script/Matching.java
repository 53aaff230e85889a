package dev.jiggety.agent.probe.script;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.rules.BoundedText;
import dev.jiggety.twill.Patterns;
import java.util.List;
import java.util.Optional;

/** Regular expressions over pages, within bounds. */
final class Matching {
  private static final int MOST = 1000;

  private Matching() {}

  /** What the pattern finds first: its first group, or all of it. */
  static Optional<String> first(String pattern, String flags, String text) {
    return all(pattern, flags, text, 1).stream().map(BoundedText.Found::text).findFirst();
  }

  /** Whether the pattern finds something. */
  static boolean finds(String pattern, String text) {
    return first(pattern, "", text).isPresent();
  }

  /** All that the pattern finds, up to a thousand. */
  static List<BoundedText.Found> all(String pattern, String flags, String text) {
    return all(pattern, flags, text, MOST);
  }

  private static List<BoundedText.Found> all(String pattern, String flags, String text, int most) {
    try {
      return BoundedText.all(Patterns.java(pattern, flags), text, most);
    } catch (BoundedText.TooMuchWork e) {
      throw new ScriptFailure(
          ErrorKind.LIMIT, null, "the pattern backtracks too much in this page; make it simpler");
    }
  }
}
