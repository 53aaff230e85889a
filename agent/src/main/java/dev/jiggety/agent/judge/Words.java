package dev.jiggety.agent.judge;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a failed assertion says: what was looked at, what was expected, what was found. */
final class Words {
  private static final int LONGEST_EXCERPT = 120;
  private static final int MOST_FOUND = 5;

  private Words() {}

  static Failure wrong(String what, Assertion assertion, String expected, String found) {
    String operator =
        switch (assertion.operator()) {
          case EQUALS -> "";
          case IN -> "in ";
          case CONTAINS -> "to contain ";
          case MATCHES -> "to match ";
          case LESS_THAN -> "less than ";
          case GREATER_THAN -> "more than ";
          case EXISTS -> "to be there";
          case VALID -> "to be valid by the schema";
        };
    boolean bare =
        assertion.operator() == Operator.EXISTS || assertion.operator() == Operator.VALID;
    String not = assertion.negated() ? "not " : "";
    return new Failure(
        ErrorKind.ASSERTION,
        null,
        what + ": expected " + not + operator + (bare ? "" : expected) + ", found " + found);
  }

  /** The beginning of a text on one line, quoted. */
  static String excerpt(String text) {
    String start = text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT);
    String line = start.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return "\"" + line + (start.length() < text.length() ? "…" : "") + "\"";
  }

  /** The first of several texts. */
  static String several(List<String> texts, String none) {
    if (texts.isEmpty()) {
      return none;
    }
    StringBuilder found = new StringBuilder();
    int shown = Math.min(texts.size(), MOST_FOUND);
    for (String text : texts.subList(0, shown)) {
      found.append(found.isEmpty() ? "" : ", ").append(excerpt(text));
    }
    int more = texts.size() - shown;
    return more == 0 ? found.toString() : found + " and " + more + " more";
  }

  static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1fms", time.toNanos() / 1e6);
  }
}
