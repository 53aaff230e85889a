package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety account}: who may do what at the hub. */
@Command(
    name = "account",
    description = {
      "Give people and programs accounts at the hub, with the roles that say what they may do.",
      "All but audit need a server administrator's name and password."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AccountAddCommand.class,
      AccountListCommand.class,
      AccountPasswordCommand.class,
      AccountRolesCommand.class,
      AccountRemoveCommand.class,
      AccountAuditCommand.class
    },
    footer = {"%nExample:", "  jiggety account add ada --role operator"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
