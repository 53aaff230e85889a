package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.verdict.VerdictsBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench verdicts}. */
@Command(
    name = "verdicts",
    description = {
      "Draw by chance what happens to sites and nodes in a month, and let the rules judge what the",
      "nodes would have reported: how many false alarms, how many missed outages, how soon? Nothing",
      "is measured; the same seed gives the same figures. Ends with 1 when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench verdicts --seed 7 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchVerdictsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many tests, one a minute each (default: ${DEFAULT-VALUE}).")
  private int tests;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many nodes, each runs all tests (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many days, at least 2 (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is by chance (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() {
    if (tests < 1 || nodes < 1 || days < 2) {
      throw new CliException(
          ExitCode.USAGE, "--tests and --nodes must be at least 1 and --days at least 2");
    }
    VerdictsBench.Result result = VerdictsBench.run(tests, nodes, days, seed);
    result.remarks().forEach(spec.commandLine().getErr()::println);
    return BenchHub.print(spec, result.report(), json);
  }
}
