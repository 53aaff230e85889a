package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.history.HistoryBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jiggety bench history}. */
@Command(
    name = "history",
    description = {
      "Measure the archive: makes packed results of many days and asks for charts of them. Ends",
      "with 1 when a goal is not met. A year of 100 tests on 10 nodes takes its time; make it",
      "smaller with --tests and --nodes."
    },
    footer = {"%nExample:", "  jiggety bench history --tests 2 --days 365 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchHistoryCommand implements Callable<Integer> {
  @Mixin private BenchHub hub;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many tests, each once a minute (default: ${DEFAULT-VALUE}).")
  private int tests;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "10",
      description = "From how many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "Of how many days, the last two hours live (default: ${DEFAULT-VALUE}).")
  private int days;

  @Override
  public Integer call() throws Exception {
    Logging.hush();
    return hub.measure((folder, open) ->
        HistoryBench.run(folder, open, new HistoryBench.Scale(tests, nodes, days)));
  }
}
