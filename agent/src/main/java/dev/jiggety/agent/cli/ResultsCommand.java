package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety results}: what was measured. */
@Command(
    name = "results",
    description = "Show the runs of a span of time that ends now, as they come from the hub.",
    footer = {
      "%nExamples:",
      "  jiggety results --since 5m --test shop-home --json",
      "  jiggety results --since 24h --by hour"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ResultsCommand implements Runnable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "15m",
      converter = DurationConverter.class,
      description = "How far back, like 30s, 5m or 2h (default: ${DEFAULT-VALUE}).")
  private Duration since;

  @Option(names = "--test", paramLabel = "ID", description = "Of this test only.")
  private @Nullable String test;

  @Option(names = "--node", paramLabel = "NAME", description = "From this node only.")
  private @Nullable String node;

  @Option(
      names = "--by",
      paramLabel = "hour|test",
      description = {
        "Count verdicts instead, by hour and test or by test and node, whole hours of UTC;",
        "from the hub's index, without reading the runs."
      })
  private Availability.@Nullable By by;

  @Option(names = "--json", description = "Print a JSON list, one run (or sum) a line.")
  private boolean json;

  @Override
  public void run() {
    Instant now = Instant.now();
    Instant from = now.minus(since);
    PrintWriter out = spec.commandLine().getOut();
    if (by != null) {
      count(from, now, by, out);
      return;
    }
    RunPrinter printer = json ? new JsonPrinter(out) : new TextPrinter(out, Ansi.detect());
    try (Hub open = hub.open()) {
      new CouchRepositories(open, hub.names())
          .results()
          .read(from, now.plusSeconds(1), batch -> print(batch, from, printer));
    }
    printer.end();
  }

  private void count(Instant from, Instant now, Availability.By sums, PrintWriter out) {
    Availability availability;
    try (Hub open = hub.open()) {
      availability =
          new Availability(
              new CouchRepositories(open, hub.names())
                  .results().verdicts(from, now).stream()
                      .filter(count -> test == null || count.test().equals(test))
                      .filter(count -> node == null || count.node().equals(node))
                      .toList(),
              sums);
    }
    if (json) {
      availability.printJson(out, sums);
    } else {
      availability.print(out, sums);
    }
  }

  private void print(Batch batch, Instant from, RunPrinter printer) {
    batch.runs().stream()
        .filter(run -> test == null || run.testId().equals(test))
        .filter(run -> node == null || run.node().equals(node))
        .filter(run -> !run.startedAt().isBefore(from))
        .sorted(Comparator.comparing(Run::startedAt))
        .forEach(printer::print);
  }

  /** Prints runs as they come, so that a long span does not have to fit into memory. */
  private interface RunPrinter {
    void print(Run run);

    /** All runs are printed; not called after a failure, so that half a list is no list. */
    void end();
  }

  private static final class JsonPrinter implements RunPrinter {
    private final PrintWriter out;
    private String before = "[\n";

    JsonPrinter(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void print(Run run) {
      JsonObject line = new JsonObject();
      line.addProperty("node", run.node());
      BatchDocument.write(run)
          .entrySet()
          .forEach(field -> line.add(field.getKey(), field.getValue()));
      out.print(before + line);
      before = ",\n";
    }

    @Override
    public void end() {
      out.println(before.startsWith("[") ? "[]" : "\n]");
      out.flush();
    }
  }

  private record TextPrinter(PrintWriter out, Ansi ansi) implements RunPrinter {
    @Override
    public void print(Run run) {
      List<String> times =
          run.samples().stream().map(sample -> Times.millis(sample.total())).toList();
      String why =
          run.samples().stream()
              .map(Sample::failure)
              .filter(Objects::nonNull)
              .map(Failure::text)
              .findFirst()
              .orElse("");
      out.println(
          String.join(
                  "  ",
                  TIME.format(run.startedAt()),
                  run.node(),
                  run.testId(),
                  ansi.verdict(run.verdict()),
                  String.join(" ", times),
                  why)
              .stripTrailing());
    }

    @Override
    public void end() {
      out.flush();
    }
  }
}
