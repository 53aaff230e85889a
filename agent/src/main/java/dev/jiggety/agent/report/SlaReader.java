package dev.jiggety.agent.report;

import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.report.Cell;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.Span;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HistoryRepository.Step;
import dev.jiggety.repository.IncidentRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads from a hub what a report of availability is made of. Safe for any thread. */
public final class SlaReader {
  /** Spans that are not longer are read by the hour, others by the day. */
  private static final Duration BY_HOUR = Duration.ofDays(100);

  private final HistoryRepository history;
  private final IncidentRepository recorded;

  public SlaReader(HistoryRepository history, IncidentRepository incidents) {
    this.history = history;
    this.recorded = incidents;
  }

  /**
   * The report of some tests.
   *
   * @param windows all maintenance windows in force
   * @param span what it is about, whole hours of UTC; it may reach beyond the present
   * @param asOf the present
   * @param target in percent; null for none
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked
   */
  public SlaReport read(
      List<TestDefinition> tests,
      List<Window> windows,
      Span span,
      Instant asOf,
      @Nullable BigDecimal target) {
    Readings readings = new Readings(history, recorded);
    Maintenance maintenance = new Maintenance(windows);
    Instant end = span.to().isBefore(asOf) ? span.to() : asOf;
    Span past = new Span(span.from(), end.isBefore(span.from()) ? span.from() : end);
    Step step = span.length().compareTo(BY_HOUR) > 0 ? Step.DAY : Step.HOUR;
    List<String> ids = tests.stream().map(TestDefinition::id).toList();
    Map<String, List<Incident>> incidents = readings.incidents(span);
    Map<String, List<Cell>> cells = readings.cells(ids, past, step);
    return SlaReport.of(
        span,
        asOf,
        target,
        tests.stream()
            .map(test ->
                readings.source(
                    test,
                    span,
                    asOf,
                    maintenance,
                    incidents.getOrDefault(test.id(), List.of()),
                    cells.getOrDefault(test.id(), List.of())))
            .toList());
  }
}
