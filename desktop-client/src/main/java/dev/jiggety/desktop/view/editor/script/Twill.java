package dev.jiggety.desktop.view.editor.script;

import dev.jiggety.twill.Command;
import dev.jiggety.twill.Kind;
import dev.jiggety.twill.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of scripts: its commands and what they take come from {@code dev.jiggety.twill}. */
public final class Twill implements Language {
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<comment>(?:^|(?<=\\s))#.*$)"
              + "|(?<variable>\\$\\{[^}\\s]*}|\\$[A-Za-z_]\\w*|__\\w+__)"
              + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"?|'(?:[^'\\\\]|\\\\.)*'?)");
  private static final Pattern COMMAND = Pattern.compile("^\\s*(?<name>[A-Za-z_]+)");
  private static final Pattern BEGUN =
      Pattern.compile("^\\s*(?:add_cleanup\\s+)?(?<name>[a-z_]*)$");
  private static final Pattern WORD =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"?|'(?:[^'\\\\]|\\\\.)*'?|\\S+");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(?<name>[A-Za-z_]*)$");

  private final Supplier<Collection<String>> variables;
  private final Function<String, List<Completion>> secrets;

  /**
   * The language.
   *
   * @param variables the names of those that the test has
   * @param secrets what completes a secret that is begun
   */
  public Twill(Supplier<Collection<String>> variables, Function<String, List<Completion>> secrets) {
    this.variables = variables;
    this.secrets = secrets;
  }

  @Override
  public List<Mark> marks(String line) {
    List<Mark> marks = new ArrayList<>();
    Matcher command = COMMAND.matcher(line);
    int from = 0;
    if (command.find()) {
      boolean known = Command.named(command.group("name")).isPresent();
      from = command.end("name");
      marks.add(new Mark(command.start("name"), from, known ? "word" : "unknown"));
    }
    Matcher pieces = PIECE.matcher(line).region(from, line.length());
    pieces.useTransparentBounds(true).useAnchoringBounds(false);
    marks.addAll(Yaml.marks(pieces, "comment", "variable", "text"));
    return marks;
  }

  @Override
  public List<Completion> complete(String before) {
    if (before.strip().startsWith("#")) {
      return List.of();
    }
    Matcher begun = BEGUN.matcher(before);
    if (begun.matches()) {
      String start = begun.group("name");
      int from = begun.start("name");
      return Arrays.stream(Command.values())
          .filter(command -> command.label().startsWith(start))
          .sorted(Comparator.comparing(Command::label))
          .map(command ->
              new Completion(
                  command.label() + (command.parameters().isEmpty() ? "" : " "),
                  command.usage() + " — " + command.help(),
                  from))
          .toList();
    }
    List<Completion> named = named(before);
    return named.isEmpty() ? arguments(before) : named;
  }

  /** Variables and secrets. */
  private List<Completion> named(String before) {
    List<Completion> found = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(before);
    if (variable.find()) {
      for (String name : variables.get()) {
        if (name.startsWith(variable.group("name"))) {
          found.add(new Completion("${" + name + "}", name, variable.start()));
        }
      }
    }
    found.addAll(secrets.apply(before));
    return found;
  }

  /** What the command takes at this place, where there are words for it. */
  private static List<Completion> arguments(String before) {
    List<int[]> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(before);
    while (matcher.find()) {
      words.add(new int[] {matcher.start(), matcher.end()});
    }
    if (words.isEmpty()) {
      return List.of();
    }
    Optional<Command> command =
        Command.named(before.substring(words.getFirst()[0], words.getFirst()[1]));
    boolean blank = Character.isWhitespace(before.charAt(before.length() - 1));
    int index = words.size() - (blank ? 1 : 2);
    if (command.isEmpty() || index < 0 || command.get().parameters().isEmpty()) {
      return List.of();
    }
    List<Parameter> parameters = command.get().parameters();
    if (index >= parameters.size() && !parameters.getLast().repeated()) {
      return List.of();
    }
    Parameter parameter = parameters.get(Math.min(index, parameters.size() - 1));
    int from = blank ? before.length() : words.getLast()[0];
    String begun = before.substring(from);
    return values(parameter.kind()).stream()
        .filter(value -> value.startsWith(begun) && !value.equals(begun))
        .map(value -> new Completion(value, command.get().usage(), from))
        .toList();
  }

  private static List<String> values(Kind kind) {
    return switch (kind) {
      case FLAGS -> List.of("i", "m", "s", "x", "c");
      case SHOWN -> List.of("html", "links", "forms", "history", "cookies", "info");
      case REQUIREMENT -> List.of("success", "links_ok");
      case KEY -> Kind.KEYS;
      case FLAG -> List.of("true", "false");
      case STATUS -> List.of("200", "200-299", "301", "302", "404");
      case URL -> List.of("https://", "http://");
      case DURATION -> List.of("500ms", "2s", "10s");
      default -> List.of();
    };
  }

  @Override
  public String explain(String line) {
    Matcher matcher = COMMAND.matcher(line);
    return matcher.find()
        ? Command.named(matcher.group("name"))
            .map(command -> command.usage() + " — " + command.help())
            .orElse("")
        : "";
  }
}
