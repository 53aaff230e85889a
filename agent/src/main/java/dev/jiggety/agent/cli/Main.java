package dev.jiggety.agent.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    })
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          HubCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          MoveCommand.class,
          ServiceCommand.class,
          BrokerCommand.class,
          NodeCommand.class,
          ManagerCommand.class,
          ProvisionCommand.class,
          EnrollCommand.class,
          AccountCommand.class,
          KeyCommand.class,
          SecretCommand.class,
          TestCommand.class,
          PlanCommand.class,
          ApplyCommand.class,
          PatchCommand.class,
          ReleaseCommand.class,
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
          ManualCommand.class,
          CommandLine.HelpCommand.class);

  /** What looks at the others. */
  private static final Set<String> ABOUT_ALL = Set.of("help", "manual", "generate-completion");

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
    System.exit(commandLine(wanted(arguments)).execute(arguments));
  }

  /**
   * The one command that is called, where it is named first: to make all of them known takes a
   * third of the time of a start, and memory that a service would keep.
   */
  private static List<Class<?>> wanted(String[] arguments) {
    if (arguments.length > 0 && !ABOUT_ALL.contains(arguments[0])) {
      for (Class<?> command : COMMANDS) {
        if (command.getAnnotation(Command.class).name().equals(arguments[0])) {
          return List.of(command);
        }
      }
    }
    return COMMANDS;
  }

  /** The command line, ready to execute; for tests as well. */
  static CommandLine commandLine() {
    return commandLine(COMMANDS);
  }

  private static CommandLine commandLine(List<Class<?>> commands) {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commands.forEach(commandLine::addSubcommand);
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
