package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.FailoverBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench failover}. */
@Command(
    name = "failover",
    description = {
      "Measure how soon nodes, manager and desktops go on when their hub is killed or frozen, and",
      "what is lost or doubled. Two hubs and a manager are processes of their own. Takes some",
      "minutes. Ends with 1 when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench failover --nodes 20 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchFailoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many tests each runs once a second (default: ${DEFAULT-VALUE}).")
  private int tests;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (nodes < 1 || tests < 1) {
      throw new CliException(ExitCode.USAGE, "--nodes and --tests must be at least 1");
    }
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-failover");
    try {
      return BenchHub.print(spec, FailoverBench.run(ThisProgram.get(), folder, nodes, tests), json);
    } finally {
      Folders.remove(folder);
    }
  }
}
