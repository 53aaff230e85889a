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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads what is known of tests in a span of time and puts it as the rules want it. Safe for any
 * thread.
 */
final class Readings {
  /** Runs that are rarer than that say nothing of minutes. */
  private static final Duration OFTEN = Duration.ofMinutes(30);

  private final HistoryRepository history;
  private final IncidentRepository incidents;
  private final Map<Part, List<Cell>> kept = new ConcurrentHashMap<>();

  /** A step of a test. */
  private record Part(String test, Instant from, Duration length) {}

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
   * Puts minutes in the place of those steps that maintenance divides, in which a test flapped, or
   * in which its runs begin or end, so that what is said of these is true to the minute.
   */
  private List<Cell> refined(
      TestDefinition test,
      Span span,
      List<Cell> cells,
      Spans maintenance,
      List<Incident> incidents,
      Instant asOf) {
    Spans flapping = Timeline.flapping(incidents, asOf);
    boolean often = Freshness.ofRun(test, asOf).compareTo(OFTEN) <= 0;
    List<Cell> refined = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      Duration inside = maintenance.within(cell.span()).length();
      boolean divided = !inside.isZero() && !inside.equals(cell.length());
      boolean edge = often && (begins(cells, i, span) || ends(cells, i, asOf));
      if (divided || edge || !flapping.within(cell.span()).isEmpty()) {
        refined.addAll(minutes(test.id(), cell, asOf));
      } else {
        refined.add(cell);
      }
    }
    return refined;
  }

  /** Whether there is nothing just before a step, though it was asked for. */
  private static boolean begins(List<Cell> cells, int i, Span span) {
    Instant from = cells.get(i).from();
    return from.isAfter(span.from()) && (i == 0 || cells.get(i - 1).span().to().isBefore(from));
  }

  /** Whether there is nothing just after a step, though that is over. */
  private static boolean ends(List<Cell> cells, int i, Instant asOf) {
    Instant to = cells.get(i).span().to();
    return to.isBefore(asOf) && (i == cells.size() - 1 || to.isBefore(cells.get(i + 1).from()));
  }

  private List<Cell> minutes(String test, Cell cell, Instant asOf) {
    if (cell.span().to().isAfter(asOf)) {
      return readMinutes(test, cell);
    }
    return kept.computeIfAbsent(
        new Part(test, cell.from(), cell.length()), step -> readMinutes(test, cell));
  }

  private List<Cell> readMinutes(String test, Cell cell) {
    return cells(Set.of(test), cell.span(), Step.MINUTE).getOrDefault(test, List.of());
  }

  /** Reads all anew from now on; what is over is read once until then. */
  void forget() {
    kept.clear();
  }

  /** What is known of a test, and the sums as fine as that takes. */
  SlaReport.Source source(
      TestDefinition test,
      Span span,
      Instant asOf,
      Maintenance windows,
      List<Incident> incidents,
      List<Cell> cells) {
    Spans maintenance = windows.of(test, span);
    List<Cell> fine = refined(test, span, cells, maintenance, incidents, asOf);
    Duration interval =
        Schedules.problem(test.schedule()).isPresent()
            ? Duration.ofDays(1)
            : Schedules.interval(test.schedule(), asOf);
    return new SlaReport.Source(
        test,
        new Timeline.Facts(
            incidents,
            maintenance,
            Cell.observed(fine, Freshness.ofRun(test, asOf), Timeline.outages(incidents, asOf)),
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
