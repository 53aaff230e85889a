package dev.jiggety.agent.cli;

import dev.jiggety.base.Durations;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.document.CanonicalJson;
import dev.jiggety.document.Ids;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety patch audit}: who did what, and why. */
@Command(
    name = "audit",
    description = "Print the audit log, oldest first.",
    footer = {
      "%nExample:",
      "  jiggety patch audit --since 24h",
      "  jiggety patch audit --json > audit.json"
    },
    subcommands = PatchAuditVerifyCommand.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchAuditCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--rollout", paramLabel = "ID", description = "Only what is about that rollout.")
  private @Nullable String rollout;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what came later: a duration back from now (24h), or a time (ISO 8601).")
  private @Nullable String since;

  @Option(names = "--json", description = "Print a JSON array; 'verify' reads it.")
  private boolean json;

  @Override
  public void run() {
    Instant from = since == null ? Instant.EPOCH : since(since, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      Printer printer = new Printer(out);
      new CouchRepositories(open, hub.names())
          .patches()
          .audit(
              1,
              entry -> {
                boolean isAbout = rollout == null || entry.about().equals(Ids.rollout(rollout));
                if (isAbout && !entry.at().isBefore(from)) {
                  printer.print(entry);
                }
              });
      printer.end();
    }
  }

  private static Instant since(String text, Instant now) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return now.minus(Durations.parse(text));
    }
  }

  /** Prints while the log is read: it can be long. */
  private final class Printer {
    private final PrintWriter out;
    private boolean hasBegun;

    Printer(PrintWriter out) {
      this.out = out;
    }

    void print(AuditEntry entry) {
      if (json) {
        out.println(hasBegun ? "," : "[");
        out.print(CanonicalJson.write(AuditDocument.TYPE.write(entry)));
      } else {
        out.println(
            "%6d  %s  %-20s %-32s %-10s %s"
                .formatted(
                    entry.number(),
                    entry.at(),
                    entry.by(),
                    entry.about(),
                    entry.event(),
                    entry.text())
                .stripTrailing());
      }
      hasBegun = true;
    }

    void end() {
      if (json) {
        out.println(hasBegun ? "\n]" : "[]");
      } else if (!hasBegun) {
        out.println("nothing");
      }
    }
  }
}
