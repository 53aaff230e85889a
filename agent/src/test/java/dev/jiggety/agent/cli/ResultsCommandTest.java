package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PackDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people see of results on a terminal: a day that is packed and rolled up, and the next hour,
 * which is still in batches. Two nodes, every ten minutes; the basket fails on one of them.
 */
class ResultsCommandTest {
  private static final Instant DAY = Instant.parse("2026-10-31T00:00:00Z");
  private static final Instant NEXT = DAY.plus(Duration.ofDays(1));
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;
  @TempDir private static Path folder;
  private static EmbeddedHub server;
  private static Hub hub;

  @BeforeAll
  static void start() {
    server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")).withAdminParty());
    hub = Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, NAMES).provision(DAY);
    new Provisioner(hub, NAMES).provision(NEXT);
    for (String test : List.of("basket", "home")) {
      JsonObject document =
          TestDocument.TYPE.write(
              Samples.test(test).toBuilder()
                  .tags(test.equals("home") ? Set.of("shop") : Set.of())
                  .build());
      assertThat(hub.database(NAMES.config()).put(document).inWords()).isEqualTo("done");
      fill(test, "n1");
      fill(test, "n2");
    }
  }

  @AfterAll
  static void stop() {
    hub.close();
    server.close();
  }

  @Test
  void daysAcrossTheEndOfAMonthAsCsv() {
    Cli.Result result =
        results("--from", "2026-10-31", "--to", "2026-11-02", "--by", "day", "--csv");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            """
            test,day,up,degraded,down,unknown,missed,available,p50,p95,p99\r
            basket,2026-10-31T00:00:00Z,144,0,144,0,0,50.000,20.0,20.0,20.0\r
            home,2026-10-31T00:00:00Z,288,0,0,0,0,100.000,20.0,20.0,20.0\r
            basket,2026-11-01T00:00:00Z,6,0,6,0,0,50.000,20.0,20.0,20.0\r
            home,2026-11-01T00:00:00Z,12,0,0,0,0,100.000,20.0,20.0,20.0\r
            """
                .replace("20.0", millis()));
  }

  @Test
  void sumsOfTaggedTestsByNodeAndTestAsJson() {
    JsonArray lines =
        json(
            "--from",
            "2026-10-31T22:00",
            "--to",
            "2026-11-01T01:00",
            "--by",
            "test",
            "--tag",
            "shop",
            "--json");
    assertThat(lines).hasSize(2);
    JsonObject first = lines.get(0).getAsJsonObject();
    assertThat(first.get("test").getAsString()).isEqualTo("home");
    assertThat(first.get("node").getAsString()).isEqualTo("n1");
    assertThat(first.get("up").getAsInt()).as("three hours, one of them live").isEqualTo(18);
    assertThat(first.get("available").getAsDouble()).isEqualTo(100);
    assertThat(first.get("p95").getAsDouble()).isBetween(19.8, 20.2);
  }

  @Test
  void sumsByNodeAndByHourAsTables() {
    String byNode = results("--from", "2026-10-31", "--to", "2026-11-02", "--by", "node").out();
    assertThat(byNode.lines().filter(line -> line.startsWith("n1")).findFirst().orElseThrow())
        .contains("150", "50.000 %");
    String byHour =
        results(
                "--from",
                "2026-11-01",
                "--to",
                "2026-11-01T01:00",
                "--by",
                "hour",
                "--node",
                "n2",
                "--test",
                "basket")
            .out();
    assertThat(byHour.lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .contains("basket", "100.000 %");
  }

  @Test
  void singleSamplesOfAnyAge() {
    Cli.Result csv =
        results(
            "--from", "2026-10-31T23:50", "--to", "2026-11-01T00:05", "--test", "basket", "--csv");
    assertThat(csv.out().lines().toList())
        .containsExactly(
            "began,node,test,verdict,milliseconds,status,error",
            "2026-10-31T23:50:00.007Z,n1,basket,down," + millis() + ",503,assertion",
            "2026-10-31T23:50:00.007Z,n2,basket,up," + millis() + ",200,",
            "2026-11-01T00:00:00.007Z,n1,basket,down,20.0,503,assertion",
            "2026-11-01T00:00:00.007Z,n2,basket,up,20.0,200,");
    JsonArray samples =
        json(
            "--from",
            "2026-10-31T23:50",
            "--to",
            "2026-11-01",
            "--test",
            "home",
            "--node",
            "n2",
            "--samples",
            "--json");
    assertThat(samples).hasSize(1);
    JsonObject sample = samples.get(0).getAsJsonObject();
    assertThat(sample.get("at").getAsLong() - sample.get("planned").getAsLong()).isEqualTo(7);
    assertThat(sample.get("wait").getAsLong()).isBetween(18_800L, 19_200L);
  }

  @Test
  void singleRunsTellAllAsLongAsTheyAreThere() {
    JsonArray runs =
        json("--from", "2026-11-01", "--to", "2026-11-01T00:15", "--test", "basket", "--json");
    assertThat(runs).hasSize(4);
    assertThat(runs.toString()).contains("status: expected 200");
  }

  @Test
  void whatCannotBeMeantIsSaidInALine() {
    Cli.Result both = results("--by", "day", "--csv", "--json");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("choose --json or --csv, not both");
    assertThat(results("--from", "2026-11-02", "--to", "2026-11-01").err())
        .contains("--from must lie before --to");
    Cli.Result noTag = results("--tag", "nothing", "--by", "day");
    assertThat(noTag.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(noTag.errorLines()).singleElement().asString().contains("no test has the tag");
    assertThat(results("--samples").err()).contains("name the tests with --test or --tag");
    assertThat(results("--from", "2020-01-01", "--to", "2020-01-02", "--by", "day", "--json").out())
        .isEqualToIgnoringNewLines("[]");
  }

  /** 20 ms as the archive tells them, to a hundredth. */
  private static String millis() {
    return "%.1f"
        .formatted(Histogram.time(Histogram.bucket(Duration.ofMillis(20))).toNanos() / 1e6);
  }

  private static JsonArray json(String... arguments) {
    Cli.Result result = results(arguments);
    assertThat(result.err()).isEmpty();
    return JsonParser.parseString(result.out()).getAsJsonArray();
  }

  private static Cli.Result results(String... arguments) {
    List<String> all = new ArrayList<>(List.of("results", "--hub", server.url().toString()));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private static void fill(String test, String node) {
    List<JsonObject> packs = new ArrayList<>();
    List<Pack> hours = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      Instant from = DAY.plus(Duration.ofHours(hour));
      Pack pack =
          Packing.hour(
              test,
              node,
              from,
              1,
              runs(test, node, from).stream().flatMap(run -> Packing.points(run).stream()).toList(),
              0,
              0);
      hours.add(pack);
      packs.add(PackDocument.document(pack));
    }
    packs.add(PackDocument.document(Packing.day(test, node, DAY, hours, List.of())));
    store(NAMES.archive(DAY), packs);
    List<Run> live = runs(test, node, NEXT);
    JsonObject batch = BatchDocument.TYPE.write(new Batch(node, test, 1, NEXT, live, List.of()));
    batch.addProperty("_rev", BatchDocument.revision(batch));
    store(NAMES.live(NEXT), List.of(batch));
  }

  private static List<Run> runs(String test, String node, Instant hour) {
    List<Run> runs = new ArrayList<>();
    for (int minute = 0; minute < 60; minute += 10) {
      runs.add(run(test, node, hour.plusSeconds(60L * minute)));
    }
    return runs;
  }

  private static Run run(String test, String node, Instant planned) {
    boolean isDown = test.equals("basket") && node.equals("n1");
    Sample sample =
        new Sample(
            planned.plusMillis(7),
            Duration.ofMillis(20),
            Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(19))),
            isDown ? 503 : 200,
            0,
            List.of(),
            isDown ? new Failure(ErrorKind.ASSERTION, Phase.RECEIVE, "status: expected 200") : null,
            Duration.ZERO);
    return new Run(
        test,
        node,
        planned,
        Duration.ofMillis(7),
        List.of(sample),
        List.of(),
        isDown ? Verdict.DOWN : Verdict.UP);
  }

  private static void store(String database, List<JsonObject> documents) {
    assertThat(hub.database(database).bulkDocs(documents, false).inWords()).isEqualTo("done");
  }
}
