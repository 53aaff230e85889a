package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety test}: one test, here and now. */
@Command(
    name = "test",
    description = "Run one test here, or check the files that describe tests.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TestRunCommand.class, TestCheckCommand.class},
    footer = {"%nExample:", "  jiggety test run tests/home.yaml"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
