package dev.jiggety.twill;

import dev.jiggety.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one line: its command and whether its arguments can be right. */
final class LineParser {
  private final int number;
  private final List<Flaw> flaws;

  private LineParser(int number, List<Flaw> flaws) {
    this.number = number;
    this.flaws = flaws;
  }

  /** The command of a line; empty when it has none or something is wrong with it. */
  static Optional<Line> parse(String line, int number, List<Flaw> flaws) {
    Lexer.Split split = Lexer.split(line, number, flaws);
    if (split.words().isEmpty() || split.flawed()) {
      return Optional.empty();
    }
    String text = line.substring(split.words().getFirst().column() - 1, split.end());
    return Optional.ofNullable(new LineParser(number, flaws).read(split.words(), text));
  }

  private @Nullable Line read(List<Lexer.Word> words, String text) {
    int before = flaws.size();
    Lexer.Word verb = words.getFirst();
    Command command = command(verb);
    if (command == null) {
      return null;
    }
    List<Lexer.Word> given = words.subList(1, words.size());
    if (given.size() < command.fewest() || given.size() > command.most()) {
      int column =
          given.size() > command.most() ? given.get(command.most()).column() : verb.column();
      flaw(column, count(command, given.size()));
      return null;
    }
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Kind kind = command.parameter(i).kind();
      arguments.add(
          kind == Kind.VARIABLE
              ? Parts.name(given.get(i)) // the variable itself, not its value
              : Parts.of(given.get(i), isPattern(kind), number, flaws));
    }
    Line cleanup = command == Command.ADD_CLEANUP ? cleanup(given, text) : null;
    if (command != Command.ADD_CLEANUP && flaws.size() == before) {
      check(command, arguments);
    }
    return flaws.size() > before
        ? null
        : new Line(number, verb.column(), text, command, arguments, cleanup);
  }

  private @Nullable Line cleanup(List<Lexer.Word> given, String text) {
    int skip = given.getFirst().column() - 1;
    if (given.getFirst().body().matches("add_cleanup|exit|step")) {
      flaw(
          skip + 1,
          given.getFirst().body() + " cannot be a clean-up; give a command that does one");
      return null;
    }
    int from = text.indexOf(given.getFirst().written(), "add_cleanup".length());
    return read(given, text.substring(from));
  }

  private @Nullable Command command(Lexer.Word verb) {
    String name = verb.written();
    Optional<Command> known = Command.named(name);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Refused> refused = Refused.named(name);
    if (refused.isPresent()) {
      flaw(verb.column(), name + " " + refused.get().reason());
      return null;
    }
    flaw(
        verb.column(),
        "there is no command \""
            + name
            + "\""
            + Nearest.to(name, Command.names())
                .map(meant -> "; did you mean " + meant + "?")
                .orElse("; docs/guide/scripts.md lists all"));
    return null;
  }

  private static String count(Command command, int found) {
    int most = command.most();
    String wanted =
        most == Integer.MAX_VALUE
            ? "at least " + command.fewest()
            : most == command.fewest() ? String.valueOf(most) : command.fewest() + " to " + most;
    boolean one = wanted.equals("1") || wanted.endsWith(" 1");
    if (command == Command.FORM_FILE && found == 3) {
      return "form_file reads no file of the node; give the content after the file's name: "
          + command.usage();
    }
    return command.label()
        + " takes "
        + (most == 0 ? "no" : wanted)
        + (one ? " argument" : " arguments")
        + ", found "
        + found
        + ": "
        + command.usage()
        + (found > most ? "; put a text with blanks in quotes" : "");
  }

  private void check(Command command, List<Argument> arguments) {
    boolean path =
        (command == Command.FIND || command == Command.NOT_FIND)
            && arguments.size() == 2
            && arguments.get(1).text().matches(".*[xc].*");
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      Kind kind = command.parameter(i).kind();
      if (mustBeLiteral(kind) && !argument.isLiteral()) {
        flaw(
            argument.column(),
            argument.written() + " must be written out; a variable cannot stand here");
      } else if (argument.isLiteral() && !(path && i == 0)) {
        problem(kind, argument).ifPresent(text -> flaw(argument.column(), text));
      }
    }
    if (path && arguments.getFirst().isLiteral() && arguments.get(1).text().equals("x")) {
      Patterns.xpathProblem(arguments.getFirst().text())
          .ifPresent(text -> flaw(arguments.getFirst().column(), text));
    }
    if (command == Command.CONFIG
        && arguments.size() == 2
        && arguments.get(1).isLiteral()
        && Kind.KEYS.contains(arguments.getFirst().text())) {
      Kind kind = arguments.getFirst().text().equals(Kind.REFRESH) ? Kind.SECONDS : Kind.FLAG;
      problem(kind, arguments.get(1)).ifPresent(text -> flaw(arguments.get(1).column(), text));
    }
    if (command == Command.FORM_FILE
        && arguments.size() == 4
        && arguments.get(3).text().matches("[a-z]+/[a-z0-9.+-]+")) {
      flaw(
          arguments.get(3).column(),
          "looks like a media type where the content belongs: " + command.usage());
    }
  }

  private static Optional<String> problem(Kind kind, Argument argument) {
    return kind.problem(argument.text()).map(text -> argument.written() + " " + text);
  }

  private static boolean isPattern(Kind kind) {
    return kind == Kind.PATTERN || kind == Kind.EXPRESSION || kind == Kind.PATH;
  }

  /** What decides how a line is read must be seen in it. */
  private static boolean mustBeLiteral(Kind kind) {
    return switch (kind) {
      case FLAGS, KEY, SHOWN, REQUIREMENT -> true;
      default -> false;
    };
  }

  private void flaw(int column, String message) {
    flaws.add(new Flaw(number, column, message));
  }
}
