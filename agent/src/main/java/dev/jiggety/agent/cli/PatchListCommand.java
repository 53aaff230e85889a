package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.Rollout;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety patch list}: what became of patches. */
@Command(
    name = "list",
    description = "List what became of patches, newest first.",
    footer = {"%nExample:", "  jiggety patch list --most 5"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchListCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--json", description = "Print a JSON array with the record of each rollout.")
  private boolean json;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      List<Rollout> rollouts =
          new CouchRepositories(open, hub.names()).patches().rollouts(Math.max(1, most));
      print(rollouts, json, spec.commandLine().getOut(), "no patches yet");
    }
  }

  static void print(List<Rollout> rollouts, boolean json, PrintWriter out, String none) {
    if (json) {
      JsonArray array = new JsonArray();
      rollouts.forEach(rollout -> array.add(RolloutDocument.TYPE.write(rollout)));
      out.println(array);
    } else if (rollouts.isEmpty()) {
      out.println(none);
    } else {
      RolloutText.table(rollouts, Instant.now(), Ansi.detect()).forEach(out::println);
    }
  }
}
