package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.RollbackBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jiggety bench rollback}. */
@Command(
    name = "rollback",
    description = {
      "Measure how soon a bad patch is gone, from its canary and from a whole fleet.",
      "Hub and manager are processes of their own, the nodes light ones in this one. Ends with 1",
      "when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench rollback --nodes 200 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchRollbackCommand implements Callable<Integer> {
  @Mixin private BenchBed bed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many patches of each kind (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    return bed.measure(it -> RollbackBench.run(it, rounds));
  }
}
