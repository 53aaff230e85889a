package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.AgentDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety release list}: which releases there are, and who runs which. */
@Command(
    name = "list",
    description = "Show the releases on the hub, which one is in force, and which nodes run what.",
    footer = {"%nExample:", "  jiggety release list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReleaseListCommand implements Runnable {
  private static final int MOST_NAMES = 8;

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** A version and what is known of it. */
  private record Line(
      String version,
      @Nullable AgentRelease release,
      String signed,
      boolean inForce,
      List<String> nodes) {}

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      List<Line> lines = lines(repositories);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(json(lines));
      } else {
        print(lines, out);
      }
    }
  }

  private static List<Line> lines(CouchRepositories repositories) {
    var inForce = repositories.patches().inForce();
    AgentChoice choice = AgentDocument.in(inForce).orElse(null);
    Trust trust = Trust.in(inForce);
    SortedMap<String, List<String>> running = new TreeMap<>();
    for (NodeStatus node : repositories.nodes().all()) {
      running.computeIfAbsent(node.version(), _ -> new ArrayList<>()).add(node.name());
    }
    List<Line> lines = new ArrayList<>();
    for (JsonObject document : repositories.releases().all()) {
      try {
        AgentRelease release = ReleaseDocument.TYPE.read(document);
        List<String> nodes = running.remove(release.version());
        boolean isIn = choice != null && choice.digest().equals(ReleaseDocument.digest(document));
        lines.add(
            new Line(
                release.version(),
                release,
                signer(document, trust),
                isIn,
                nodes == null ? List.of() : nodes));
      } catch (DocumentException e) {
        lines.add(
            new Line(document.get("_id").getAsString(), null, "unreadable", false, List.of()));
      }
    }
    running.forEach(
        (version, nodes) -> lines.add(new Line(version, null, "installed", choice == null, nodes)));
    return lines;
  }

  private static String signer(JsonObject document, Trust trust) {
    try {
      return Signatures.check(document, trust, Role.RELEASE).name();
    } catch (SignatureException e) {
      return "not believed";
    }
  }

  private static void print(List<Line> lines, PrintWriter out) {
    TextTable table = new TextTable("VERSION", "IN FORCE", "SIGNED BY", "PLATFORMS", "NODES", "");
    for (Line line : lines) {
      AgentRelease release = line.release();
      table.row(
          line.version(),
          line.inForce() ? "yes" : "",
          line.signed(),
          release == null
              ? ""
              : release.bundles().stream()
                  .map(AgentRelease.Bundle::platform)
                  .collect(Collectors.joining(" ")),
          String.valueOf(line.nodes().size()),
          names(line.nodes()));
    }
    out.print(table);
  }

  private static String names(List<String> nodes) {
    return nodes.size() <= MOST_NAMES
        ? String.join(" ", nodes)
        : String.join(" ", nodes.subList(0, MOST_NAMES)) + " …";
  }

  private static JsonObject json(List<Line> lines) {
    JsonArray releases = new JsonArray();
    for (Line line : lines) {
      JsonObject one = new JsonObject();
      one.addProperty("version", line.version());
      one.addProperty("inForce", line.inForce());
      one.addProperty("signed", line.signed());
      AgentRelease release = line.release();
      if (release != null) {
        one.addProperty("created", release.created().toString());
        one.addProperty("comment", release.comment());
      }
      JsonArray nodes = new JsonArray();
      line.nodes().forEach(nodes::add);
      one.add("nodes", nodes);
      releases.add(one);
    }
    JsonObject all = new JsonObject();
    all.add("releases", releases);
    return all;
  }
}
