package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety key}: who is who. */
@Command(
    name = "key",
    description =
        "Make and show the keys with which operators sign patches and managers sign heads.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeyCreateCommand.class,
      KeyShowCommand.class,
      KeyListCommand.class,
      KeyTrustCommand.class,
      KeyRetireCommand.class
    },
    footer = {"%nExample:", "  jiggety key create --name ada"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
