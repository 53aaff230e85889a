package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety notify}: who was told of what. */
@Command(
    name = "notify",
    description = "See who was told of incidents and why not, test channels, try again.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NotifyListCommand.class,
      NotifyShowCommand.class,
      NotifyTestCommand.class,
      NotifyRetryCommand.class
    },
    footer = {"%nExample:", "  jiggety notify test ops-mail"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NotifyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
