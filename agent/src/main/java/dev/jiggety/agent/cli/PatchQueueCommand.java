package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.couch.CouchRepositories;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety patch queue}: what is under way and what waits. */
@Command(
    name = "queue",
    description = "Show the patches that are under way or wait, in their order.",
    footer = {"%nExample:", "  jiggety patch queue"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchQueueCommand implements Runnable {
  /** Rollouts that have not ended are among the newest. */
  private static final int LOOK_BACK = 2000;

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print a JSON array with the record of each rollout.")
  private boolean json;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      List<Rollout> waiting =
          new CouchRepositories(open, hub.names())
              .patches().rollouts(LOOK_BACK).stream()
                  .filter(rollout -> !rollout.state().isTerminal())
                  .sorted(
                      Comparator.comparing((Rollout it) -> it.seq() == 0)
                          .thenComparingLong(Rollout::seq)
                          .thenComparing(Rollout::since))
                  .toList();
      PatchListCommand.print(
          waiting, json, spec.commandLine().getOut(), "nothing is under way and nothing waits");
    }
  }
}
