package dev.jiggety.agent.probe.script;

import dev.jiggety.model.rules.BoundedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands that take pages apart; where twill evaluates Python, a pattern does the work. */
final class MatchCommands {
  /** In twill the name of the match in expressions; alone it is all of it. */
  private static final String ALL = "m";

  private final Session session;
  private final Variables variables;
  private final Output output;

  MatchCommands(Session session, Variables variables, Output output) {
    this.session = session;
    this.variables = variables;
    this.output = output;
  }

  void split(String pattern) {
    String page = session.page().html();
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (BoundedText.Found found : Matching.all(pattern, "", page)) {
      if (found.end() > found.start()) {
        parts.add(page.substring(from, found.start()));
        from = found.end();
      }
    }
    parts.add(page.substring(from));
    variables.matches(parts);
  }

  void findAll(String pattern) {
    variables.matches(
        Matching.all(pattern, "s", session.page().html()).stream()
            .map(BoundedText.Found::text)
            .toList());
  }

  void getMatch(String variable, Optional<String> expression) {
    variables.setLocal(variable, take(expression.orElse(ALL), variables.match()));
  }

  void setMatch(String expression) {
    variables.matches(list().stream().map(element -> take(expression, element)).toList());
  }

  /** From the beginning, or with a negative index from the end. */
  void popMatch(int index) {
    List<String> list = list();
    int at = index < 0 ? list.size() + index : index;
    if (at < 0 || at >= list.size()) {
      throw ScriptFailure.wrong("__matchlist__ has " + list.size() + " elements");
    }
    variables.match(list.remove(at));
    variables.matches(list);
  }

  void showVariable(String name) {
    if (name.equals("__matchlist__")) {
      output.line(name + " = " + String.join(" | ", variables.matches()));
    } else {
      output.line(name + " = " + variables.get(name));
    }
  }

  private List<String> list() {
    List<String> list = variables.matches();
    if (list.isEmpty()) {
      throw ScriptFailure.wrong("__matchlist__ is empty; split or findall must find something");
    }
    return list;
  }

  private static String take(String expression, String text) {
    if (expression.equals(ALL)) {
      return text;
    }
    return Matching.first(expression, "", text)
        .orElseThrow(
            () -> ScriptFailure.wrong("the pattern finds nothing in \"" + Pages.cut(text) + "\""));
  }
}
