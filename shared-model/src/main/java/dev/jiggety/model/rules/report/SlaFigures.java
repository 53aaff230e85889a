package dev.jiggety.model.rules.report;

import dev.jiggety.model.Histogram;
import dev.jiggety.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What a span says of one test, or of several together.
 *
 * @param time how much of it the test was what
 * @param runs what its runs said, outside of maintenance
 * @param total the times of samples that passed, outside of maintenance
 */
public record SlaFigures(TimeShare time, RunShare runs, Histogram total, Outages outages) {
  /** Of no test. */
  public static final SlaFigures NONE =
      new SlaFigures(TimeShare.NONE, RunShare.NONE, Histogram.EMPTY, Outages.NONE);

  /**
   * The figures of one test.
   *
   * @param asOf the present
   * @param facts what is known of the test
   * @param cells the sums of its runs; one that begins in maintenance is left out
   */
  public static SlaFigures of(
      Span span, Instant asOf, Timeline.Facts facts, Collection<Cell> cells) {
    Timeline timeline = Timeline.of(span, asOf, facts);
    RunShare runs = RunShare.NONE;
    Histogram total = Histogram.EMPTY;
    for (Cell cell : cells) {
      if (span.contains(cell.from()) && !timeline.maintenance().contains(cell.from())) {
        runs = runs.plus(RunShare.of(cell.summary()));
        total = total.plus(cell.summary().total());
      }
    }
    TimeShare share = timeline.share();
    return new SlaFigures(
        share, runs, total, outages(span, asOf, facts, timeline, share.available()));
  }

  /** Both together; each test weighs as much as the time for which it was observed. */
  public SlaFigures plus(SlaFigures other) {
    return new SlaFigures(
        time.plus(other.time),
        runs.plus(other.runs),
        total.plus(other.total),
        outages.plus(other.outages));
  }

  /** The same with other times. */
  SlaFigures withTotal(Histogram times) {
    return new SlaFigures(time, runs, times, outages);
  }

  private static Outages outages(
      Span span, Instant asOf, Timeline.Facts facts, Timeline timeline, Duration operating) {
    Spans maintenance = facts.maintenance(asOf);
    Outages sum = new Outages(0, 0, Duration.ZERO, 0, Duration.ZERO, operating);
    List<Incident> outages =
        facts.incidents().stream()
            .filter(incident -> Timeline.OUTAGES.contains(incident.kind()))
            .toList();
    for (Incident incident : outages) {
      Spans whole = Spans.of(Timeline.lasting(incident, asOf)).minus(maintenance);
      Duration inside = whole.and(timeline.down()).length();
      if (inside.isZero()) {
        continue;
      }
      Instant ended = incident.ended();
      boolean repaired = ended != null && !ended.isAfter(span.to()) && !ended.isAfter(asOf);
      sum =
          sum.plus(
              new Outages(
                  1,
                  ended == null ? 1 : 0,
                  inside,
                  repaired ? 1 : 0,
                  repaired ? whole.length() : Duration.ZERO,
                  Duration.ZERO));
    }
    return sum;
  }
}
