package dev.jiggety.agent.report;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.model.rules.report.Cell;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.model.rules.report.Spans;
import dev.jiggety.model.rules.report.Timeline;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Question;
import dev.jiggety.repository.HistoryRepository.Row;
import dev.jiggety.repository.HistoryRepository.Step;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.IncidentRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is known of tests in a span of time and puts it as the rules want it. */
final class Readings {
  private final HistoryRepository history;
  private final IncidentRepository incidents;

  Readings(HistoryRepository history, IncidentRepository incidents) {
    this.history = history;
    this.incidents = incidents;
  }

  /** The incidents of each test that reach into a span. */
  Map<String, List<Incident>> incidents(Span span) {
    List<Stored<Incident>> found = new ArrayList<>();
    try {
      found.addAll(incidents.between(span.from(), span.to()));
      found.addAll(incidents.open());
    } catch (HubException e) {
      if (e.kind() != HubException.Kind.MISSING) {
        throw e;
      }
      // A hub on which no incident has ever been recorded.
    }
    return found.stream()
        .map(Stored::value)
        .filter(incident -> incident.kind() != Incident.Kind.NODE)
        .distinct()
        .collect(Collectors.groupingBy(Incident::subject));
  }

  /** The sums of each test's runs, in steps, ordered by time. */
  Map<String, List<Cell>> cells(Collection<String> tests, Span span, Step step) {
    Map<String, List<Cell>> cells = new HashMap<>();
    if (tests.isEmpty() || span.length().isZero()) {
      return cells;
    }
    for (Row row : history.summaries(Question.of(tests, span.from(), span.to(), step))) {
      cells
          .computeIfAbsent(Objects.requireNonNull(row.test()), test -> new ArrayList<>())
          .add(new Cell(row.from(), length(row.from(), step), row.summary()));
    }
    return cells;
  }

  /**
   * Puts minutes in the place of those steps that maintenance divides or in which a test flapped, so
   * that what the runs say then is known to the minute.
   */
  private List<Cell> refined(
      TestDefinition test,
      List<Cell> cells,
      Spans maintenance,
      List<Incident> incidents,
      Instant asOf) {
    Spans flapping = Timeline.flapping(incidents, asOf);
    List<Cell> refined = new ArrayList<>();
    for (Cell cell : cells) {
      Duration inside = maintenance.within(cell.span()).length();
      boolean divided = !inside.isZero() && !inside.equals(cell.length());
      if (!divided && flapping.within(cell.span()).isEmpty()) {
        refined.add(cell);
      } else {
        refined.addAll(
            cells(Set.of(test.id()), cell.span(), Step.MINUTE)
                .getOrDefault(test.id(), List.of()));
      }
    }
    return refined;
  }

  /** What is known of a test, and the sums as fine as that takes. */
  SlaReport.Source source(
      TestDefinition test,
      Spans maintenance,
      Instant asOf,
      List<Incident> incidents,
      List<Cell> cells) {
    List<Cell> fine = refined(test, cells, maintenance, incidents, asOf);
    Duration interval =
        Schedules.problem(test.schedule()).isPresent()
            ? Duration.ofDays(1)
            : Schedules.interval(test.schedule(), asOf);
    return new SlaReport.Source(
        test,
        new Timeline.Facts(
            incidents,
            maintenance,
            Cell.observed(
                fine, Freshness.ofRun(test, asOf), Timeline.outages(incidents, asOf)),
            Cell.failing(fine, interval)),
        fine);
  }

  private static Duration length(Instant from, Step step) {
    return switch (step) {
      case MINUTE -> Duration.ofMinutes(1);
      case HOUR -> Duration.ofHours(1);
      case DAY -> Duration.ofDays(1);
      case MONTH -> {
        ZonedDateTime begin = from.atZone(ZoneOffset.UTC);
        yield Duration.between(begin, begin.plusMonths(1));
      }
    };
  }
}
