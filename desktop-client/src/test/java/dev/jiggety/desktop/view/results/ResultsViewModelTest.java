package dev.jiggety.desktop.view.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.model.Batch;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsViewModelTest {
  private final Bench bench = new Bench();
  private ResultsViewModel model;
  private Pin pin;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    model = new ResultsViewModel(bench.desk, bench.session());
    pin = model.activate();
    model.testIdProperty().set("search");
    bench.settle();
  }

  @Test
  void hasALineForEachNode() {
    assertThat(model.linesProperty().get())
        .extracting(it -> it.name())
        .containsExactlyElementsOf(Examples.NODES);
    assertThat(model.testProperty().get().test().name()).isEqualTo("Search");
    assertThat(model.figuresProperty().get().passed()).isNotNull();
  }

  @Test
  void aLongerRangeReadsOnlyWhatIsMissing() {
    int before = points();
    bench.hub.results(old(Duration.ofMinutes(50)));
    bench.hub.results(old(Duration.ofHours(5)));
    model.rangeProperty().set(Range.HOUR);
    assertThat(points()).isGreaterThan(before);
    int anHour = points();
    model.rangeProperty().set(Range.DAY);
    assertThat(points()).isEqualTo(anHour + 1);
    model.rangeProperty().set(Range.MINUTES_5);
    assertThat(points()).isEqualTo(anHour + 1);
  }

  @Test
  void newRunsAppearByThemselvesAndOnlyOnce() {
    int before = points();
    var batch =
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
    Viewport start = model.viewProperty().get();
    bench.clock.pass(Duration.ofSeconds(5));
    assertThat(model.viewProperty().get().to()).isGreaterThan(start.to());
    model.show(model.viewProperty().get().zoomed(0.5, 0.2, model.longest()));
    assertThat(model.followingProperty().get()).isFalse();
    Viewport zoomed = model.viewProperty().get();
    bench.clock.pass(Duration.ofSeconds(5));
    assertThat(model.viewProperty().get()).isEqualTo(zoomed);
    model.reset();
    assertThat(model.followingProperty().get()).isTrue();
    assertThat(model.viewProperty().get().span()).isEqualTo(Range.MINUTES_15.length().toMillis());
  }

  @Test
  void nobodyPansBeyondWhatThereIs() {
    model.show(model.viewProperty().get().zoomed(1, 0.5, model.longest()).moved(7));
    assertThat(model.viewProperty().get().to()).isEqualTo(bench.clock.instant().toEpochMilli());
  }

  @Test
  void aHubThatIsAwayIsSaid() {
    bench.hub.goAway();
    model.testIdProperty().set("home");
    assertThat(model.problemProperty().get()).contains("connection refused");
    assertThat(model.loadingProperty().get()).isFalse();
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
  void closedItLeavesNothingBehind() {
    int timers = bench.clock.timers();
    pin.close();
    assertThat(bench.clock.timers()).isEqualTo(timers - 1);
  }

  private Batch old(Duration age) {
    Instant at = bench.clock.instant().minus(age);
    return Examples.batch(
        "oslo-1", age.toMinutes(), Examples.run("search", "oslo-1", at, Duration.ofMillis(60)));
  }

  private int points() {
    return model.linesProperty().get().stream().mapToInt(it -> it.size()).sum();
  }
}
