package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety release}: releases of the agent. */
@Command(
    name = "release",
    description = "Make releases of the agent, and roll them out to the nodes by patches.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReleaseBuildCommand.class,
      ReleaseSignCommand.class,
      ReleasePublishCommand.class,
      ReleaseListCommand.class,
      ReleaseCheckCommand.class
    },
    footer = {"%nExample:", "  jiggety release list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReleaseCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
