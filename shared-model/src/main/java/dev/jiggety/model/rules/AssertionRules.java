package dev.jiggety.model.rules;

import static dev.jiggety.model.Assertion.Operator.CONTAINS;
import static dev.jiggety.model.Assertion.Operator.EQUALS;
import static dev.jiggety.model.Assertion.Operator.EXISTS;
import static dev.jiggety.model.Assertion.Operator.GREATER_THAN;
import static dev.jiggety.model.Assertion.Operator.IN;
import static dev.jiggety.model.Assertion.Operator.LESS_THAN;
import static dev.jiggety.model.Assertion.Operator.MATCHES;
import static dev.jiggety.model.Assertion.Operator.VALID;

import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Phase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which assertions make sense, and what is wrong with one; places are relative to it. */
public final class AssertionRules {
  private static final List<Operator> TEXT = List.of(CONTAINS, EQUALS, MATCHES);
  private static final List<Operator> FOUND =
      List.of(EQUALS, EXISTS, CONTAINS, MATCHES, LESS_THAN, GREATER_THAN);
  private static final List<Operator> COUNT = List.of(LESS_THAN, GREATER_THAN, EQUALS);

  private AssertionRules() {}

  /** What the name of an assertion says. */
  public enum Name {
    NONE,
    HEADER,
    PHASE,
    JSON_PATH,
    XPATH,
    CSS,
    MILESTONE
  }

  /** What is compared with. */
  public enum Value {
    /** A status, or with {@code in} a list of statuses and ranges. */
    STATUS,
    /** A text; with {@code matches} a regular expression. */
    TEXT,
    /** A text; with {@code less-than} and {@code greater-than} a number. */
    TEXT_OR_NUMBER,
    TIME,
    DAYS,
    COUNT,
    SIZE,
    SCHEMA
  }

  /**
   * What goes with a target.
   *
   * @param operators the usual one first
   * @param negatable whether {@code not} makes sense
   */
  public record Row(List<Operator> operators, Name name, boolean negatable, Value value) {
    public Row {
      operators = List.copyOf(operators);
    }

    /** Whether it has to be told which one. */
    public boolean needsName() {
      return name != Name.NONE;
    }
  }

  /** The one table. */
  public static Row row(Target target) {
    return switch (target) {
      case STATUS ->
          new Row(List.of(IN, EQUALS, LESS_THAN, GREATER_THAN), Name.NONE, true, Value.STATUS);
      case HEADER ->
          new Row(
              List.of(CONTAINS, EQUALS, MATCHES, EXISTS, LESS_THAN, GREATER_THAN),
              Name.HEADER,
              true,
              Value.TEXT_OR_NUMBER);
      case BODY -> new Row(TEXT, Name.NONE, true, Value.TEXT);
      case TOTAL -> new Row(List.of(LESS_THAN, GREATER_THAN), Name.NONE, false, Value.TIME);
      case PHASE -> new Row(List.of(LESS_THAN, GREATER_THAN), Name.PHASE, false, Value.TIME);
      case MILESTONE ->
          new Row(List.of(LESS_THAN, GREATER_THAN), Name.MILESTONE, false, Value.TIME);
      case CERTIFICATE_DAYS ->
          new Row(List.of(GREATER_THAN, LESS_THAN), Name.NONE, false, Value.DAYS);
      case CERTIFICATE_ISSUER -> new Row(TEXT, Name.NONE, true, Value.TEXT);
      case CERTIFICATE_HOST, PROTOCOL ->
          new Row(List.of(EQUALS, CONTAINS, MATCHES), Name.NONE, true, Value.TEXT);
      case JSON -> new Row(FOUND, Name.JSON_PATH, true, Value.TEXT_OR_NUMBER);
      case XPATH -> new Row(FOUND, Name.XPATH, true, Value.TEXT_OR_NUMBER);
      case CSS -> new Row(FOUND, Name.CSS, true, Value.TEXT_OR_NUMBER);
      case SCHEMA -> new Row(List.of(VALID), Name.NONE, true, Value.SCHEMA);
      case SIZE, WEIGHT -> new Row(COUNT, Name.NONE, false, Value.SIZE);
      case ANSWER ->
          new Row(List.of(EQUALS, CONTAINS, MATCHES, EXISTS), Name.NONE, true, Value.TEXT);
      case REQUESTS, CONSOLE_ERRORS, NETWORK_ERRORS ->
          new Row(COUNT, Name.NONE, false, Value.COUNT);
    };
  }

