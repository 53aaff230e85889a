package dev.jiggety.model.rules.report;

import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * What all runs of a test in one step of time say together.
 *
 * @param from where the step begins
 * @param length how long it is
 */
public record Cell(Instant from, Duration length, Summary summary) {

  /** Whether a run in it could tell how the site was. */
  public boolean conclusive() {
    return summary.runs().entrySet().stream()
        .anyMatch(runs -> runs.getKey() != Verdict.UNKNOWN && runs.getValue() > 0);
  }

  /** The step. */
  public Span span() {
    return Span.of(from, length);
  }

  /**
   * The times that cells can speak for. Where most runs failed and no incident says anything of it,
   * nobody has judged them: of that the cells cannot speak.
   *
   * @param reach how long one run speaks for its test; longer than a step where a test runs rarely
   * @param judged the times of incidents that say that the test was not there
   */
  public static Spans observed(Collection<Cell> cells, Duration reach, Spans judged) {
    return Spans.of(
        cells.stream()
            .filter(Cell::conclusive)
            .filter(cell -> !cell.mostlyDown() || !judged.within(cell.span()).isEmpty())
            .map(cell -> cell.lasting(reach))
            .toList());
  }

  /**
   * The times in which most runs that could tell found the site down.
   *
   * @param interval how long it is from one run to the next
   */
  public static Spans failing(Collection<Cell> cells, Duration interval) {
    return Spans.of(
        cells.stream().filter(Cell::mostlyDown).map(cell -> cell.lasting(interval)).toList());
  }

  private boolean mostlyDown() {
    return RunShare.of(summary).mostlyDown();
  }

  private Span lasting(Duration least) {
    return Span.of(from, length.compareTo(least) > 0 ? length : least);
  }
}
