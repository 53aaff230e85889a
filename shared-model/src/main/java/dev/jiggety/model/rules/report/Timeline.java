package dev.jiggety.model.rules.report;

import dev.jiggety.model.Incident;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a test was at each moment of a span: every moment belongs to exactly one of these.
 *
 * @param up all was well
 * @param degraded there, but slower than the test allows
 * @param down not there, or wrong; of a span in which it went up and down too often to tell each
 *     time, those parts in which most runs failed
 * @param maintenance in a window, whatever happened
 * @param unknown nobody could tell; not counted as up
 * @param ahead not over yet
 */
public record Timeline(
    Spans up, Spans degraded, Spans down, Spans maintenance, Spans unknown, Spans ahead) {

  /** The kinds of incidents in which it may not have been there. */
  public static final Set<Incident.Kind> OUTAGES =
      EnumSet.of(Incident.Kind.DOWN, Incident.Kind.FLAPPING);

  /**
   * What is known of one test.
   *
   * @param incidents those of the test, of any kind; others' do not matter here, so leave them out
   * @param windows the maintenance of the test
   * @param observed when runs could tell how the site was
   * @param failing when most of these said that it was down; asked for while it flaps alone
   */
  public record Facts(List<Incident> incidents, Spans windows, Spans observed, Spans failing) {
    public Facts {
      incidents = List.copyOf(incidents);
    }

    /** Windows, and what an incident that nobody was told of for a window says of one. */
    Spans maintenance(Instant asOf) {
      return windows.plus(
          Spans.of(
              incidents.stream()
                  .filter(Timeline::inMaintenance)
                  .map(incident -> lasting(incident, asOf))
                  .toList()));
    }
  }

  /**
   * Divides a span. Maintenance goes before all else, an outage before not knowing (who was down is
   * down until somebody has seen it up), not knowing before slowness.
   *
   * @param asOf the present; what comes after it is ahead
   */
  public static Timeline of(Span span, Instant asOf, Facts facts) {
    Spans all = Spans.of(span);
    Spans maintenance = facts.maintenance(asOf).within(span);
    Spans rest = all.minus(maintenance);
    Spans past = past(span, asOf);
    Spans ahead = rest.minus(past);
    rest = rest.and(past);
    Spans flapping = flapping(facts.incidents, asOf);
    Spans down =
        rest.and(
            lasting(facts.incidents, EnumSet.of(Incident.Kind.DOWN), asOf)
                .plus(flapping.and(facts.failing)));
    rest = rest.minus(down);
    Spans blind = lasting(facts.incidents, EnumSet.of(Incident.Kind.NO_DATA), asOf);
    Spans known = rest.and(facts.observed).minus(blind);
    Spans unknown = rest.minus(known);
    Spans degraded =
        known.and(
            lasting(facts.incidents, EnumSet.of(Incident.Kind.DEGRADED), asOf).plus(flapping));
    return new Timeline(known.minus(degraded), degraded, down, maintenance, unknown, ahead);
  }

  /** How much time each part is. */
  public TimeShare share() {
    return new TimeShare(
        up.length(),
        degraded.length(),
        down.length(),
        maintenance.length(),
        unknown.length(),
        ahead.length());
  }

  /** The times of incidents in which the test may not have been there. */
  public static Spans outages(Collection<Incident> incidents, Instant asOf) {
    return lasting(incidents, OUTAGES, asOf);
  }

  /** The times of incidents in which it flapped. */
  public static Spans flapping(Collection<Incident> incidents, Instant asOf) {
    return lasting(incidents, EnumSet.of(Incident.Kind.FLAPPING), asOf);
  }

  /** From its beginning to its end, or to the present. */
  static Span lasting(Incident incident, Instant asOf) {
    Instant end = incident.ended() == null ? asOf : incident.ended();
    return new Span(incident.began(), end.isBefore(incident.began()) ? incident.began() : end);
  }

  /** Whether a window is why nobody was told of it. */
  static boolean inMaintenance(Incident incident) {
    Incident.Suppression suppressed = incident.suppressed();
    return suppressed != null && suppressed.reason() == Incident.Suppression.Reason.MAINTENANCE;
  }

  private static Spans lasting(
      Collection<Incident> incidents, Set<Incident.Kind> kinds, Instant asOf) {
    return Spans.of(
        incidents.stream()
            .filter(incident -> kinds.contains(incident.kind()))
            .map(incident -> lasting(incident, asOf))
            .toList());
  }

  private static Spans past(Span span, Instant asOf) {
    return asOf.isAfter(span.from())
        ? Spans.of(new Span(span.from(), asOf.isBefore(span.to()) ? asOf : span.to()))
        : Spans.NONE;
  }
}
