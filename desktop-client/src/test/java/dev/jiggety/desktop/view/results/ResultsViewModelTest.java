package dev.jiggety.desktop.view.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.Annotation;
import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.Hover;
import dev.jiggety.desktop.chart.LineData;
import dev.jiggety.desktop.chart.Samples;
import dev.jiggety.desktop.chart.Steps;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsViewModelTest {
  private static final Duration HALF_A_YEAR = Duration.ofDays(180);

  private final Bench bench = new Bench();
  private ResultsViewModel model;
  private Pin pin;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    bench.hub.incidents().put(Incidents.over("search", Duration.ofDays(60), Duration.ofHours(2)));
    model = new ResultsViewModel(bench.desk, bench.session());
    pin = model.activate();
    model.testIdProperty().set("search");
    bench.settle();
  }

  @Test
  void hasALineForEachNode() {
    assertThat(lines()).extracting(LineData::name).containsExactlyElementsOf(Examples.NODES);
    assertThat(lines()).allMatch(Samples.class::isInstance);
    assertThat(model.testProperty().get().test().name()).isEqualTo("Search");
    assertThat(model.figuresProperty().get().isEmpty()).isFalse();
    assertThat(model.isLoading()).isFalse();
  }

  @Test
  void aLongerRangeReadsOnlyWhatIsMissing() {
    int before = points();
    bench.hub.results(old(Duration.ofMinutes(50)));
    bench.hub.results(old(Duration.ofHours(5)));
    bench.settle();
    model.rangeProperty().set(Range.HOUR);
    bench.settle();
    assertThat(points()).isGreaterThan(before);
    int asked = bench.hub.history().asked().size();
    model.rangeProperty().set(Range.MINUTES_5);
    bench.settle();
    assertThat(bench.hub.history().asked()).hasSize(asked);
    model.rangeProperty().set(Range.HOURS_6);
    bench.settle();
    List<String> more = bench.hub.history().asked();
    assertThat(more.subList(asked, more.size()))
        .isNotEmpty()
        .allMatch(it -> end(it).compareTo(bench.clock.instant().minusSeconds(3_500)) < 0);
  }

  @Test
  void newRunsAppearByThemselvesAndOnlyOnce() {
    int before = points();
    Batch batch =
        Examples.batch(
            "oslo-1",
            9_000,
            Examples.run("search", "oslo-1", bench.clock.instant(), Duration.ofMillis(70)),
            Examples.run("home", "oslo-1", bench.clock.instant(), Duration.ofMillis(70)));
    bench.hub.results(batch);
    bench.hub.results(batch);
    bench.settle();
    assertThat(points()).isEqualTo(before + 1);
    model.restart();
    assertThat(points()).isEqualTo(before + 1);
  }

  @Test
  void theViewMovesOnWithTimeUntilSomebodyLooksBack() {
    Viewport start = view();
    bench.clock.pass(Duration.ofSeconds(5));
    assertThat(view().to()).isGreaterThan(start.to());
    model.show(view().zoomed(0.5, 0.2, model.longest()));
    assertThat(model.followingProperty().get()).isFalse();
    Viewport zoomed = view();
    bench.clock.pass(Duration.ofSeconds(5));
    assertThat(view()).isEqualTo(zoomed);
    model.reset();
    assertThat(model.followingProperty().get()).isTrue();
    assertThat(view().span()).isEqualTo(Range.MINUTES_15.length().toMillis());
  }

  @Test
  void whoZoomsAtThePresentGoesOnFollowing() {
    model.show(view().zoomed(1, 0.2, model.longest()));
    long span = view().span();
    bench.clock.pass(Duration.ofSeconds(30));
    long now = bench.clock.instant().toEpochMilli();
    assertThat(view().to()).isBetween(now - 1_000, now);
    assertThat(view().span()).isEqualTo(span);
  }

  @Test
  void nobodyPansBeyondWhatThereIs() {
    model.show(view().zoomed(1, 0.5, model.longest()).moved(7));
    assertThat(view().to()).isEqualTo(bench.clock.instant().toEpochMilli());
    model.show(view().zoomed(0, 1, model.longest()).moved(-1e9));
    assertThat(view().from())
        .isEqualTo(bench.clock.instant().toEpochMilli() - Range.LONGEST.toMillis());
  }

  @Test
  void aHubThatIsAwayIsSaid() {
    bench.hub.goAway();
    bench.settle();
    model.testIdProperty().set("home");
    assertThat(model.problemProperty().get()).contains("connection refused");
    assertThat(model.isLoading()).isFalse();
    assertThat(model.oldSinceProperty().get()).isNotNull();
  }

  @Test
  void whatCouldNotBeReadIsReadWhenTheHubIsBack() {
    bench.hub.goAway();
    bench.settle();
    model.testIdProperty().set("home");
    assertThat(points()).isZero();
    bench.hub.comeBack();
    bench.settle();
    assertThat(model.problemProperty().get()).isEmpty();
    assertThat(model.oldSinceProperty().get()).isNull();
    assertThat(points()).isPositive();
  }

  @Test
  void whatIsShownStaysWhileTheHubIsAway() {
    int before = points();
    bench.hub.goAway();
    bench.settle();
    model.restart();
    assertThat(model.problemProperty().get()).isNotEmpty();
    assertThat(points()).isEqualTo(before);
    pin.close();
    pin = model.activate();
    assertThat(points()).isEqualTo(before);
  }

  @Test
  void aYearIsReadDayByDay() {
    archiveHalfAYear();
    model
        .looksProperty()
        .set(model.looksProperty().get().withPercentiles(true).with(Pane.AVAILABILITY, false));
    model.rangeProperty().set(Range.YEAR);
    bench.settle();
    assertThat(lines())
        .singleElement()
        .isInstanceOfSatisfying(
            Steps.class,
            steps -> {
              assertThat(steps.length()).isEqualTo(Duration.ofDays(1).toMillis());
              assertThat(steps.size()).isBetween(180, 182);
            });
    // A day in the past, and all runs of today, single ones too, are in it.
    assertThat(model.figuresProperty().get().runs()).isGreaterThan(HALF_A_YEAR.toDays() * 3);
  }

  @Test
  void aCloserLookShowsTheRunsOfADay() {
    archiveHalfAYear();
    model.rangeProperty().set(Range.YEAR);
    bench.settle();
    Steps oslo = (Steps) lines().getLast();
    model.open(new Hover(new Hover.OfStep(oslo, 20), 2, 0, 0, 0));
    bench.settle();
    assertThat(view().span()).isEqualTo(Duration.ofDays(1).toMillis());
    assertThat(lines()).allMatch(Samples.class::isInstance);
    assertThat(model.figuresProperty().get().runs()).isEqualTo(3);
    assertThat(model.followingProperty().get()).isFalse();
  }

  @Test
  void figuresAreTheSameBySamplesAndBySums() {
    model.rangeProperty().set(Range.DAY);
    bench.settle();
    SpanFigures samples = model.figuresProperty().get();
    everySecond();
    model.restart();
    model.rangeProperty().set(Range.MONTH);
    bench.settle();
    assertThat(lines()).allMatch(Steps.class::isInstance);
    SpanFigures sums = model.figuresProperty().get();
    assertThat(sums.runs()).isEqualTo(samples.runs()).isPositive();
    assertThat(sums.summary().total()).isEqualTo(samples.summary().total());
    assertThat(sums.availability()).isEqualTo(samples.availability());
  }

  @Test
  void thisHourIsComparedWithTheOneBefore() {
    model.rangeProperty().set(Range.MINUTES_15);
    for (int i = 0; i < 80; i++) {
      bench
          .hub
          .history()
          .archive(
              Examples.run(
                  "search",
                  "oslo-1",
                  bench.clock.instant().minus(Duration.ofMinutes(75)).plusSeconds(i * 10L),
                  Duration.ofMillis(500)));
    }
    model.looksProperty().set(model.looksProperty().get().withShift(Shift.HOUR));
    bench.settle();
    var subjects = model.inputProperty().get().subjects();
    assertThat(subjects).hasSize(2);
    assertThat(subjects.get(1).shift()).isEqualTo(Duration.ofHours(1).toMillis());
    assertThat(subjects.get(1).lines().getFirst().size()).isEqualTo(80);
  }

  @Test
  void testsAreCompared() {
    model.looksProperty().set(model.looksProperty().get().withOthers(List.of("home", "gone")));
    bench.settle();
    assertThat(model.inputProperty().get().names()).containsExactly("Search", "Home page");
    Samples home = (Samples) model.inputProperty().get().subjects().get(1).lines().getFirst();
    model.open(new Hover(new Hover.OfSample(home, home.size() - 1), 1, 0, 0, 0));
    assertThat(model.openedProperty().get().run().testId()).isEqualTo("home");
  }

  @Test
  void aRunIsOpenedWithAllThatItHasToTell() {
    Samples oslo = (Samples) lines().getLast();
    model.open(new Hover(new Hover.OfSample(oslo, oslo.size() - 1), 0, 0, 0, 0));
    assertThat(model.openedProperty().get().run().node()).isEqualTo("oslo-1");
    assertThat(model.openedProperty().get().run().samples().getFirst().bytes()).isEqualTo(5_120);
    model.closeRun();
    assertThat(model.openedProperty().get()).isNull();
  }

  @Test
  void aRunThatIsOnlyInTheArchiveIsSaidToBeGone() {
    archiveHalfAYear();
    model.showSpan(
        FakeClock.START.minus(Duration.ofDays(10)), FakeClock.START.minus(Duration.ofDays(8)));
    bench.settle();
    Samples oslo = (Samples) lines().getLast();
    model.open(new Hover(new Hover.OfSample(oslo, 0), 0, 0, 0, 0));
    assertThat(bench.said).singleElement().asString().contains("does not keep");
  }

  @Test
  void incidentsStandOnTheAxisOfTime() {
    bench.hub.incidents().put(Incidents.open(Incident.Kind.DOWN, "search", Duration.ofMinutes(5)));
    bench.hub.incidents().put(Incidents.open(Incident.Kind.DOWN, "home", Duration.ofMinutes(5)));
    bench.settle();
    assertThat(happened()).extracting(Annotation::kind).contains(Annotation.Kind.INCIDENT);
    int near = happened().size();
    model.rangeProperty().set(Range.QUARTER);
    bench.settle();
    assertThat(happened()).hasSize(near + 1);
    model.open(happened().getFirst());
    assertThat(bench.incidentOf).isNotNull();
  }

  @Test
  void readingCanBeStopped() {
    bench
        .hub
        .history()
        .archive(
            Examples.run(
                "search", "oslo-1", FakeClock.START.minus(HALF_A_YEAR), Duration.ofMillis(1)));
    model.cancel();
    assertThat(model.isLoading()).isFalse();
    assertThat(points()).isPositive();
  }

  @Test
  void whatIsSeenIsWrittenAsFigures() throws IOException {
    StringBuilder out = new StringBuilder();
    Csv.write(model.inputProperty().get(), view(), out);
    List<String> rows = out.toString().lines().toList();
    assertThat(rows).hasSize((int) model.figuresProperty().get().runs() + 1);
    assertThat(rows.getFirst())
        .startsWith("subject,line,planned,started,verdict,status,error,total_ms,blocked_ms");
    assertThat(rows.get(1)).startsWith("Search,berlin-1,2026-03-02T09:4").contains(",200,,");
    archiveHalfAYear();
    model.rangeProperty().set(Range.YEAR);
    bench.settle();
    out.setLength(0);
    Csv.write(model.inputProperty().get(), view(), out);
    assertThat(out.toString()).startsWith("subject,line,from,to,runs,up,degraded,down,unknown");
    assertThat(out.toString().lines().count()).isGreaterThan(500);
  }

  @Test
  void closedItLeavesNothingBehind() {
    int timers = bench.clock.timers();
    pin.close();
    assertThat(bench.clock.timers()).isEqualTo(timers - 1);
    int asked = bench.hub.history().asked().size();
    bench.clock.pass(Duration.ofMinutes(5));
    assertThat(bench.hub.history().asked()).hasSize(asked);
  }

  /** A run a day on each node. */
  private void archiveHalfAYear() {
    for (int day = 1; day <= HALF_A_YEAR.toDays(); day++) {
      for (String node : Examples.NODES) {
        bench
            .hub
            .history()
            .archive(
                Examples.run(
                    "search",
                    node,
                    FakeClock.START.minus(Duration.ofDays(day)),
                    Duration.ofMillis(40 + day % 7)));
      }
    }
  }

  /** So many runs that they are not read one by one. */
  private void everySecond() {
    bench.hub.put(
        Examples.test("search", "Search", "shop").toBuilder()
            .schedule(new Schedule.Every(Duration.ofSeconds(1)))
            .build());
    bench.settle();
  }

  private static Instant end(String asked) {
    return Instant.parse(asked.split(" ", -1)[2]);
  }

  private Batch old(Duration age) {
    Instant at = bench.clock.instant().minus(age);
    return Examples.batch(
        "oslo-1", age.toMinutes(), Examples.run("search", "oslo-1", at, Duration.ofMillis(60)));
  }

  private Viewport view() {
    return model.viewProperty().get();
  }

  private List<Annotation> happened() {
    return model.inputProperty().get().annotations();
  }

  private List<LineData> lines() {
    return model.inputProperty().get().subjects().getFirst().lines();
  }

  private int points() {
    return model.inputProperty().get().subjects().stream()
        .flatMap(it -> it.lines().stream())
        .mapToInt(LineData::size)
        .sum();
  }
}
