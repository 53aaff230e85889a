package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.certificate.CertificateEnd;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DocumentType;
import dev.jiggety.document.HubDocument;
import dev.jiggety.document.IncidentDocument;
import dev.jiggety.document.LogDocument;
import dev.jiggety.document.ManagerDocument;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.Incident;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.TestRepository.Tests;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety status}: how things stand. */
@Command(
    name = "status",
    description = {
      "Show how every test, every node, the managers and the hub stand just now.",
      "And which incidents last, and what the parts want people to look at.",
      "Ends with 1 when an active test is down."
    },
    footer = {"%nExamples:", "  jiggety status", "  jiggety status --log north"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class StatusCommand implements Callable<Integer> {
  private static final Duration LONGEST_LOOK_BACK = Duration.ofHours(26);

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--log",
      paramLabel = "NAME",
      description = "Show the last log lines of that node or manager instead.")
  private @Nullable String log;

  private List<ManagerReport> managers = List.of();
  private List<HubReport> hubs = List.of();
  private List<Incident> incidents = List.of();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (log != null) {
      return log(log, out);
    }
    Instant now = Instant.now();
    Overview overview = new Overview();
    List<String> unreadable = read(overview, now);
    if (json) {
      JsonObject status = toJson(overview, now);
      status.add("managers", documents(ManagerDocument.TYPE, managers));
      status.add("hubs", documents(HubDocument.TYPE, hubs));
      HubCertificate.expires(hub.address())
          .ifPresent(end -> status.addProperty("certificateEnds", end.toString()));
      status.add("incidents", documents(IncidentDocument.TYPE, incidents));
      out.println(status);
    } else {
      new OverviewText(Ansi.detect()).lines(overview, now).forEach(out::println);
      new HealthText(Ansi.detect())
          .lines(managers, hubs, overview.nodes(), now)
          .forEach(out::println);
      certificate(now).ifPresent(out::println);
      IncidentText.summary(incidents).forEach(out::println);
    }
    unreadable.forEach(line -> spec.commandLine().getErr().println("jiggety: " + line));
    boolean down =
        overview.rows(now).stream()
            .anyMatch(row -> row.test().active() && row.verdict() == Verdict.DOWN);
    return down ? ExitCode.BAD : ExitCode.FINE;
  }

  private int log(String name, PrintWriter out) {
    try (Hub open = hub.open()) {
      LogExcerpt excerpt =
          new CouchRepositories(open, hub.names())
              .logs()
              .find(name)
              .orElseThrow(() ->
                  new CliException(
                      ExitCode.BAD,
                      ("no log of %s on the hub: one comes within a minute after a warning, and within"
                              + " five after its start; is that the name? jiggety status shows those"
                              + " of nodes and managers")
                          .formatted(name)));
      if (json) {
        out.println(LogDocument.TYPE.write(excerpt));
      } else {
        new LogText(Ansi.detect()).lines(excerpt, Instant.now()).forEach(out::println);
      }
      return ExitCode.FINE;
    }
  }

  /** Of a hub that does not say so itself, like CouchDB, or something in front of it. */
  private Optional<String> certificate(Instant now) {
    boolean isSaid =
        hubs.stream()
            .flatMap(it -> it.vitals().notices().stream())
            .anyMatch(it -> it.contains("certificate"));
    return isSaid
        ? Optional.empty()
        : HubCertificate.expires(hub.address())
            .flatMap(end -> CertificateEnd.inWords(end, now))
            .map(ends -> "! the hub's certificate " + ends);
  }

  /** Reads no further back than the freshest run of the rarest test can be. */
  private List<String> read(Overview overview, Instant now) {
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      Tests tests = repositories.tests().all();
      tests.tests().forEach(overview::test);
      repositories.nodes().all().forEach(overview::node);
      managers = repositories.health().managers();
      hubs = repositories.health().hubs();
      incidents = repositories.incidents().open().stream().map(Stored::value).toList();
      Duration lookBack =
          tests.tests().stream()
              .map(test -> Freshness.ofRun(test.value(), now))
              .max(Duration::compareTo)
              .filter(longest -> longest.compareTo(LONGEST_LOOK_BACK) < 0)
              .orElse(LONGEST_LOOK_BACK);
      repositories.results().read(now.minus(lookBack), now.plusSeconds(60), overview::batch);
      overview.connection(new HubFeed.Connection.Connected());
      return tests.unreadable();
    }
  }

  private static JsonObject toJson(Overview overview, Instant now) {
    JsonArray tests = new JsonArray();
    for (Overview.Row row : overview.rows(now)) {
      JsonObject nodes = new JsonObject();
      row.runs().forEach((node, run) -> nodes.addProperty(node, run.verdict().label()));
      JsonObject test = new JsonObject();
      test.addProperty("id", row.test().id());
      test.addProperty("name", row.test().name());
      test.addProperty("active", row.test().active());
      test.addProperty("verdict", row.verdict().label());
      test.add("nodes", nodes);
      tests.add(test);
    }
    JsonObject status = new JsonObject();
    status.add("tests", tests);
    status.add("nodes", documents(NodeDocument.TYPE, overview.nodes()));
    return status;
  }

  private static <T> JsonArray documents(DocumentType<T> type, List<T> values) {
    JsonArray documents = new JsonArray();
    values.forEach(value -> documents.add(type.write(value)));
    return documents;
  }
}
