package dev.jiggety.twill;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

/** Regular expressions of scripts: Java's, with Python's spelling of named groups. */
public final class Patterns {
  private Patterns() {}

  /**
   * The expression as java.util.regex has it.
   *
   * @param flags letters {@code i}, {@code m}, {@code s}
   */
  public static String java(String pattern, String flags) {
    String expression = pattern.replace("(?P<", "(?<").replaceAll("\\(\\?P=(\\w+)\\)", "\\\\k<$1>");
    return flags.isEmpty() ? expression : "(?u" + flags + ")" + expression;
  }

  /** What is wrong with one. */
  static Optional<String> problem(String pattern) {
    try {
      Pattern.compile(java(pattern, ""));
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "is no regular expression: "
              + e.getDescription()
              + " near index "
              + Math.max(e.getIndex(), 0)
              + "; a \\ before a character takes it as it is");
    }
  }

  /** What is wrong with an XPath. */
  static Optional<String> xpathProblem(String expression) {
    try {
      XPathFactory.newInstance().newXPath().compile(expression);
      return Optional.empty();
    } catch (XPathExpressionException e) {
      return Optional.of("is no XPath 1.0; write it like //h1[@class='title']");
    }
  }
}
