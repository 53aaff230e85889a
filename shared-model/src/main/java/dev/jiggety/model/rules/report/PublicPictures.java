package dev.jiggety.model.rules.report;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.report.PublicPicture.Announcement;
import dev.jiggety.model.rules.report.PublicPicture.Group;
import dev.jiggety.model.rules.report.PublicPicture.Service;
import dev.jiggety.model.rules.report.PublicPicture.State;
import dev.jiggety.model.rules.report.PublicPicture.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the picture that the public is shown. */
public final class PublicPictures {
  private static final Map<Kind, State> STATES =
      new EnumMap<>(
          Map.of(
              Kind.DOWN, State.DOWN,
              Kind.FLAPPING, State.UNSTABLE,
              Kind.DEGRADED, State.DEGRADED));

  private static final Set<State> TOLD_SINCE =
      EnumSet.of(State.DOWN, State.UNSTABLE, State.DEGRADED, State.MAINTENANCE);

  private PublicPictures() {}

  /**
   * What is known of a test that the public may see.
   *
   * @param group the name of its group
   * @param facts of the days that are shown
   * @param recent sums of its latest runs, in short steps
   * @param address what it looks at, to be shown; null for not
   */
  public record Source(
      TestDefinition test,
      String group,
      Timeline.Facts facts,
      List<Cell> recent,
      @Nullable String address) {
    public Source {
      recent = List.copyOf(recent);
    }
  }

  /** The days that a picture of that time shows: the last one is not over. */
  public static Span days(Instant asOf, int count) {
    LocalDate today = asOf.atZone(ZoneOffset.UTC).toLocalDate();
    return new Span(
        today.minusDays(count - 1L).atStartOfDay(ZoneOffset.UTC).toInstant(),
        today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /**
   * Makes the picture.
   *
   * @param days how many days to show, today included
   * @param sources in the order in which they are to be shown; a group stands where its first is
   * @param maintenance under way and announced
   */
  public static PublicPicture of(
      Instant asOf, int days, List<Source> sources, List<Announcement> maintenance) {
    Function<String, String> slugs = Slugs.fresh();
    Span span = days(asOf, days);
    Map<String, List<Service>> groups = new LinkedHashMap<>();
    List<Trouble> troubles = new ArrayList<>();
    for (Source source : sources) {
      Service service = service(source, slugs.apply(source.test().name()), asOf, span);
      groups.computeIfAbsent(source.group(), name -> new ArrayList<>()).add(service);
      troubles.addAll(troubles(source, service, asOf, span));
    }
    troubles.sort(
        Comparator.comparing((Trouble trouble) -> !trouble.isOpen())
            .thenComparing(Trouble::began, Comparator.reverseOrder())
            .thenComparing(Trouble::key));
    Function<String, String> groupSlugs = Slugs.fresh();
    return new PublicPicture(
        asOf,
        measured(sources, asOf).orElse(null),
        days,
        groups.entrySet().stream()
            .map(group -> group(group.getKey(), groupSlugs.apply(group.getKey()), group.getValue()))
            .toList(),
        troubles,
        maintenance.stream()
            .sorted(Comparator.comparing(announced -> announced.span().from()))
            .toList());
  }

  private static Group group(String name, String slug, List<Service> services) {
    return new Group(
        name, slug, services, SlaReport.days(services.stream().map(Service::days).toList()));
  }

  private static Service service(Source source, String slug, Instant asOf, Span span) {
    State state = state(source, asOf);
    return new Service(
        source.test().name(),
        slug,
        state,
        TOLD_SINCE.contains(state) ? since(source, state, asOf) : null,
        source.address(),
        Day.of(span, asOf, source.facts()));
  }

  /** How a test is now. */
  static State state(Source source, Instant asOf) {
    if (source.facts().maintenance(asOf).contains(asOf)
        || source.facts().incidents().stream()
            .anyMatch(incident -> incident.isOpen() && Timeline.inMaintenance(incident))) {
      return State.MAINTENANCE;
    }
    List<Incident> open = source.facts().incidents().stream().filter(Incident::isOpen).toList();
    Optional<State> worst =
        open.stream()
            .map(incident -> STATES.get(incident.kind()))
            .filter(Objects::nonNull)
            .max(State::compareTo);
    if (worst.isPresent()) {
      return worst.get();
    }
    if (open.stream().anyMatch(incident -> incident.kind() == Kind.NO_DATA)) {
      return State.NO_DATA;
    }
    return byRuns(source, asOf);
  }

  /**
   * What the latest runs say where there is no incident: that most of them failed is not yet an
   * outage, and nobody should read that all is well. What failed in an outage that is over has been
   * judged: it counts no more.
   */
  private static State byRuns(Source source, Instant asOf) {
    Instant from = asOf.minus(Freshness.ofRun(source.test(), asOf));
    Instant judged = judged(source);
    RunShare runs =
        source.recent().stream()
            .filter(cell -> cell.span().to().isAfter(from))
            .filter(cell -> !cell.span().from().isBefore(judged))
            .map(cell -> RunShare.of(cell.summary()))
            .reduce(RunShare.NONE, RunShare::plus);
    if (runs.conclusive() == 0) {
      return judged.isAfter(from) ? State.OPERATIONAL : State.NO_DATA;
    }
    return runs.mostlyDown() ? State.CHECKING : State.OPERATIONAL;
  }

  /** Until when incidents tell how it was; the test was good then. */
  private static Instant judged(Source source) {
    return source.facts().incidents().stream()
        .filter(incident -> STATES.containsKey(incident.kind()))
        .map(Incident::ended)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private static @Nullable Instant since(Source source, State state, Instant asOf) {
    if (state == State.MAINTENANCE) {
      return source.facts().maintenance(asOf).at(asOf).map(Span::from).orElse(null);
    }
    return source.facts().incidents().stream()
        .filter(incident -> incident.isOpen() && STATES.get(incident.kind()) == state)
        .map(Incident::began)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static List<Trouble> troubles(Source source, Service service, Instant asOf, Span span) {
    Spans maintenance = source.facts().maintenance(asOf);
    List<Trouble> troubles = new ArrayList<>();
    for (Incident incident : source.facts().incidents()) {
      State state = STATES.get(incident.kind());
      Spans lasted = Spans.of(Timeline.lasting(incident, asOf)).minus(maintenance);
      boolean shown = incident.isOpen() || !lasted.within(span).isEmpty();
      if (state != null && shown && !lasted.isEmpty()) {
        troubles.add(
            new Trouble(
                UUID.nameUUIDFromBytes(incident.id().getBytes(StandardCharsets.UTF_8)).toString(),
                service.name(),
                service.slug(),
                state,
                incident.began(),
                incident.ended()));
      }
    }
    return troubles;
  }

  private static Optional<Instant> measured(List<Source> sources, Instant asOf) {
    return sources.stream()
        .flatMap(source -> source.recent().stream())
        .filter(Cell::conclusive)
        .map(cell -> cell.span().to())
        .map(end -> end.isBefore(asOf) ? end : asOf)
        .max(Instant::compareTo);
  }
}
