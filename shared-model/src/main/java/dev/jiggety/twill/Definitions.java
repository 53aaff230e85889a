package dev.jiggety.twill;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows which variables are set, line by line. There are no loops and no conditions, so what no
 * earlier line sets is never set; what is certain before the script runs is said before it runs.
 */
final class Definitions {
  static final String MATCH = "__match__";
  static final String MATCHES = "__matchlist__";
  private static final String ADDRESS = "__url__";

  private final Set<String> known;
  private final List<Flaw> flaws;
  private boolean somewhere;

  Definitions(Set<String> given, List<Flaw> flaws) {
    this.known = new HashSet<>(given);
    this.known.add(ADDRESS);
    this.flaws = flaws;
  }

  void check(List<Line> lines) {
    for (Line line : lines) {
      Line runs = line.cleanup() == null ? line : line.cleanup();
      for (Argument argument : runs.arguments()) {
        argument.variables().stream()
            .filter(variable -> !variable.isSecret())
            .forEach(variable -> check(line, variable));
      }
      if (line.cleanup() == null) {
        address(line);
        sets(line);
      }
    }
  }

  private void check(Line line, Argument.Variable variable) {
    String name = variable.name();
    if (name.equals(MATCHES)) {
      flaw(line, variable.column(), MATCHES + " is a list; popmatch takes one of it into " + MATCH);
    } else if (!known.contains(name)) {
      String remedy =
          name.equals(MATCH)
              ? "find, title or url must come before"
              : "set it with set_local before, or in the variables of the test";
      flaw(line, variable.column(), "the variable " + name + " is never set by here; " + remedy);
    }
  }

  /** The first address must say all, since there is no page that it could be relative to. */
  private void address(Line line) {
    Command command = line.command();
    if (command == Command.RESET_BROWSER) {
      somewhere = !line.arguments().isEmpty();
    } else if (command == Command.GO) {
      Argument url = line.arguments().getFirst();
      if (!somewhere && url.isLiteral() && !url.text().matches("(?i)https?://.*")) {
        flaw(
            line,
            url.column(),
            url.written() + " has no page to be relative to; begin it with https:// or http://");
      }
      somewhere = true;
    } else if (command.isNavigation() && !somewhere) {
      flaw(line, line.column(), line.command().label() + " has no page yet; go to one first");
      somewhere = true;
    }
  }

  private void sets(Line line) {
    switch (line.command()) {
      case SET_LOCAL, SET_GLOBAL, GETMATCH -> known.add(line.arguments().getFirst().text());
      case URL, TITLE, FIND, JSON, HEADER, POPMATCH -> known.add(MATCH);
      default -> {}
    }
    if (line.command() == Command.GETMATCH && !known.contains(MATCH)) {
      flaw(
          line,
          line.column(),
          MATCH + " is never set by here; find, title or url must come before");
    }
  }

  private void flaw(Line line, int column, String message) {
    flaws.add(new Flaw(line.number(), column, message));
  }
}