  /** Everything that is wrong; empty when it can be checked. */
  public static List<Problem> problems(Assertion assertion) {
    List<Problem> problems = new ArrayList<>();
    Row row = row(assertion.target());
    if (!row.operators().contains(assertion.operator())) {
      String names =
          row.operators().stream().map(Operator::label).collect(Collectors.joining(", "));
      problems.add(
          new Problem(
              "op",
              assertion.operator().label()
                  + " does not go with "
                  + assertion.target().label()
                  + "; use "
                  + names));
      return problems;
    }
    name(row.name(), assertion.name())
        .map(text -> new Problem("name", text))
        .ifPresent(problems::add);
    value(row.value(), assertion).map(text -> new Problem("value", text)).ifPresent(problems::add);
    if (assertion.negated() && !row.negatable()) {
      problems.add(
          new Problem("not", "does not go with " + assertion.target().label() + "; take it out"));
    }
    return problems;
  }

  /** The phase of that label. */
  public static Optional<Phase> phase(String label) {
    return Arrays.stream(Phase.values()).filter(phase -> phase.label().equals(label)).findAny();
  }

  private static Optional<String> name(Name wanted, String name) {
    return switch (wanted) {
      case NONE ->
          name.isEmpty() ? Optional.empty() : Optional.of("does not go with this; take it out");
      case HEADER ->
          HttpRules.isToken(name)
              ? Optional.empty()
              : Optional.of("must be the name of a header, like content-type");
      case PHASE ->
          phase(name).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "must be one of "
                      + Arrays.stream(Phase.values())
                          .map(Phase::label)
                          .collect(Collectors.joining(", ")));
      case MILESTONE ->
          name.matches("[A-Za-z][A-Za-z-]{0,63}")
              ? Optional.empty()
              : Optional.of("must be a milestone of a page, like loadEventEnd");
      case JSON_PATH -> Expressions.jsonPath(name);
      case XPATH -> Expressions.xpath(name);
      case CSS -> Expressions.css(name);
    };
  }

  private static Optional<String> value(Value wanted, Assertion assertion) {
    String value = assertion.expected();
    Operator operator = assertion.operator();
    if (operator == EXISTS) {
      return value.isEmpty() ? Optional.empty() : Optional.of("does not go with exists");
    }
    return switch (wanted) {
      case STATUS -> status(operator, value);
      case TIME -> time(value);
      case DAYS ->
          value.matches("\\d{1,4}")
              ? Optional.empty()
              : Optional.of("must be a number of days, like 14");
      case COUNT ->
          value.matches("\\d{1,9}")
              ? Optional.empty()
              : Optional.of("must be a whole number, like 3");
      case SIZE -> parsed(() -> Sizes.parse(value));
      case SCHEMA ->
          value.strip().startsWith("{")
              ? Optional.empty()
              : Optional.of("must be a JSON schema: an object in JSON");
      case TEXT_OR_NUMBER ->
          operator == LESS_THAN || operator == GREATER_THAN ? number(value) : text(operator, value);
      case TEXT -> text(operator, value);
    };
  }

  private static Optional<String> status(Operator operator, String value) {
    return parsed(
        () -> operator == IN ? NumberRanges.parse(value) : (Integer) NumberRanges.number(value));
  }

  private static Optional<String> time(String value) {
    Optional<String> problem = parsed(() -> Durations.parse(value));
    return problem.isEmpty() && Durations.parse(value).equals(Duration.ZERO)
        ? Optional.of("must be longer than 0s")
        : problem;
  }

  private static Optional<String> number(String value) {
    try {
      BigDecimal number = new BigDecimal(value.strip());
      return number.precision() > 40 ? Optional.of("has too many digits") : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of("must be a number, like 3 or 0.5");
    }
  }

  private static Optional<String> parsed(java.util.function.Supplier<?> parser) {
    try {
      parser.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> text(Operator operator, String value) {
    if (operator != EQUALS && value.isEmpty()) {
      return Optional.of("is empty: what it " + operator.label());
    }
    return operator == MATCHES ? Expressions.regex(value) : Optional.empty();
  }
}
