package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.PropagationBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jiggety bench propagation}. */
@Command(
    name = "propagation",
    description = {
      "Measure how soon a patch is safe, staged and active on every node of a fleet.",
      "Hub and manager are processes of their own, the nodes light ones in this one. Ends with 1",
      "when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench propagation --nodes 200 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchPropagationCommand implements Callable<Integer> {
  @Mixin private BenchBed bed;

  @Option(
      names = "--patches",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many patches are measured (default: ${DEFAULT-VALUE}).")
  private int patches;

  @Override
  public Integer call() throws Exception {
    return bed.measure(it -> PropagationBench.run(it, patches));
  }
}
