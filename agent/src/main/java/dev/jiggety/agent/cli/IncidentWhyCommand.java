package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.incident.Hindsight;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety incidents why}: why there was an incident at a time, or none. */
@Command(
    name = "why",
    description = {
      "Say why there was an incident of a test at a time, or why there was none: who voted how, who",
      "did not count, and what people were told. It is worked out again from the results, by the",
      "same rules as the manager decides, and the definition that is in force now."
    },
    footer = {
      "%nExamples:",
      "  jiggety incidents why shop-home",
      "  jiggety incidents why shop-home --at 2026-11-22T10:15:00Z --json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class IncidentWhyCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TEST", description = "The id of the test.")
  private String test;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When, like 2026-11-22T10:15:00Z (default: now).")
  private @Nullable String at;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public void run() {
    Instant now = Instant.now();
    Instant when = at == null ? now : parse(at);
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      TestDefinition definition =
          repositories
              .tests()
              .find(test)
              .map(Stored::value)
              .orElseThrow(() ->
                  new CliException(
                      ExitCode.BAD, "there is no test " + test + "; list them: jiggety status"));
      Configuration inForce = repositories.patches().inForce();
      Hindsight hindsight =
          Hindsight.at(
              definition, inForce, repositories.nodes().all(), repositories.results(), when);
      List<Incident> recorded =
          repositories.incidents().between(when, when.plusMillis(1)).stream()
              .map(Stored::value)
              .filter(it -> it.subject().equals(test))
              .toList();
      print(hindsight, recorded, out);
    }
    out.flush();
  }

  private void print(Hindsight hindsight, List<Incident> recorded, PrintWriter out) {
    if (json) {
      JsonObject object = new JsonObject();
      object.addProperty("test", test);
      object.addProperty("at", hindsight.at().toEpochMilli());
      object.addProperty("verdict", hindsight.verdict().label());
      JsonArray lines = new JsonArray();
      hindsight.lines().forEach(lines::add);
      object.add("why", lines);
      JsonArray ids = new JsonArray();
      recorded.forEach(it -> ids.add(it.id()));
      object.add("incidents", ids);
      out.println(object);
      return;
    }
    hindsight.lines().forEach(out::println);
    if (recorded.isEmpty()) {
      out.println("no incident is recorded for that time");
    }
    for (Incident incident : recorded) {
      IncidentText.all(incident, Instant.now(), Ansi.detect()).forEach(out::println);
    }
  }

  private static Instant parse(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new CliException(
          ExitCode.USAGE, "--at needs a time like 2026-11-22T10:15:00Z, found " + text);
    }
  }
}
