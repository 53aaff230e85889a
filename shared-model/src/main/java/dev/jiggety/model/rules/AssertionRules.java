package dev.jiggety.model.rules;

import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** What is wrong with an assertion; places are relative to it. */
public final class AssertionRules {
  private AssertionRules() {}

  /** Everything that is wrong; empty when it can be checked. */
  public static List<Problem> problems(Assertion assertion) {
    List<Problem> problems = new ArrayList<>();
    Set<Operator> allowed = operators(assertion.target());
    if (!allowed.contains(assertion.operator())) {
      String names = allowed.stream().map(Operator::label).collect(Collectors.joining(", "));
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
    name(assertion).map(text -> new Problem("name", text)).ifPresent(problems::add);
    value(assertion).map(text -> new Problem("value", text)).ifPresent(problems::add);
    if (assertion.negated() && !canBeNegated(assertion.target())) {
      problems.add(
          new Problem("not", "does not go with " + assertion.target().label() + "; take it out"));
    }
    return problems;
  }

  /** The phase of that label. */
  public static Optional<Phase> phase(String label) {
    return Arrays.stream(Phase.values()).filter(phase -> phase.label().equals(label)).findAny();
  }

  private static Set<Operator> operators(Target target) {
    return switch (target) {
      case STATUS ->
          EnumSet.of(Operator.EQUALS, Operator.IN, Operator.LESS_THAN, Operator.GREATER_THAN);
      case HEADER ->
          EnumSet.of(Operator.EXISTS, Operator.EQUALS, Operator.CONTAINS, Operator.MATCHES);
      case BODY -> EnumSet.of(Operator.CONTAINS, Operator.MATCHES, Operator.EQUALS);
      case TOTAL, PHASE -> EnumSet.of(Operator.LESS_THAN);
      case CERTIFICATE_DAYS -> EnumSet.of(Operator.GREATER_THAN);
      default -> EnumSet.noneOf(Operator.class);
    };
  }

  private static boolean canBeNegated(Target target) {
    return target == Target.STATUS || target == Target.HEADER || target == Target.BODY;
  }

  private static Optional<String> name(Assertion assertion) {
    String name = assertion.name();
    return switch (assertion.target()) {
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
      default ->
          name.isEmpty()
              ? Optional.empty()
              : Optional.of("goes with header and phase only; take it out");
    };
  }

  private static Optional<String> value(Assertion assertion) {
    String value = assertion.expected();
    if (assertion.operator() == Operator.EXISTS) {
      return value.isEmpty() ? Optional.empty() : Optional.of("does not go with exists");
    }
    return switch (assertion.target()) {
      case STATUS -> status(assertion.operator(), value);
      case TOTAL, PHASE -> time(value);
      case CERTIFICATE_DAYS ->
          value.matches("\\d{1,4}")
              ? Optional.empty()
              : Optional.of("must be a number of days, like 14");
      default -> text(assertion.operator(), value);
    };
  }

  private static Optional<String> status(Operator operator, String value) {
    try {
      if (operator == Operator.IN) {
        NumberRanges.parse(value);
      } else {
        NumberRanges.number(value);
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> time(String value) {
    try {
      return Durations.parse(value).compareTo(Duration.ZERO) > 0
          ? Optional.empty()
          : Optional.of("must be longer than 0s");
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> text(Operator operator, String value) {
    if (operator != Operator.EQUALS && value.isEmpty()) {
      return Optional.of("is empty: what it " + operator.label());
    }
    if (operator != Operator.MATCHES) {
      return Optional.empty();
    }
    try {
      Pattern.compile(value);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "is not a regular expression: " + e.getDescription() + " at " + (e.getIndex() + 1));
    }
  }
}
