package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety patch}: all about patches. */
@Command(
    name = "patch",
    description = "Change what is tested, and see and steer how it gets to the nodes.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"%nExample:", "  jiggety patch submit tests/ --comment \"slower timeout\" --wait"},
    subcommands = {
      PatchSubmitCommand.class,
      PatchListCommand.class,
      PatchShowCommand.class,
      PatchQueueCommand.class,
      PatchRollbackCommand.class,
      PatchActs.Pause.class,
      PatchActs.Resume.class,
      PatchActs.Abort.class,
      PatchActs.Cancel.class,
      PatchActs.Approve.class,
      PatchActs.Deny.class,
      PatchActs.Retry.class,
      PatchActs.Skip.class,
      PatchAuditCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
