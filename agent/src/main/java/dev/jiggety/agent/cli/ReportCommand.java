package dev.jiggety.agent.cli;

import dev.jiggety.agent.report.Inventory;
import dev.jiggety.agent.report.SlaFiles;
import dev.jiggety.agent.report.SlaReader;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.report.ErrorBudget;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety report}: how available tests were. */
@Command(
    name = "report",
    description = {
      "Report how available tests were in a month, or in any span.",
      "By time and by runs, with percentiles, outages and what is left of a target. All days and",
      "times are UTC.",
      "Ends with 1 when a test has missed the target."
    },
    footer = {
      "%nExamples:",
      "  jiggety report --month 2026-10 --target 99.9 --html october.html --csv october.csv",
      "  jiggety report --from 2026-10-01 --to 2026-10-08 --tag shop --json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReportCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--month",
      paramLabel = "YYYY-MM",
      description = "The month (default: the one that is not over).")
  private @Nullable String month;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Another span: its first day, or an hour like 2026-10-01T06:00Z.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "The end of that span, itself not in it (default: now).")
  private @Nullable String to;

  @Option(names = "--test", paramLabel = "ID", description = "This test; can be repeated.")
  private List<String> ids = List.of();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Tests with this tag; can be repeated (default: all tests).")
  private List<String> tags = List.of();

  @Option(
      names = "--target",
      paramLabel = "PERCENT",
      description = "The availability that was promised, like 99.9.")
  private @Nullable BigDecimal target;

  @Option(names = "--title", paramLabel = "TEXT", description = "What the page is called.")
  private @Nullable String title;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page to read or print.")
  private @Nullable Path html;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a table for other programs.")
  private @Nullable Path csv;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (target != null) {
      ErrorBudget.check(target);
    }
    Instant now = Instant.now();
    Span span = ReportSpan.of(month, from, to, now);
    SlaReport report = read(span, now);
    if (html != null) {
      WholeFile.write(html, SlaFiles.html(report, titleOf(span)));
    }
    if (csv != null) {
      WholeFile.write(csv, SlaFiles.csv(report));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(SlaFiles.json(report));
    } else if (html == null && csv == null) {
      print(report, out);
    }
    out.flush();
    return report.missed() ? ExitCode.BAD : ExitCode.FINE;
  }

  private SlaReport read(Span span, Instant now) {
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      Inventory inventory = InForce.read(repositories);
      List<TestDefinition> tests = inventory.tests().stream().filter(this::isMeant).toList();
      refuseUnknown(inventory.tests());
      return new SlaReader(repositories.history(), repositories.incidents())
          .read(tests, inventory.windows(), span, now, target);
    }
  }

  private boolean isMeant(TestDefinition test) {
    return (ids.isEmpty() && tags.isEmpty())
        || ids.contains(test.id())
        || test.tags().stream().anyMatch(tags::contains);
  }

  /** A slip of the pen must not look like a test without outages. */
  private void refuseUnknown(List<TestDefinition> tests) {
    TreeSet<String> unknown = new TreeSet<>(ids);
    tests.forEach(test -> unknown.remove(test.id()));
    if (!unknown.isEmpty()) {
      throw new CliException(
          ExitCode.BAD, "there is no test " + String.join(", ", unknown) + "; see jiggety status");
    }
    TreeSet<String> unused = new TreeSet<>(tags);
    tests.forEach(test -> unused.removeAll(test.tags()));
    if (!unused.isEmpty()) {
      throw new CliException(ExitCode.BAD, "no test has the tag " + String.join(", ", unused));
    }
  }

  private String titleOf(Span span) {
    return title != null ? title : "Availability, " + ReportSpan.words(span);
  }

  private static void print(SlaReport report, PrintWriter out) {
    out.println(
        String.format(Locale.ROOT, "%s to %s (UTC)", report.span().from(), report.span().to()));
    List<List<String>> rows = SlaFiles.table(report);
    TextTable table = new TextTable(rows.getFirst().toArray(String[]::new));
    rows.subList(1, rows.size()).forEach(row -> table.row(row.toArray(String[]::new)));
    table.lines().forEach(out::println);
  }
}
