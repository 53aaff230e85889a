package dev.jiggety.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety apply}: puts in force what the files say. */
@Command(
    name = "apply",
    description = {
      "Put the tests in force that these files describe, as a patch, and wait for it.",
      "Ends with 1 when it was turned back, and says why."
    },
    footer = {"%nExample:", "  jiggety apply tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ApplyCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Mixin private KeyOption key;
  @Mixin private TestFiles files;
  @Mixin private PatchOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--no-wait", description = "Only hand it in.")
  private boolean noWait;

  @Override
  public Integer call() {
    return PatchSubmitCommand.run(hub, key, files, options, !noWait, spec);
  }
}
