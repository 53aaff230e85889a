package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety doctor}: what is wrong with this installation. */
@Command(
    name = "doctor",
    description = {
      "Examine this installation: hub, rights, databases, clock, disk, nodes, managers, and with",
      "--data what a node on this machine needs. Each finding says what to do.",
      "Ends with 1 when something is bad, with 3 when the hub cannot be reached."
    },
    footer = {"%nExample:", "  jiggety doctor --data /var/lib/jiggety/node"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DoctorCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "Also examine this data folder.")
  private @Nullable Path data;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "The node on this machine: what its tests need is looked for.")
  private @Nullable String node;

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description = "Folder with its secrets, as the node has it.")
  private @Nullable Path secrets;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings =
        Examination.of(hub, new Examination.Place(data, node, secrets), Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(findings));
    } else {
      Ansi ansi = Ansi.detect();
      findings.forEach(finding -> out.println(line(finding, ansi)));
    }
    return findings.stream().mapToInt(Finding::exitCode).max().orElse(ExitCode.FINE);
  }

  private static String line(Finding finding, Ansi ansi) {
    String text = finding.what() + ": " + finding.text();
    return switch (finding.grade()) {
      case GOOD -> "✓ " + text;
      case ODD -> "▲ " + text;
      case BAD, NO_HUB -> ansi.red("✗ " + text);
    };
  }

  private static JsonObject toJson(List<Finding> findings) {
    JsonArray list = new JsonArray();
    for (Finding finding : findings) {
      JsonObject item = new JsonObject();
      item.addProperty("what", finding.what());
      item.addProperty("good", finding.grade() == Finding.Grade.GOOD);
      item.addProperty("grade", finding.grade().label());
      item.addProperty("text", finding.text());
      list.add(item);
    }
    JsonObject object = new JsonObject();
    object.add("findings", list);
    return object;
  }
}
