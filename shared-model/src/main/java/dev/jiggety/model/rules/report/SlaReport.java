package dev.jiggety.model.rules.report;

import dev.jiggety.model.Histogram;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a span says of some tests, of their tags and of all together.
 *
 * @param span what it is about
 * @param asOf the present when it was made
 * @param target in percent; null for none
 * @param tests one for each test, by name
 * @param tags one for each tag that some of them have
 * @param all all of them together
 */
public record SlaReport(
    Span span,
    Instant asOf,
    @Nullable BigDecimal target,
    List<Line> tests,
    List<Line> tags,
    Line all) {

  public SlaReport {
    tests = List.copyOf(tests);
    tags = List.copyOf(tags);
  }

  /**
   * A test and what is known of it.
   *
   * @param facts of the span, and of what reaches into it
   * @param cells of the span, ordered by time
   */
  public record Source(TestDefinition test, Timeline.Facts facts, List<Cell> cells) {
    public Source {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A line of the report.
   *
   * @param id the id of the test, the tag, or {@code all}
   * @param name for people
   * @param kind what kind of test, and with it what its times are; null where several are together
   * @param members how many tests it is about
   * @param budget what is left of the target; null without one
   * @param days day by day
   * @param outages those that are counted, oldest first; of a single test only
   */
  public record Line(
      String id,
      String name,
      @Nullable String kind,
      int members,
      SlaFigures figures,
      @Nullable ErrorBudget budget,
      List<Day> days,
      List<Outage> outages) {
    public Line {
      days = List.copyOf(days);
      outages = List.copyOf(outages);
    }

    /**
     * The time that this share of samples did not exceed; empty when nothing was measured, or when
     * the tests are of several kinds: the time of a page and that of a request are not one figure.
     *
     * @param share 0 to 1, like 0.99
     */
    public Optional<Duration> quantile(double share) {
      return kind == null ? Optional.empty() : figures.total().quantile(share);
    }
  }

  /**
   * An outage of a test.
   *
   * @param ended null while it lasts
   * @param inside how much of the span it took, without maintenance
   */
  public record Outage(Instant began, @Nullable Instant ended, Duration inside) {}

  /** Makes the report. */
  public static SlaReport of(
      Span span, Instant asOf, @Nullable BigDecimal target, List<Source> sources) {
    List<Line> tests =
        sources.stream()
            .map(source -> line(span, asOf, target, source))
            .sorted(Comparator.comparing(Line::name).thenComparing(Line::id))
            .toList();
    var tags = new TreeSet<String>();
    sources.forEach(source -> tags.addAll(source.test().tags()));
    List<Line> groups =
        tags.stream().map(tag -> together(tag, tag, target, tests, has(sources, tag))).toList();
    return new SlaReport(
        span, asOf, target, tests, groups, together("all", "All tests", target, tests, l -> true));
  }

  /** Whether some test, or a tag, has missed the target. */
  public boolean missed() {
    return tests.stream()
        .anyMatch(
            line -> line.budget() != null && line.budget().state() == ErrorBudget.State.MISSED);
  }

  private static Predicate<Line> has(List<Source> sources, String tag) {
    List<String> ids =
        sources.stream()
            .map(Source::test)
            .filter(test -> test.tags().contains(tag))
            .map(TestDefinition::id)
            .toList();
    return line -> ids.contains(line.id());
  }

  private static Line line(Span span, Instant asOf, @Nullable BigDecimal target, Source source) {
    SlaFigures figures = SlaFigures.of(span, asOf, source.facts(), source.cells());
    return new Line(
        source.test().id(),
        source.test().name(),
        source.test().check().kind(),
        1,
        figures,
        target == null ? null : ErrorBudget.of(target, figures.time()),
        Day.of(span, asOf, source.facts()),
        outages(span, asOf, source.facts()));
  }

  private static List<Outage> outages(Span span, Instant asOf, Timeline.Facts facts) {
    Spans down = Timeline.of(span, asOf, facts).down();
    return facts.incidents().stream()
        .filter(incident -> Timeline.OUTAGES.contains(incident.kind()))
        .sorted(Comparator.comparing(Incident::began))
        .map(incident ->
            new Outage(
                incident.began(),
                incident.ended(),
                down.within(Timeline.lasting(incident, asOf)).length()))
        .filter(outage -> !outage.inside().isZero())
        .toList();
  }

  private static Line together(
      String id,
      String name,
      @Nullable BigDecimal target,
      List<Line> tests,
      Predicate<Line> member) {
    List<Line> members = tests.stream().filter(member).toList();
    SlaFigures figures =
        members.stream().map(Line::figures).reduce(SlaFigures.NONE, SlaFigures::plus);
    List<String> kinds = members.stream().map(Line::kind).distinct().toList();
    return new Line(
        id,
        name,
        kinds.size() == 1 ? kinds.getFirst() : null,
        members.size(),
        kinds.size() == 1 ? figures : figures.withTotal(Histogram.EMPTY),
        target == null ? null : ErrorBudget.of(target, figures.time()),
        days(members.stream().map(Line::days).toList()),
        List.of());
  }

  /** The days of several tests together, day by day. */
  static List<Day> days(List<List<Day>> each) {
    if (each.isEmpty()) {
      return List.of();
    }
    List<Day> sum = new ArrayList<>(each.getFirst());
    for (List<Day> days : each.subList(1, each.size())) {
      for (int i = 0; i < sum.size(); i++) {
        sum.set(i, sum.get(i).plus(days.get(i)));
      }
    }
    return sum;
  }
}
