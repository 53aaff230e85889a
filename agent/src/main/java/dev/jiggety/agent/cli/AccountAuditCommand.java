package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import dev.jiggety.agent.hub.AccessRecord;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.AccessEvents;
import dev.jiggety.model.AccessEvent;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety account audit}: who was kept out, and who changed accounts and rights. */
@Command(
    name = "audit",
    description = {
      "Show failed logins and changes of accounts, rights and rules at an embedded hub.",
      "Asks the hub for the last ones; with --data, on its machine, reads all of its record.",
      "CouchDB keeps the like in its own log."
    },
    footer = {"%nExample:", "  jiggety account audit --data /var/lib/jiggety/hub"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountAuditCommand implements Runnable {
  @Mixin private HubOption hub;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The hub's data folder, on this machine.")
  private @Nullable Path data;

  @Option(names = "--json", description = "Print a JSON array with an object for each event.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<AccessEvent> events = data == null ? last() : AccessRecord.read(data);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray all = new JsonArray();
      events.forEach(event -> all.add(AccessEvents.write(event)));
      out.println(all);
    } else if (events.isEmpty()) {
      out.println("nothing is recorded");
    } else {
      TextTable table = new TextTable("WHEN", "KIND", "WHO", "FROM", "WHAT");
      for (AccessEvent event : events) {
        table.row(
            event.at().truncatedTo(ChronoUnit.SECONDS).toString(),
            event.kind().label(),
            orDash(event.who()),
            orDash(event.from()),
            event.what());
      }
      table.lines().forEach(out::println);
    }
  }

  private List<AccessEvent> last() {
    try (Hub open = hub.open()) {
      return new CouchRepositories(open, hub.names())
          .health().hubs().stream().flatMap(report -> report.access().stream()).toList();
    }
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
