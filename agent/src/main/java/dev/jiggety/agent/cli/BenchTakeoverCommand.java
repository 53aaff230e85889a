package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.TakeoverBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench takeover}. */
@Command(
    name = "takeover",
    description = {
      "Measure how soon a passive manager has taken over from the active one that is killed, or",
      "frozen. Hub, broker and both managers are processes of their own. Ends with 1 when a goal is",
      "not met."
    },
    footer = {"%nExample:", "  jiggety bench takeover --rounds 5 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchTakeoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often each of the two is killed, and is frozen (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new CliException(ExitCode.USAGE, "--rounds must be at least 1");
    }
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-takeover");
    try {
      return BenchHub.print(spec, TakeoverBench.run(ThisProgram.get(), folder, rounds), json);
    } finally {
      Folders.remove(folder);
    }
  }
}
