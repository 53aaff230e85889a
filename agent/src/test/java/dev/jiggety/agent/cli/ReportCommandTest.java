package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports and the status page against an embedded hub. */
class ReportCommandTest {
  private static final Instant NOW = Instant.parse("2026-10-21T14:05:30Z");

  @TempDir static Path folder;

  private static EmbeddedHub hub;
  private static String url;

  @BeforeAll
  static void start() {
    hub = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")));
    url = hub.url().toString();
    try (Hub client = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
      DatabaseNames names = DatabaseNames.DEFAULT;
      new Provisioner(client, names).provision(Instant.now());
      put(client, "shop-home", "Home page", "public", "shop");
      put(client, "wiki", "Secret wiki", "internal");
      Instant began = Instant.now().minus(20, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MILLIS);
      new CouchRepositories(client, names)
          .incidents()
          .store(
              new Incident(
                  Ids.incidentId(began, "test", "shop-home"),
                  Incident.Kind.DOWN,
                  "shop-home",
                  began,
                  began,
                  null,
                  null,
                  "connection refused by 10.1.2.3",
                  List.of(),
                  null,
                  null,
                  List.of()),
              Optional.empty());
    }
  }

  private static void put(Hub client, String id, String name, String... tags) {
    TestDefinition test =
        TestDefinition.builder(id, Check.Http.get("http://127.0.0.1/" + id))
            .name(name)
            .tags(List.of(tags))
            .build();
    client.database(DatabaseNames.DEFAULT.config()).put(TestDocument.TYPE.write(test));
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  @Test
  void aReportIsWrittenInAllItsForms() throws Exception {
    Path html = folder.resolve("report.html");
    Path csv = folder.resolve("report.csv");
    String from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.HOURS).toString();
    Cli.Result result =
        Cli.run(
            "report",
            "--hub",
            url,
            "--from",
            from,
            "--target",
            "99.9",
            "--json",
            "--html",
            html.toString(),
            "--csv",
            csv.toString());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.BAD);
    JsonObject home =
        JsonParser.parseString(result.out())
            .getAsJsonObject()
            .getAsJsonArray("tests")
            .get(0)
            .getAsJsonObject();
    assertThat(home.get("id").getAsString()).isEqualTo("shop-home");
    assertThat(home.getAsJsonObject("seconds").get("down").getAsDouble()).isGreaterThan(1190);
    assertThat(home.getAsJsonObject("budget").get("state").getAsString()).isEqualTo("missed");
    assertThat(Files.readString(html)).contains("Home page", "✗ missed");
    assertThat(Files.readString(csv)).contains("test,shop-home,Home page,http,1,");
  }

  @Test
  void aTestOrTagThatIsNotThereIsSaid() {
    assertThat(Cli.run("report", "--hub", url, "--test", "shpo-home").errorLines())
        .containsExactly("jiggety: there is no test shpo-home; see jiggety status");
    assertThat(Cli.run("report", "--hub", url, "--tag", "shpo").errorLines())
        .containsExactly("jiggety: no test has the tag shpo");
    assertThat(Cli.run("report", "--hub", url, "--target", "100").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theStatusPageHasWhatIsPublicAlone() throws Exception {
    Path site = folder.resolve("site");
    Cli.Result result = Cli.run("status-page", "--hub", url, "--out", site.toString());

    assertThat(result.exitCode()).as(result.err()).isEqualTo(ExitCode.FINE);
    assertThat(result.out()).isEqualTo("the status page in " + site + " shows 1 test\n");
    assertThat(Files.readString(site.resolve("index.html")))
        .contains("Home page is down")
        .doesNotContain("wiki", "10.1.2.3");
  }

  @Test
  void withoutAPublicTestItSaysWhyNothingIsShown() {
    Cli.Result result =
        Cli.run(
            "status-page",
            "--hub",
            url,
            "--public-tag",
            "nobody",
            "--out",
            folder.resolve("empty").toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(result.errorLines()).hasSize(1).first().asString().contains("nothing is shown");
  }

  @Test
  void spansAreMonthsDaysOrHours() {
    assertThat(ReportSpan.of("2026-02", null, null, NOW))
        .isEqualTo(span("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"));
    assertThat(ReportSpan.of(null, null, null, NOW))
        .isEqualTo(span("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
    assertThat(ReportSpan.of(null, "2026-10-01", "2026-10-08", NOW))
        .isEqualTo(span("2026-10-01T00:00:00Z", "2026-10-08T00:00:00Z"));
    assertThat(ReportSpan.of(null, "2026-10-21T06:00+02:00", null, NOW))
        .isEqualTo(span("2026-10-21T04:00:00Z", "2026-10-21T15:00:00Z"));
    assertThat(ReportSpan.words(ReportSpan.of("2026-10", null, null, NOW)))
        .isEqualTo(YearMonth.of(2026, 10).toString());
    assertThat(ReportSpan.words(ReportSpan.of(null, "2026-10-01", "2026-10-08", NOW)))
        .isEqualTo("2026-10-01 to 2026-10-07");
  }

  @Test
  void aSpanThatCannotBeIsRefusedInOneLine() {
    refused("--month must be like 2026-10", "2026-13", null, null);
    refused("either", "2026-10", "2026-10-01", null);
    refused("--to wants --from", null, null, "2026-10-01");
    refused("earlier", null, "2026-10-08", "2026-10-01");
    refused("whole hour", null, "2026-10-08T00:30Z", null);
    refused("--from must be like", null, "yesterday", null);
  }

  private static void refused(String said, String month, String from, String to) {
    assertThatThrownBy(() -> ReportSpan.of(month, from, to, NOW)).hasMessageContaining(said);
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from), Instant.parse(to));
  }
}
