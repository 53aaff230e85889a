package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety secret}: passwords and tokens that tests and channels refer to. */
@Command(
    name = "secret",
    description = {
      "Set passwords and tokens that tests and channels refer to as $${secret.NAME}.",
      "Each is sealed to exactly the enrolled nodes whose tests need it, and to the managers."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SecretActs.Set.class,
      SecretListCommand.class,
      SecretActs.Rotate.class,
      SecretActs.Remove.class
    },
    footer = {"%nExample:", "  jiggety secret set shop.token"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SecretCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
