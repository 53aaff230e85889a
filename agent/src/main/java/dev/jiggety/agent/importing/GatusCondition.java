package dev.jiggety.agent.importing;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A condition of Gatus as an assertion; empty where there is none that says the same. */
final class GatusCondition {
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*(?:(?<function>has|len)\\()?\\[(?<what>[A-Z_]+)](?<path>[.\\[][^)=!<>]*?)?\\)?"
              + "\\s*(?<op>==|!=|<=|>=|<|>)\\s*(?<value>.*?)\\s*");
  private static final Pattern PATTERN = Pattern.compile("pat\\((?<text>.*)\\)");
  private static final Pattern ANY = Pattern.compile("any\\((?<list>.*)\\)");

  private final String function;
  private final String path;
  private final String op;
  private final String value;
  private final boolean negated;

  private GatusCondition(Matcher parts) {
    function = parts.group("function") == null ? "" : parts.group("function");
    path = parts.group("path") == null ? "" : parts.group("path");
    op = parts.group("op");
    value = parts.group("value");
    negated = op.equals("!=");
  }

  static Optional<Assertion> read(String condition) {
    Matcher parts = CONDITION.matcher(condition);
    if (!parts.matches()) {
      return Optional.empty();
    }
    GatusCondition read = new GatusCondition(parts);
    return switch (parts.group("what")) {
      case "STATUS" -> read.status();
      case "RESPONSE_TIME" -> read.time();
      case "CERTIFICATE_EXPIRATION" -> read.certificate();
      case "BODY" -> read.path.isEmpty() ? read.body() : read.json();
      default -> Optional.empty();
    };
  }

  /** What holds by itself: a test that answered is connected. */
  static boolean isImplied(String condition) {
    return condition.matches("\\s*\\[CONNECTED]\\s*==\\s*true\\s*")
        || condition.matches("\\s*\\[DNS_RCODE]\\s*==\\s*NOERROR\\s*");
  }

  private Optional<Assertion> status() {
    Matcher any = ANY.matcher(value);
    if (any.matches()) {
      String list =
          Arrays.stream(any.group("list").split(","))
              .map(String::strip)
              .collect(Collectors.joining(","));
      return Optional.of(new Assertion(Target.STATUS, "", Operator.IN, negated, list));
    }
    if (!value.matches("\\d{3}")) {
      return Optional.empty();
    }
    int status = Integer.parseInt(value);
    return Optional.of(
        switch (op) {
          case "<=" -> Assertion.that(Target.STATUS, Operator.LESS_THAN, "" + (status + 1));
          case ">=" -> Assertion.that(Target.STATUS, Operator.GREATER_THAN, "" + (status - 1));
          case "<" -> Assertion.that(Target.STATUS, Operator.LESS_THAN, value);
          case ">" -> Assertion.that(Target.STATUS, Operator.GREATER_THAN, value);
          default -> new Assertion(Target.STATUS, "", Operator.EQUALS, negated, value);
        });
  }

  /** A number of milliseconds, or a duration. */
  private Optional<Assertion> time() {
    String limit = value.matches("\\d+") ? value + "ms" : value;
    return op.startsWith("<")
        ? Optional.of(Assertion.that(Target.TOTAL, Operator.LESS_THAN, limit))
        : Optional.empty();
  }

  private Optional<Assertion> certificate() {
    Matcher hours = Pattern.compile("(\\d+)h").matcher(value);
    if (!op.startsWith(">") || !hours.matches()) {
      return Optional.empty();
    }
    long days = Math.ceilDiv(Long.parseLong(hours.group(1)), 24);
    return Optional.of(Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "" + days));
  }

  private Optional<Assertion> body() {
    if (!function.isEmpty() || !(op.equals("==") || negated) || ANY.matcher(value).matches()) {
      return Optional.empty();
    }
    Matcher glob = PATTERN.matcher(value);
    return Optional.of(
        glob.matches()
            ? new Assertion(Target.BODY, "", Operator.MATCHES, negated, regex(glob.group("text")))
            : new Assertion(Target.BODY, "", Operator.EQUALS, negated, value));
  }

  private Optional<Assertion> json() {
    String name = (path.startsWith("[") ? "$" : "$.") + path.replaceFirst("^\\.", "");
    if (function.equals("has")) {
      boolean absent = value.equals("false") != negated;
      return Optional.of(new Assertion(Target.JSON, name, Operator.EXISTS, absent, ""));
    }
    Matcher glob = PATTERN.matcher(value);
    if (function.equals("len") || ANY.matcher(value).matches()) {
      return Optional.empty();
    }
    if (glob.matches()) {
      return Optional.of(
          new Assertion(Target.JSON, name, Operator.MATCHES, negated, regex(glob.group("text"))));
    }
    return switch (op) {
      case "==", "!=" ->
          Optional.of(new Assertion(Target.JSON, name, Operator.EQUALS, negated, value));
      case "<" -> Optional.of(new Assertion(Target.JSON, name, Operator.LESS_THAN, false, value));
      case ">" ->
          Optional.of(new Assertion(Target.JSON, name, Operator.GREATER_THAN, false, value));
      default -> Optional.empty();
    };
  }

  /** {@code *} stands for anything; the rest stands for itself. */
  private static String regex(String glob) {
    String middle =
        Arrays.stream(glob.split("\\*", -1))
            .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
            .collect(Collectors.joining(".*"));
    return "(?s)^" + middle + "$";
  }
}
