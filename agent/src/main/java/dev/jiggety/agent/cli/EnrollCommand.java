package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety enroll}: letting nodes in and sending them away. */
@Command(
    name = "enroll",
    description = {
      "Let nodes in, each with an account and keys of its own, and send them away.",
      "An operator makes a token; whoever sets up the node gives it to join, once."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EnrollTokenCommand.class,
      EnrollJoinCommand.class,
      EnrollListCommand.class,
      EnrollActs.Retire.class,
      EnrollActs.Revoke.class
    },
    footer = {
      "%nExample:",
      "  jiggety enroll token --tags eu,prod --valid 1h",
      "  jiggety enroll join https://hub.example:6984 TOKEN"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class EnrollCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
