package dev.jiggety.agent.report;

import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.report.Cell;
import dev.jiggety.model.rules.report.PublicPicture;
import dev.jiggety.model.rules.report.PublicPicture.Announcement;
import dev.jiggety.model.rules.report.PublicPictures;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Step;
import dev.jiggety.repository.IncidentRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads from a hub what the status page is made of. Days that are over are read once an hour (late
 * results may change them), the last ones each time. Not thread-safe.
 */
public final class PublicReader {
  /** How many days the page shows. */
  static final int DAYS = 90;

  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration ANNOUNCED = Duration.ofDays(14);

  /** Tests that run more rarely are looked for hour by hour. */
  private static final Duration BY_MINUTE = Duration.ofMinutes(30);

  private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(8);

  private final Readings readings;
  private final PublicChoice choice;
  private Past past = new Past(Instant.EPOCH, List.of(), Map.of());

  public PublicReader(
      HistoryRepository history, IncidentRepository incidents, PublicChoice choice) {
    this.readings = new Readings(history, incidents);
    this.choice = choice;
  }

  /** What was read of the days that are over. */
  private record Past(Instant at, List<String> tests, Map<String, List<Cell>> cells) {}

  /**
   * The picture.
   *
   * @param inventory all there is; tests that are not public are left out
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked
   */
  PublicPicture read(Inventory inventory, Instant asOf) {
    Maintenance maintenance = new Maintenance(inventory.windows());
    List<String> order = choice.order();
    List<TestDefinition> shown =
        inventory.tests().stream()
            .filter(choice::shows)
            .sorted(
                Comparator.comparingInt(
                        (TestDefinition test) -> order.indexOf(choice.groupOf(test)))
                    .thenComparing(TestDefinition::name)
                    .thenComparing(TestDefinition::id))
            .toList();
    Span span = PublicPictures.days(asOf, DAYS);
    Map<String, List<Incident>> incidents = readings.incidents(span);
    Map<String, List<Cell>> days = days(ids(shown), span, asOf);
    Map<String, List<Cell>> recent = recent(shown, asOf);
    List<PublicPictures.Source> sources = new ArrayList<>();
    for (TestDefinition test : shown) {
      SlaReport.Source source =
          readings.source(
              test,
              span,
              asOf,
              maintenance,
              incidents.getOrDefault(test.id(), List.of()),
              days.getOrDefault(test.id(), List.of()));
      sources.add(
          new PublicPictures.Source(
              test,
              choice.groupOf(test),
              source.facts(),
              recent.getOrDefault(test.id(), List.of()),
              choice.addressOf(test)));
    }
    return PublicPictures.of(asOf, DAYS, sources, announced(maintenance, shown, asOf));
  }

  private Map<String, List<Cell>> days(List<String> ids, Span span, Instant asOf) {
    Instant yesterday = span.to().minus(Duration.ofDays(2));
    boolean sameDay =
        past.at.truncatedTo(ChronoUnit.DAYS).equals(asOf.truncatedTo(ChronoUnit.DAYS));
    if (!sameDay || !past.tests.equals(ids) || past.at.plus(KEPT).isBefore(asOf)) {
      readings.forget();
      Span over = new Span(span.from(), yesterday);
      past = new Past(asOf, ids, readings.cells(ids, over, Step.DAY));
    }
    Map<String, List<Cell>> all = new HashMap<>();
    past.cells.forEach((id, cells) -> all.put(id, new ArrayList<>(cells)));
    readings
        .cells(ids, new Span(yesterday, asOf), Step.DAY)
        .forEach((id, cells) -> all.computeIfAbsent(id, key -> new ArrayList<>()).addAll(cells));
    return all;
  }

  /** The latest runs: of a test that runs often those of the last minutes. */
  private Map<String, List<Cell>> recent(List<TestDefinition> tests, Instant asOf) {
    List<TestDefinition> often =
        tests.stream()
            .filter(test -> Freshness.ofRun(test, asOf).compareTo(BY_MINUTE) <= 0)
            .toList();
    List<TestDefinition> rarely = tests.stream().filter(test -> !often.contains(test)).toList();
    Map<String, List<Cell>> recent =
        readings.cells(ids(often), new Span(asOf.minus(BY_MINUTE), asOf), Step.MINUTE);
    Duration back =
        rarely.stream()
            .map(test -> Freshness.ofRun(test, asOf))
            .max(Duration::compareTo)
            .filter(longest -> longest.compareTo(LONGEST_LOOK_BACK) < 0)
            .orElse(LONGEST_LOOK_BACK);
    recent.putAll(readings.cells(ids(rarely), new Span(asOf.minus(back), asOf), Step.HOUR));
    return recent;
  }

  private static List<Announcement> announced(
      Maintenance maintenance, List<TestDefinition> shown, Instant asOf) {
    List<Announcement> announced = new ArrayList<>();
    for (Maintenance.Announced open : maintenance.announced(Span.of(asOf, ANNOUNCED))) {
      List<String> names =
          shown.stream()
              .filter(open.window()::isAbout)
              .map(TestDefinition::name)
              .distinct()
              .sorted()
              .toList();
      if (!names.isEmpty()) {
        announced.add(new Announcement(open.window().name(), open.span(), names));
      }
    }
    return announced;
  }

  private static List<String> ids(List<TestDefinition> tests) {
    return tests.stream().map(TestDefinition::id).sorted().toList();
  }
}
