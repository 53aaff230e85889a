package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Question;
import dev.jiggety.repository.HistoryRepository.Step;
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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jiggety results}: what was measured. */
@Command(
    name = "results",
    description = {
      "Show what was measured, of any age.",
      "Single runs with all they tell as long as the hub keeps them; with --by, or --samples, out of",
      "the archive too."
    },
    footer = {
      "%nExamples:",
      "  jiggety results --since 5m --test shop-home --json",
      "  jiggety results --since 365d --test shop-home --by day --csv",
      "  jiggety results --from 2026-09-01 --to 2026-10-01 --tag shop --by test"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ResultsCommand implements Runnable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** Sums over a longer span are made of days, which costs the hub less. */
  private static final Duration MOST_HOURS = Duration.ofDays(8);

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "15m",
      converter = DurationConverter.class,
      description = "How far back from --to, like 30s, 5m, 2h or 365d (default: ${DEFAULT-VALUE}).")
  private Duration since;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Where it begins, instead of --since: 2026-11-21, 2026-11-21T10:00 (UTC).")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Where it ends (default: now).")
  private @Nullable Instant to;

  @Option(names = "--test", paramLabel = "ID", description = "Of this test only; may be repeated.")
  private List<String> tests = List.of();

  @Option(names = "--tag", paramLabel = "TAG", description = "Of tests with this tag only.")
  private @Nullable String tag;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "From this node only; may be repeated.")
  private List<String> nodes = List.of();

  @Option(
      names = "--by",
      paramLabel = "minute|hour|day|month|test|node",
      description = {
        "Add up instead: by steps of UTC and test, by test and node, or by node. The first and the",
        "last step count as a whole; of test and node whole hours, of more than 8 days whole days."
      })
  private HistoryTable.@Nullable By by;

  @Option(
      names = "--samples",
      description = "Single samples without texts and evidence, of any age.")
  private boolean samples;

  @Option(names = "--json", description = "Print a JSON list, one run (or sum) a line.")
  private boolean json;

  @Option(names = "--csv", description = "Print comma-separated values, times in milliseconds.")
  private boolean csv;

  @Override
  public void run() {
    if (json && csv) {
      throw new ParameterException(spec.commandLine(), "choose --json or --csv, not both");
    }
    Instant now = Instant.now();
    Instant end = to == null ? now.plusSeconds(1) : to;
    Instant begin = from == null ? (to == null ? now : to).minus(since) : from;
    if (!begin.isBefore(end)) {
      throw new ParameterException(spec.commandLine(), "--from must lie before --to");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      SortedSet<String> wanted = wanted(repositories);
      if (tag != null && wanted.isEmpty()) {
        throw new CliException(ExitCode.USAGE, "no test has the tag \"" + tag + "\"");
      }
      if (by != null) {
        sums(repositories.history(), wanted, begin, end, by, out);
      } else if (samples || csv) {
        samples(repositories.history(), wanted, begin, end, out);
      } else {
        RunPrinter printer = json ? new JsonPrinter(out) : new TextPrinter(out, Ansi.detect());
        repositories.results().read(begin, end, batch -> print(batch, wanted, begin, end, printer));
        printer.end();
      }
    }
  }

  /** The tests that are asked for; none for all. */
  private SortedSet<String> wanted(CouchRepositories repositories) {
    SortedSet<String> wanted = new TreeSet<>(tests);
    if (tag == null) {
      return wanted;
    }
    SortedSet<String> tagged = new TreeSet<>();
    repositories.tests().all().tests().stream()
        .map(Stored::value)
        .filter(test -> test.tags().contains(tag))
        .forEach(test -> tagged.add(test.id()));
    if (!wanted.isEmpty()) {
      tagged.retainAll(wanted);
    }
    return tagged;
  }

  private void sums(
      HistoryRepository history,
      SortedSet<String> wanted,
      Instant begin,
      Instant end,
      HistoryTable.By lines,
      PrintWriter out) {
    boolean isLong = Duration.between(begin, end).compareTo(MOST_HOURS) > 0;
    Step step =
        switch (lines) {
          case MINUTE -> Step.MINUTE;
          case HOUR -> Step.HOUR;
          case DAY -> Step.DAY;
          case MONTH -> Step.MONTH;
          case TEST, NODE -> isLong ? Step.DAY : Step.HOUR;
        };
    HistoryTable table =
        new HistoryTable(
            history.summaries(
                new Question(
                    wanted,
                    new TreeSet<>(nodes),
                    begin,
                    end,
                    step,
                    lines != HistoryTable.By.NODE,
                    !lines.isTime(),
                    false)),
            lines);
    if (json) {
      table.printJson(out);
    } else if (csv) {
      table.printCsv(out);
    } else {
      table.print(out);
    }
  }

  private void samples(
      HistoryRepository history,
      SortedSet<String> wanted,
      Instant begin,
      Instant end,
      PrintWriter out) {
    if (wanted.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "name the tests with --test or --tag to see their samples");
    }
    PackedRuns printer =
        new PackedRuns(
            out, json ? PackedRuns.Form.JSON : csv ? PackedRuns.Form.CSV : PackedRuns.Form.TEXT);
    for (String test : wanted) {
      history.points(test, Set.copyOf(nodes), begin, end, sample -> printer.print(test, sample));
    }
    printer.end();
  }

  private void print(
      Batch batch, Set<String> wanted, Instant begin, Instant end, RunPrinter printer) {
    batch.runs().stream()
        .filter(run -> wanted.isEmpty() || wanted.contains(run.testId()))
        .filter(run -> nodes.isEmpty() || nodes.contains(run.node()))
        .filter(run -> !run.startedAt().isBefore(begin) && run.startedAt().isBefore(end))
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
