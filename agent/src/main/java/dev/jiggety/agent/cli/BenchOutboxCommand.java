package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.OutboxBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jiggety bench outbox}. */
@Command(
    name = "outbox",
    description = {
      "Make results durable as a node does, then push them to a hub as a backlog, and count.",
      "Ends with 1 when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench outbox --results 200000"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchOutboxCommand implements Callable<Integer> {
  @Mixin private BenchHub hub;

  @Option(
      names = "--results",
      paramLabel = "N",
      defaultValue = "300000",
      description = "How many results (default: ${DEFAULT-VALUE}).")
  private int results;

  @Override
  public Integer call() throws Exception {
    return hub.measure((folder, client) -> OutboxBench.run(folder, client, results));
  }
}
