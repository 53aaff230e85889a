package dev.jiggety.model.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CSS selector and perhaps an attribute: {@code input[name=token] @value}. CSS itself finds
 * elements only; of them the text counts.
 *
 * @param attribute empty for the element's text
 */
public record CssPath(String selector, String attribute) {
  private static final Pattern WITH_ATTRIBUTE =
      Pattern.compile("(.*\\S)\\s+@([A-Za-z_][\\w:.-]*)\\s*", Pattern.DOTALL);

  /** Splits what people write. */
  public static CssPath of(String text) {
    Matcher parts = WITH_ATTRIBUTE.matcher(text);
    return parts.matches()
        ? new CssPath(parts.group(1).strip(), parts.group(2))
        : new CssPath(text.strip(), "");
  }
}
