package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with captures; places are relative to their owner: {@code capture[0].name}. */
public final class CaptureRules {
  /** What can be captured from, the usual one first. */
  public static final Set<Target> TARGETS =
      Set.copyOf(EnumSet.of(Target.JSON, Target.CSS, Target.XPATH, Target.BODY, Target.HEADER));

  private CaptureRules() {}

  /** Everything that is wrong with all of them. */
  public static List<Problem> problems(List<Capture> captures) {
    List<Problem> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < captures.size(); i++) {
      Capture capture = captures.get(i);
      String place = "capture[" + i + "]";
      problems(capture).stream().map(problem -> problem.under(place)).forEach(problems::add);
      if (!names.add(capture.name())) {
        problems.add(
            new Problem(place + ".name", "\"" + capture.name() + "\" is there twice; rename one"));
      }
    }
    return problems;
  }

  private static List<Problem> problems(Capture capture) {
    List<Problem> problems = new ArrayList<>();
    if (!Placeholders.isName(capture.name())) {
      problems.add(
          new Problem(
              "name",
              "\"" + capture.name() + "\" must be letters, digits and _, and begin with no digit"));
    }
    if (!TARGETS.contains(capture.target())) {
      problems.add(
          new Problem(
              "from",
              "nothing can be captured from "
                  + capture.target().label()
                  + "; use header, body, json, xpath or css"));
      return problems;
    }
    expression(capture).map(text -> new Problem("expression", text)).ifPresent(problems::add);
    return problems;
  }

  private static Optional<String> expression(Capture capture) {
    String expression = capture.expression();
    return switch (capture.target()) {
      case HEADER ->
          HttpRules.isToken(expression)
              ? Optional.empty()
              : Optional.of("must be the name of a header, like location");
      case JSON -> Expressions.jsonPath(expression);
      case XPATH -> Expressions.xpath(expression);
      case CSS -> Expressions.css(expression);
      default ->
          expression.isEmpty()
              ? Optional.of("is empty: the regular expression that finds it")
              : Expressions.regex(expression);
    };
  }
}
