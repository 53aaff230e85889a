package dev.jiggety.agent.probe.script;

import dev.jiggety.twill.Argument;
import dev.jiggety.twill.Kind;
import dev.jiggety.twill.Line;
import dev.jiggety.twill.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The arguments of a line with their variables looked up. */
final class Arguments {
  private final List<String> values = new ArrayList<>();

  /** Looks them all up; what a variable has made of them is checked as if it were written. */
  Arguments(Line line, Variables variables) {
    List<Parameter> parameters = line.command().parameters();
    boolean path = line.arguments().size() == 2 && line.arguments().get(1).text().matches("[xc]");
    for (int i = 0; i < line.arguments().size(); i++) {
      Argument argument = line.arguments().get(i);
      Kind kind = parameters.get(Math.min(i, parameters.size() - 1)).kind();
      boolean pattern = kind == Kind.PATTERN && !path;
      String value =
          argument.text(variable -> {
            String text = variables.valueOf(variable);
            return pattern && variable.isSecret() ? Pattern.quote(text) : text;
          });
      if (!argument.isLiteral() && (kind != Kind.PATTERN || pattern)) {
        kind.problem(value)
            .ifPresent(text -> {
              throw ScriptFailure.wrong(shown(argument, variables) + " " + text);
            });
      }
      values.add(value);
    }
  }

  int count() {
    return values.size();
  }

  String get(int index) {
    return values.get(index);
  }

  String get(int index, String absent) {
    return index < values.size() ? values.get(index) : absent;
  }

  /** This one and all that follow. */
  List<String> from(int index) {
    return List.copyOf(values.subList(index, values.size()));
  }

  /** As {@code name = "value"}; secrets by name alone. */
  private static String shown(Argument argument, Variables variables) {
    return "\""
        + argument.text(variable ->
            variable.isSecret() ? "${" + variable.name() + "}" : variables.valueOf(variable))
        + "\"";
  }
}
