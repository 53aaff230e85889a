package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.State;
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

/** {@code jiggety notify list}: notices of a span of time. */
@Command(
    name = "list",
    description = {
      "List who was told of what, and who was not told and why.",
      "Exit code 1 where one was given up."
    },
    footer = {
      "%nExamples:",
      "  jiggety notify list --since 7d --failed",
      "  jiggety notify list --channel ops-mail --json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NotifyListCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "How far back, like 2h or 7d (default: ${DEFAULT-VALUE}).")
  private Duration since;

  @Option(names = "--channel", paramLabel = "ID", description = "To this channel only.")
  private @Nullable String channel;

  @Option(names = "--incident", paramLabel = "ID", description = "Of this incident only.")
  private @Nullable String incident;

  @Option(names = "--failed", description = "Only those that were given up.")
  private boolean failed;

  @Option(names = "--json", description = "Print a JSON list.")
  private boolean json;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    List<Notice> found;
    try (Hub open = hub.open()) {
      found =
          new CouchRepositories(open, hub.names())
              .notices().between(now.minus(since), now.plus(Duration.ofDays(1))).stream()
                  .map(Stored::value)
                  .filter(this::isWanted)
                  .toList();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray array = new JsonArray();
      found.forEach(notice -> array.add(NoticeDocument.TYPE.write(notice)));
      out.println(array);
    } else if (found.isEmpty()) {
      out.println("no notices: nobody was told of anything, and nothing was withheld");
    } else {
      NoticeText.table(found).forEach(out::println);
      if (found.stream().anyMatch(NotifyListCommand::isGivenUp)) {
        out.println("what was given up is tried again by: jiggety notify retry ID");
      }
    }
    return found.stream().anyMatch(NotifyListCommand::isGivenUp) ? ExitCode.BAD : ExitCode.FINE;
  }

  private static boolean isGivenUp(Notice notice) {
    return notice.state() == State.FAILED;
  }

  private boolean isWanted(Notice notice) {
    String of = incident == null ? null : incident.replaceFirst("^incident:", "");
    return (channel == null || notice.channel().equals(channel))
        && (!failed || isGivenUp(notice))
        && (of == null || notice.items().stream().anyMatch(item -> item.incident().equals(of)));
  }
}
