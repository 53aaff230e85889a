package dev.jiggety.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.PackDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Packing;
import dev.jiggety.model.rules.Sums;
import dev.jiggety.repository.HistoryRepository.Question;
import dev.jiggety.repository.HistoryRepository.Row;
import dev.jiggety.repository.HistoryRepository.Step;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is asked of the history is what was measured, however it lies in tiers at the moment. Extend
 * it for each server that can be a hub.
 */
public abstract class HistoryContract {
  /** Two days before the end of a month that is the middle of a week. */
  private static final Instant BEGIN = Instant.parse("2026-09-29T00:00:00Z");

  private static final Instant END = BEGIN.plus(Duration.ofDays(4));
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  private final DatabaseNames names =
      new DatabaseNames("h" + UUID.randomUUID().toString().substring(0, 8) + "-");
  private final List<Run> measured = new ArrayList<>();
  private Hub hub;
  private HistoryRepository history;
  private long seq;

  /** Where the server is that is tested, and who may do everything there. */
  protected abstract HubAddress address();

  @BeforeEach
  void provision() {
    hub = Hub.open(address(), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(BEGIN);
    new Provisioner(hub, names).provision(END);
    history = new CouchRepositories(hub, names).history();
  }

  @AfterEach
  void dropDatabases() {
    Set<String> all = new TreeSet<>(names.live(BEGIN, END.plus(Duration.ofDays(14))));
    all.addAll(names.archive(BEGIN, END.plus(Duration.ofDays(40))));
    all.addAll(List.of(names.config(), names.patches(), names.status(), names.incidents()));
    all.forEach(name -> hub.database(name).drop());
    hub.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverLiesInWhichTierItIsCountedOnce(long seed) {
    scatter(new Random(seed));
    for (Step step : Step.values()) {
      for (boolean byNode : new boolean[] {false, true}) {
        Question question =
            new Question(
                new TreeSet<>(Set.of("shop", "basket")),
                new TreeSet<>(),
                BEGIN,
                END,
                step,
                true,
                byNode,
                true);
        assertSame(question, run -> true);
      }
    }
    Question some =
        new Question(
            new TreeSet<>(),
            new TreeSet<>(Set.of("n2")),
            BEGIN.plus(Duration.ofHours(30)).plusSeconds(60),
            BEGIN.plus(Duration.ofHours(53)),
            Step.HOUR,
            false,
            false,
            true);
    assertSame(
        some,
        run ->
            run.node().equals("n2")
                && !run.plannedAt().isBefore(BEGIN.plus(Duration.ofHours(30)))
                && run.plannedAt().isBefore(BEGIN.plus(Duration.ofHours(53))));

    List<String> points = new ArrayList<>();
    history.points(
        "shop",
        Set.of("n1", "n3"),
        BEGIN,
        END,
        point -> points.add(point.node() + " " + point.point().plannedAt()));
    assertThat(points)
        .containsExactlyInAnyOrderElementsOf(
            measured.stream()
                .filter(run -> run.testId().equals("shop") && !run.node().equals("n2"))
                .map(run -> run.node() + " " + run.plannedAt())
                .toList());
  }

  @Test
  void ofNothingThereIsNothing() {
    Question question = Question.of(List.of("shop"), BEGIN, END, Step.DAY);
    assertThat(history.summaries(question)).isEmpty();
    assertThat(
            history.summaries(
                Question.of(List.of(), BEGIN.minus(Duration.ofDays(500)), END, Step.MONTH)))
        .isEmpty();
    history.points("shop", Set.of(), BEGIN, END, point -> assertThat(point).isNull());
  }

  @Test
  void packsAreImmutableAndPushingThemAgainChangesNothing() {
    JsonObject pack =
        PackDocument.document(hour("n1", BEGIN, 1, List.of(run("shop", "n1", BEGIN, 0))));
    for (int i = 0; i < 2; i++) {
      assertThat(archive(BEGIN).bulkDocs(List.of(pack), false).inWords()).isEqualTo("done");
    }
    String id = pack.get("_id").getAsString();
    String rev = pack.get("_rev").getAsString();
    assertThat(archive(BEGIN).delete(id, rev).inWords()).contains("packs are immutable");
    assertThat(archive(BEGIN).get(id).ok()).isPresent();
    JsonObject stray = new JsonObject();
    stray.addProperty("_id", "stray");
    assertThat(archive(BEGIN).put(stray).inWords()).contains("forbidden");
  }

  /** Nodes that are far ahead and far behind; late parts; days that lack something; old weeks. */
  private void scatter(Random random) {
    for (String test : List.of("shop", "basket")) {
      for (String node : NODES) {
        for (Instant day = BEGIN; day.isBefore(END); day = day.plus(Duration.ofDays(1))) {
          day(random, test, node, day);
        }
      }
    }
  }

  private void day(Random random, String test, String node, Instant day) {
    List<Pack> hours = new ArrayList<>();
    List<Pack> rolledUp = new ArrayList<>();
    for (int i = 0; i < 24; i += 1 + random.nextInt(6)) {
      Instant hour = day.plus(Duration.ofHours(i));
      List<Run> runs = new ArrayList<>();
      for (int minute = 0; minute < 60; minute += 10) {
        runs.add(run(test, node, hour.plusSeconds(60L * minute), random.nextInt(4)));
      }
      measured.addAll(runs);
      int how = random.nextInt(5);
      int packed = how == 0 ? 0 : how == 1 ? 3 : runs.size();
      if (how < 3) { // still in the live databases, some of them twice
        store(runs);
        store(runs.subList(0, random.nextInt(runs.size())));
      }
      if (packed > 0) {
        hours.add(store(hour(node, hour, 1, runs.subList(0, packed))));
      }
      if (how == 2 || how == 3) {
        Run late = run(test, node, hour.plusSeconds(1), random.nextInt(4));
        measured.add(late);
        hours.add(store(hour(node, hour, 2, List.of(late))));
      }
      if (random.nextInt(6) == 0) {
        Pack part = Packing.day(test, node, day, hours, rolledUp);
        if (!Packing.isNothing(part.summary())) {
          rolledUp.add(store(part));
        }
      }
    }
  }

  private void assertSame(Question question, Predicate<Run> wanted) {
    Map<String, Sums> expected = new TreeMap<>();
    for (Run run : measured) {
      if (wanted.test(run)) {
        expected
            .computeIfAbsent(
                floor(run.plannedAt(), question.step())
                    + (question.byTest() ? run.testId() : "null")
                    + (question.byNode() ? run.node() : "null"),
                none -> new Sums())
            .add(Packing.points(run));
      }
    }
    Map<String, Summary> found = new TreeMap<>();
    for (Row row : history.summaries(question)) {
      assertThat(found.put(row.from() + row.test() + row.node(), row.summary())).isNull();
    }
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((key, is) -> {
      Summary was = expected.get(key).summary();
      assertThat(is.runs()).as(key).isEqualTo(was.runs());
      assertThat(is.errors()).as(key).isEqualTo(was.errors());
      assertThat(is.total()).as(key).isEqualTo(was.total());
      assertThat(is.phases()).as(key).isEqualTo(was.phases());
      double ratio = is.sum().toNanos() / (double) Math.max(1, was.sum().toNanos());
      assertThat(ratio).as(key).isBetween(was.total().count() == 0 ? 0 : 0.99, 1.01);
    });
  }

  private static Instant floor(Instant time, Step step) {
    return switch (step) {
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case MONTH ->
          time.atZone(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant();
    };
  }

  private static Run run(String test, String node, Instant planned, int kind) {
    long spread = Math.floorMod((test + node + planned).hashCode(), 50_000);
    Phases phases =
        Phases.of(
            Map.of(Phase.DNS, micros(1_000 + spread / 10), Phase.WAIT, micros(40_000 + spread)));
    Verdict verdict = List.of(Verdict.values()).get(kind);
    Failure failure =
        verdict == Verdict.DOWN ? new Failure(ErrorKind.TIMEOUT, Phase.WAIT, "nothing came") : null;
    Sample sample =
        new Sample(
            planned.plusMillis(7),
            micros(45_000 + spread),
            phases,
            failure == null ? 200 : 0,
            0,
            List.of(),
            failure,
            Duration.ZERO);
    return new Run(test, node, planned, Duration.ofMillis(7), List.of(sample), List.of(), verdict);
  }

  private static Duration micros(long count) {
    return Duration.of(count, ChronoUnit.MICROS);
  }

  private static Pack hour(String node, Instant hour, int part, List<Run> runs) {
    List<Point> points = runs.stream().flatMap(run -> Packing.points(run).stream()).toList();
    return Packing.hour(runs.getFirst().testId(), node, hour, part, points, 0, 0);
  }

  private Pack store(Pack pack) {
    JsonObject document = PackDocument.document(pack);
    assertThat(archive(pack.from()).bulkDocs(List.of(document), false).inWords()).isEqualTo("done");
    return (pack.span() == Pack.Span.HOUR ? PackDocument.HOUR : PackDocument.DAY).read(document);
  }

  private void store(List<Run> runs) {
    if (runs.isEmpty()) {
      return;
    }
    Batch batch =
        new Batch(
            runs.getFirst().node(),
            "s1",
            ++seq,
            runs.getFirst().plannedAt(),
            List.copyOf(runs),
            List.of());
    JsonObject document = BatchDocument.TYPE.write(batch);
    document.addProperty("_rev", BatchDocument.revision(document));
    assertThat(hub.database(names.live(batch.at())).bulkDocs(List.of(document), false).inWords())
        .isEqualTo("done");
  }

  private HubDatabase archive(Instant at) {
    return hub.database(names.archive(at));
  }
}
