package dev.jiggety.agent.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: {@code jiggety SUBCOMMAND}. */
@Command(
    name = "jiggety",
    description = "Watches web sites from many places and does not cry wolf.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:the thing asked about is bad",
      "2:the command line is wrong",
      "3:the hub cannot be reached, or does not let us in"
    },
    subcommands = {
      DemoCommand.class,
      HubCommand.class,
      BackupCommand.class,
      BrokerCommand.class,
      NodeCommand.class,
      ManagerCommand.class,
      ProvisionCommand.class,
      KeyCommand.class,
      TestCommand.class,
      PlanCommand.class,
      ApplyCommand.class,
      PatchCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ResultsCommand.class,
      IncidentsCommand.class,
      NotifyCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      StatusPageCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Say more on standard error, with stack traces.")
  private boolean debug;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Main() {}

  /** Runs the program and ends the process. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // figures read the same everywhere
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, ready to execute; for tests as well. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Errors::badUsage)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> Errors.failed(exception, command, main.debug))
        .setExecutionStrategy(parsed -> {
          Logging.configure(main.debug);
          return new CommandLine.RunLast().execute(parsed);
        });
    return commandLine;
  }

  /** Without a subcommand: what there is. */
  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    spec.commandLine().usage(out);
  }
}
