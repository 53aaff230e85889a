package dev.jiggety.agent.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command, in the troff of {@code man(7)}, of what {@code --help} is made of.
 * picocli's own generator writes AsciiDoc, which would want a second program to become a page.
 */
final class ManPage {
  private final StringBuilder text = new StringBuilder();
  private final CommandSpec command;

  private ManPage(CommandSpec command) {
    this.command = command;
  }

  /** The name of the page of a command: {@code jiggety-patch-submit}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /**
   * The page.
   *
   * @param date what stands at its foot, like 2026-11-22
   */
  static String of(CommandSpec command, String date) {
    return new ManPage(command).write(date);
  }

  private String write(String date) {
    UsageMessageSpec usage = command.usageMessage();
    line(
        ".TH \"%s\" 1 \"%s\" \"Jiggety\" \"Jiggety\""
            .formatted(name(command).toUpperCase(Locale.ROOT), date));
    line(".nh");
    section("NAME");
    line(escaped(name(command)) + " \\- " + escaped(summary(usage)));
    section("SYNOPSIS");
    verbatim(commandLine().getHelp().synopsis(0));
    if (usage.description().length > 0) {
      section("DESCRIPTION");
      line(escaped(plain(String.join(" ", usage.description()))));
    }
    options();
    commands();
    if (usage.footer().length > 0) {
      section("EXAMPLES AND NOTES");
      verbatim(plain(String.join("\n", usage.footer())));
    }
    section("EXIT STATUS");
    usage.exitCodeList().forEach((code, meaning) -> entry("\\fB" + code + "\\fR", meaning));
    if (command.parent() != null) {
      section("SEE ALSO");
      line("\\fB%s\\fR(1)".formatted(escaped(name(command.parent()))));
    }
    return text.toString();
  }

  private void options() {
    if (!command.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        if (!parameter.hidden()) {
          entry(escaped(parameter.paramLabel()), String.join(" ", parameter.description()));
        }
      }
    }
    section("OPTIONS");
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        String names = "\\fB" + escaped(String.join(", ", option.names())) + "\\fR";
        String value =
            option.arity().max() > 0 ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
        entry(names + value, described(option));
      }
    }
  }

  private void commands() {
    var commands =
        command.subcommands().values().stream()
            .distinct()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .toList();
    if (commands.isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (CommandLine each : commands) {
      CommandSpec spec = each.getCommandSpec();
      entry("\\fB" + escaped(name(spec)) + "\\fR(1)", summary(spec.usageMessage()));
    }
  }

  private String described(OptionSpec option) {
    String words = String.join(" ", option.description());
    String preset = option.defaultValueString(true);
    return words.replace("${DEFAULT-VALUE}", preset == null ? "" : preset);
  }

  private CommandLine commandLine() {
    return command.commandLine();
  }

  private static String summary(UsageMessageSpec usage) {
    if (usage.description().length == 0) {
      return "";
    }
    String first = plain(usage.description()[0]);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  /** Without picocli's own marks: {@code %n} for a line's end, {@code @|bold …|@}. */
  private static String plain(String words) {
    return words.replace("%n", "\n").replace("%%", "%").replaceAll("@\\|\\S+ (.*?)\\|@", "$1");
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void entry(String term, String words) {
    line(".TP");
    line(term);
    line(escaped(plain(words)));
  }

  private void verbatim(String words) {
    line(".nf");
    line(escaped(words.strip()));
    line(".fi");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** A backslash, a hyphen, and a dot or quote at a line's begin mean something to troff. */
  private static String escaped(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}
