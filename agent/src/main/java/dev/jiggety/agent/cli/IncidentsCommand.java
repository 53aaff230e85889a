package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety incidents}: what was not as it should be. */
@Command(
    name = "incidents",
    description = {
      "List incidents: spans in which tests, nodes or certificates were not as they should be.",
      "Exit code 1 where one lasts that nobody muted and nobody looks after."
    },
    footer = {
      "%nExamples:",
      "  jiggety incidents --open",
      "  jiggety incidents --since 7d --test shop-home --json",
      "  jiggety incidents why shop-home --at 2026-11-22T10:15:00Z"
    },
    subcommands = {
      IncidentShowCommand.class,
      IncidentActs.Acknowledge.class,
      IncidentActs.Unacknowledge.class,
      IncidentActs.Comment.class,
      IncidentActs.Mute.class,
      IncidentWhyCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class IncidentsCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--open", description = "Only those that last.")
  private boolean open;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "How far back, like 2h or 7d (default: ${DEFAULT-VALUE}).")
  private Duration since;

  @Option(names = "--test", paramLabel = "ID", description = "Of this test only.")
  private @Nullable String test;

  @Option(names = "--node", paramLabel = "NAME", description = "Of this node only.")
  private @Nullable String node;

  @Option(names = "--json", description = "Print a JSON list.")
  private boolean json;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    List<Incident> found;
    try (Hub there = hub.open()) {
      IncidentRepository incidents = new CouchRepositories(there, hub.names()).incidents();
      found =
          (open ? incidents.open() : incidents.between(now.minus(since), now.plusSeconds(60)))
              .stream().map(Stored::value).filter(this::isWanted).toList();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray array = new JsonArray();
      found.forEach(it -> array.add(IncidentDocument.TYPE.write(it)));
      out.println(array);
    } else if (found.isEmpty()) {
      out.println(open ? "nothing is wrong" : "nothing was wrong");
    } else {
      IncidentText.table(found, now, Ansi.detect()).forEach(out::println);
    }
    out.flush();
    boolean isBad =
        found.stream()
            .anyMatch(it -> it.isOpen() && it.suppressed() == null && it.acknowledged() == null);
    return isBad ? ExitCode.BAD : ExitCode.FINE;
  }

  private boolean isWanted(Incident incident) {
    boolean isOfNode = incident.kind() == Incident.Kind.NODE;
    if (test == null && node == null) {
      return true;
    }
    return isOfNode ? incident.subject().equals(node) : incident.subject().equals(test);
  }
}
