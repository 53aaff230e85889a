package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.Engine;
import dev.jiggety.twill.Flaw;
import dev.jiggety.twill.Script;
import java.util.List;
import java.util.Map;

/** What is wrong with the settings of a script test. */
final class ScriptRules {
  private static final int LONGEST_SOURCE = 50_000;
  private static final int MOST_LINES = 500;
  private static final int MOST_FLAWS = 20;
  private static final int MOST_VARIABLES = 100;
  private static final int LONGEST_VALUE = 10_000;

  private ScriptRules() {}

  static void check(Check.Script script, List<Problem> problems) {
    variables(script.variables(), problems);
    ConnectionRules.check(script.connection(), "script.connection", problems);
    if (script.engine() == Engine.CHROMIUM && script.javascript()) {
      problems.add(
          new Problem(
              "script.javascript", "goes with htmlunit; chromium always runs scripts of pages"));
    }
    if (script.source().length() > LONGEST_SOURCE) {
      problems.add(
          new Problem(
              "script.source", "is longer than " + LONGEST_SOURCE + " characters; split it"));
      return;
    }
    Script parsed = Script.parse(script.source(), script.variables().keySet());
    List<Flaw> flaws = parsed.flaws();
    for (Flaw flaw : flaws.subList(0, Math.min(flaws.size(), MOST_FLAWS))) {
      problems.add(
          new Problem("script.source:" + flaw.line() + ":" + flaw.column(), flaw.message()));
    }
    if (flaws.size() > MOST_FLAWS) {
      problems.add(
          new Problem("script.source", "has " + (flaws.size() - MOST_FLAWS) + " more such lines"));
    }
    if (flaws.isEmpty() && parsed.lines().isEmpty()) {
      problems.add(
          new Problem("script.source", "has no command; begin with go https://shop.example/"));
    }
    if (parsed.lines().size() > MOST_LINES) {
      problems.add(
          new Problem("script.source", "has more than " + MOST_LINES + " commands; split it"));
    }
  }

  private static void variables(Map<String, String> variables, List<Problem> problems) {
    if (variables.size() > MOST_VARIABLES) {
      problems.add(
          new Problem("script.variables", "are more than " + MOST_VARIABLES + "; take some out"));
    }
    variables.forEach((name, value) -> {
      String place = "script.variables." + name;
      if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,63}")) {
        problems.add(
            new Problem(
                place,
                "\""
                    + name
                    + "\" cannot be a variable; names are letters, digits and _, and begin"
                    + " with a letter"));
      }
      if (value.length() > LONGEST_VALUE) {
        problems.add(new Problem(place, "is longer than " + LONGEST_VALUE + " characters"));
      }
    });
  }
}
