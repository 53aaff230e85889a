package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.document.RolloutDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.Rollout.Transition;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety patch show}: all about one patch. */
@Command(
    name = "show",
    description = "Show a patch, its story, and how far each node is.",
    footer = {"%nExample:", "  jiggety patch show 20261121-100000-0a1b2c3d4e"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchShowCommand implements Runnable {
  /** Nodes of which there is nothing to say are only counted where there are more. */
  private static final int MOST_NODES = 20;

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The patch, or a rollout of it.")
  private String id;

  @Option(names = "--json", description = "Print one JSON object: the rollout and its patches.")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      PatchRepository patches = new CouchRepositories(open, hub.names()).patches();
      Rollout rollout = PatchWatch.find(patches, id);
      List<Patch> riders = new ArrayList<>();
      rollout.patchIds().forEach(patch -> patches.find(patch).ifPresent(riders::add));
      if (json) {
        out.println(json(rollout, riders));
      } else {
        riders.forEach(patch -> print(patch, out));
        print(rollout, out);
      }
    }
  }

  private static JsonObject json(Rollout rollout, List<Patch> riders) {
    JsonArray patches = new JsonArray();
    riders.forEach(patch -> patches.add(PatchDocument.TYPE.write(patch)));
    JsonObject json = RolloutText.json(rollout);
    json.add("record", RolloutDocument.TYPE.write(rollout));
    json.add("patches", patches);
    return json;
  }

  private static void print(Patch patch, PrintWriter out) {
    out.println("patch " + patch.id() + " by " + patch.author() + ", " + patch.created());
    patch.comment().lines().forEach(line -> out.println("  " + line));
    for (Change change : patch.changes()) {
      String sign =
          switch (change) {
            case Change.Delete _ -> "-";
            case Change.Put put -> put.base() == null ? "+" : "~";
          };
      out.println("  " + sign + " " + change.target());
    }
  }

  private static void print(Rollout rollout, PrintWriter out) {
    Ansi ansi = Ansi.detect();
    out.println();
    out.println(
        "rollout %s, %s: %s"
            .formatted(
                rollout.id(), rollout.strategy().name(), RolloutText.state(rollout.state(), ansi)));
    TextTable story = new TextTable("TIME", "STATE", "WHY");
    for (Transition step : rollout.transitions()) {
      story.row(step.at().toString(), step.to().label(), RolloutText.words(step.cause()));
    }
    story.lines().forEach(out::println);
    String times = RolloutText.times(rollout);
    if (!times.isEmpty()) {
      out.println(times);
    }
    if (rollout.progress().isEmpty()) {
      return;
    }
    out.println();
    out.println(RolloutText.progress(rollout));
    TextTable nodes = new TextTable("NODE", "STATE", "ERROR");
    boolean all = rollout.progress().size() <= MOST_NODES;
    rollout
        .progress()
        .forEach((name, it) -> {
          if (all || it.error() != null) {
            nodes.row(name, it.state().label(), it.error() == null ? "" : it.error());
          }
        });
    nodes.lines().forEach(out::println);
  }
}
