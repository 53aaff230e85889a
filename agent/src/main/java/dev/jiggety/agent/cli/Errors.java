package dev.jiggety.agent.cli;

import dev.jiggety.document.DocumentException;
import dev.jiggety.repository.HubException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into lines for people and an exit code; one place for all commands. */
final class Errors {
  private Errors() {}

  /** The command line cannot be understood. */
  static int badUsage(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    command.getErr().println("jiggety: " + exception.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(exception, command.getErr())) {
      command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE;
  }

  /** A command failed. */
  static int failed(Exception exception, CommandLine command, boolean debug) {
    lines(exception).forEach(line -> command.getErr().println("jiggety: " + line));
    if (debug) {
      exception.printStackTrace(command.getErr());
    }
    return exitCode(exception);
  }

  private static int exitCode(Exception exception) {
    return switch (exception) {
      case CliException cli -> cli.exitCode();
      case HubException hub ->
          switch (hub.kind()) {
            case UNAVAILABLE, UNAUTHORIZED -> ExitCode.HUB;
            case MISSING, REFUSED -> ExitCode.BAD;
          };
      case IllegalArgumentException _ -> ExitCode.USAGE;
      default -> ExitCode.BAD;
    };
  }

  private static List<String> lines(Exception exception) {
    return switch (exception) {
      case DocumentException document ->
          document.problems().stream().map(Object::toString).toList();
      case NullPointerException bug -> List.of(unexpected(bug));
      case IndexOutOfBoundsException bug -> List.of(unexpected(bug));
      case ClassCastException bug -> List.of(unexpected(bug));
      default -> {
        String message = exception.getMessage();
        yield message == null ? List.of(unexpected(exception)) : message.lines().toList();
      }
    };
  }

  private static String unexpected(Exception bug) {
    return "something went wrong that should not ("
        + bug
        + "); run again with --debug and report what it prints";
  }
}
