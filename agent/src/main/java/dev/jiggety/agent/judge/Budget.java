package dev.jiggety.agent.judge;

import dev.jiggety.jsonpath.JsonPath;
import dev.jiggety.model.rules.BoundedText;

/** So much work and no more, the same on every machine. For one expression. */
final class Budget implements JsonPath.Limits {
  /** Some hundred milliseconds. */
  private static final long MOST = 5_000_000;

  private long left = MOST;

  @Override
  public void step() {
    take(1);
  }

  void take(long steps) {
    left -= steps;
    if (left < 0) {
      throw new TooMuchException(
          "nothing yet when it was given up: the body is too large or too deep for it");
    }
  }

  @Override
  public boolean matches(String expression, String text, boolean whole) {
    take(1 + text.length() / 16);
    try {
      return BoundedText.find(whole ? "\\A(?:" + expression + ")\\z" : expression, text);
    } catch (java.util.regex.PatternSyntaxException e) {
      return false; // RFC 9535: what is no expression matches nothing
    }
  }
}
