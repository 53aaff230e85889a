package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety bench}: how fast is it here? */
@Command(
    name = "bench",
    description = "Measure how fast the program is on this machine; each prints one JSON object.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchScheduleCommand.class,
      BenchOutboxCommand.class,
      BenchCouchCommand.class,
      BenchPropagationCommand.class,
      BenchRollbackCommand.class,
      BenchTakeoverCommand.class,
      BenchFailoverCommand.class,
      BenchReleaseCommand.class,
      BenchChaosCommand.class,
      BenchFarmCommand.class,
      BenchTimingCommand.class,
      BenchVerdictsCommand.class,
      BenchChecksCommand.class,
      BenchBareCommand.class,
      BenchTruthCommand.class,
      BenchHistoryCommand.class,
      BenchFootprintCommand.class,
      BenchSiteCommand.class
    },
    footer = {"%nExample:", "  jiggety bench schedule"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
