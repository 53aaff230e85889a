package dev.jiggety.desktop.view.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Remembered;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.desktop.view.overview.OverviewViewModel.Emptiness;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewViewModelTest {
  private final Bench bench = new Bench();
  @TempDir private Path folder;

  @Test
  void theWorstComesFirstAndStatesAreCounted() {
    OverviewViewModel model = shop();
    assertThat(names(model)).startsWith("Checkout", "Search").endsWith("Newsletter sign-up");
    assertThat(model.countsProperty().get())
        .containsEntry(VerdictLook.DOWN, 1)
        .containsEntry(VerdictLook.UP, 3)
        .containsEntry(VerdictLook.OFF, 1);
    bench.hub.results(Examples.batch("oslo-1", 900, down("home", "oslo-1", bench.clock.instant())));
    bench.hub.results(
        Examples.batch("dublin-1", 900, down("home", "dublin-1", bench.clock.instant())));
    bench.settle();
    assertThat(names(model)).startsWith("Checkout", "Home page");
  }

  @Test
  void narrowsDownByWordsTagGroupNodeAndState() {
    bench.hub.put(Examples.test("a", "Alpha", "team:red", "web"));
    bench.hub.put(Examples.test("b", "Beta", "team:blue"));
    bench.hub.put(Examples.test("c", "Gamma", "env/prod"));
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    OverviewViewModel model = open();
    assertThat(model.groups()).containsExactly("env", "team");
    model.wishProperty().set(Wish.ALL.withGroup("team"));
    assertThat(names(model)).containsExactly("Alpha", "Beta");
    model.wishProperty().set(Wish.ALL.withTag("web").withText("ALPHA red"));
    assertThat(names(model)).containsExactly("Alpha");
    model.wishProperty().set(Wish.ALL.withState(VerdictLook.DOWN));
    assertThat(model.emptinessProperty().get()).isEqualTo(Emptiness.NO_MATCH);
    assertThat(model.countsProperty().get())
        .as("not of those alone")
        .containsEntry(VerdictLook.UNKNOWN, 3);
    model.clearFilters();
    model.wishProperty().set(Wish.ALL.withNode("oslo-1"));
    assertThat(names(model)).hasSize(3);
  }

  @Test
  void whatWasLookedForIsRememberedBetweenStarts() {
    Remembered remembered = new Remembered(folder);
    OverviewViewModel first = new OverviewViewModel(bench.desk, bench.session(), remembered);
    Wish wish =
        Wish.ALL.withText("pay").withGroup("team").withRows(true).withOrder(Wish.Order.SLOWEST);
    first.wishProperty().set(wish);
    OverviewViewModel next =
        new OverviewViewModel(bench.desk, bench.session(), new Remembered(folder));
    assertThat(next.wishProperty().get()).isEqualTo(wish);
  }

  @Test
  void theLastDayIsCountedByTheHubAndGoesOnLiveWithoutCountingTwice() {
    Instant now = bench.clock.instant();
    bench.hub.put(Examples.test("home", "Home page"));
    bench.hub.results(
        Examples.batch("oslo-1", 1, up("home", now.minusSeconds(5 * 3600)), up("home", now)));
    OverviewViewModel model = open();
    assertThat(only(model).day()).isNotNull();
    assertThat(up(only(model), DayBook.HOURS - 1)).isEqualTo(1);
    assertThat(up(only(model), DayBook.HOURS - 6)).isEqualTo(1);
    Instant later = bench.clock.instant().plusSeconds(1);
    bench.clock.pass(Duration.ofSeconds(2));
    bench.hub.results(Examples.batch("oslo-1", 2, up("home", later)));
    bench.settle();
    assertThat(up(only(model), DayBook.HOURS - 1)).isEqualTo(2);
    bench.clock.pass(DayCounter.OFTEN.plusSeconds(2));
    assertThat(up(only(model), DayBook.HOURS - 1)).as("counted anew").isEqualTo(2);
    bench.clock.pass(Duration.ofHours(1));
    assertThat(up(only(model), DayBook.HOURS - 2)).as("an hour on").isEqualTo(2);
    assertThat(up(only(model), DayBook.HOURS - 7)).isEqualTo(1);
  }

  @Test
  void aHubThatDoesNotCountIsSaidAndAskedAgain() {
    bench.hub.put(Examples.test("home", "Home page"));
    bench.hub.goAway();
    OverviewViewModel model = open();
    assertThat(model.ageProperty().get()).contains("connection refused");
    bench.hub.comeBack();
    bench.clock.pass(Duration.ofSeconds(20));
    assertThat(model.ageProperty().get()).startsWith("last day counted");
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void whatIsSeenIsComparedWithTheSameHoursOfLastWeekInOneCall() {
    Instant now = bench.clock.instant();
    for (String id : List.of("a", "b", "c")) {
      bench.hub.put(Examples.test(id, id));
      bench.hub.results(
          Examples.batch(
              "oslo-1",
              id.hashCode(),
              Examples.run(id, "oslo-1", now.minusSeconds(9), Duration.ofMillis(200)),
              Examples.run(id, "oslo-1", now.minus(Duration.ofDays(7)), Duration.ofMillis(100))));
    }
    OverviewViewModel model = open();
    model.seen(model.shownProperty().get().subList(0, 2));
    bench.clock.pass(Duration.ofSeconds(3));
    assertThat(bench.hub.history().asked()).hasSize(1);
    assertThat(model.shownProperty().get().get(0).slower()).isBetween(0.95, 1.05);
    assertThat(model.shownProperty().get().get(2).slower()).as("not seen, not asked").isNull();
    assertThat(new TileWords(bench.desk).change(model.shownProperty().get().getFirst()))
        .startsWith("▲");
  }

  @Test
  void leadsToResultsEditorAndIncident() {
    OverviewViewModel model = shop();
    Incident incident = Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(3));
    bench.hub.incidents().put(incident);
    bench.settle();
    assertThat(model.incidentsProperty().get()).containsExactly(incident);
    assertThat(model.subject(incident)).isEqualTo("Checkout");
    model.selectedProperty().set(model.shownProperty().get().getFirst());
    model.openResults();
    assertThat(bench.resultsOf).isEqualTo("checkout");
    model.edit();
    assertThat(bench.edited).isInstanceOf(EditRequest.Edit.class);
    model.openIncident();
    assertThat(bench.incidentOf).isEqualTo(incident.id());
  }

  @Test
  void theWallSaysHowOldItsKnowledgeIs() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    WallViewModel wall =
        new WallViewModel(bench.desk, new OverviewViewModel(bench.desk, bench.session()));
    wall.activate();
    assertThat(wall.timeProperty().get()).isEqualTo("10:00");
    assertThat(wall.staleProperty().get()).isEmpty();
    bench.clock.pass(WallViewModel.QUIET.plusSeconds(5));
    assertThat(wall.staleProperty().get()).startsWith("Nothing was heard of the hub for 6");
    bench.hub.goAway();
    bench.clock.pass(Duration.ofMinutes(3));
    assertThat(wall.staleProperty().get()).contains("away since 10:01").contains("4 min old");
  }

  @Test
  void closedItHearsAndAsksNothingMore() {
    OverviewViewModel model = new OverviewViewModel(bench.desk, bench.session());
    int timers = bench.clock.timers();
    Pin pin = model.activate();
    pin.close();
    bench.hub.put(Examples.test("home", "Home page"));
    bench.settle();
    assertThat(names(model)).isEmpty();
    assertThat(bench.clock.timers()).isEqualTo(timers);
  }

  private OverviewViewModel shop() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    return open();
  }

  private OverviewViewModel open() {
    OverviewViewModel model = new OverviewViewModel(bench.desk, bench.session());
    model.activate();
    bench.settle();
    return model;
  }

  private static List<String> names(OverviewViewModel model) {
    return model.shownProperty().get().stream().map(it -> it.picture().test().name()).toList();
  }

  private static Tile only(OverviewViewModel model) {
    return model.shownProperty().get().getFirst();
  }

  private static int up(Tile tile, int hour) {
    int[] day = tile.day();
    return day == null ? -1 : day[hour * DayBook.COLUMNS];
  }

  private static Run up(String id, Instant at) {
    return Examples.run(id, "oslo-1", at, Duration.ofMillis(50));
  }

  private static Run down(String id, String node, Instant at) {
    return Examples.run(id, node, at, Duration.ofMillis(50), Examples.broken());
  }
}
