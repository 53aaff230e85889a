package dev.jiggety.model.rules;

import dev.jiggety.jsonpath.JsonPath;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jaxen.saxpath.SAXPathException;
import org.jaxen.saxpath.helpers.DefaultXPathHandler;
import org.jaxen.saxpath.helpers.XPathReaderFactory;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector;

/** What is wrong with expressions that people write, as a sentence; empty when nothing is. */
final class Expressions {
  private static final int LONGEST = 2_000;

  /** What jsoup adds to CSS and what would work without bound on a hostile page. */
  private static final Pattern REGEX_IN_CSS = Pattern.compile(":matches|~=(?=[^\\]]*[*+{(])");

  private Expressions() {}

  /** Places to fill in stand for a letter here. */
  private static String filled(String text) {
    return Placeholders.fill(text, _ -> "x");
  }

  static Optional<String> regex(String text) {
    try {
      Pattern.compile(filled(text));
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "is not a regular expression: " + e.getDescription() + " at " + (e.getIndex() + 1));
    }
  }

  static Optional<String> jsonPath(String text) {
    try {
      JsonPath.parse(filled(text));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  static Optional<String> xpath(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      return Optional.of("must be an XPath 1.0 of at most " + LONGEST + " characters, like //h1");
    }
    try {
      var reader = XPathReaderFactory.createReader();
      reader.setXPathHandler(new DefaultXPathHandler());
      reader.parse(filled(text));
      return Optional.empty();
    } catch (SAXPathException | RuntimeException e) {
      return Optional.of("is not an XPath 1.0: " + e.getMessage());
    }
  }

  static Optional<String> css(String text) {
    CssPath path = CssPath.of(text);
    if (path.selector().isBlank() || text.length() > LONGEST) {
      return Optional.of(
          "must be a CSS selector of at most " + LONGEST + " characters, like h1 or input @value");
    }
    if (REGEX_IN_CSS.matcher(path.selector()).find()) {
      return Optional.of("holds a regular expression; use the operator matches instead");
    }
    try {
      QueryParser.parse(filled(path.selector()));
      return Optional.empty();
    } catch (Selector.SelectorParseException | IllegalArgumentException e) {
      return Optional.of("is not a CSS selector: " + e.getMessage());
    }
  }
}
