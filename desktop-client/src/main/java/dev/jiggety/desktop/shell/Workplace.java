package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Action;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Remembered;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.alerting.AlertingController;
import dev.jiggety.desktop.view.alerting.AlertingViewModel;
import dev.jiggety.desktop.view.incidents.IncidentsController;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel;
import dev.jiggety.desktop.view.nodes.NodesController;
import dev.jiggety.desktop.view.nodes.NodesViewModel;
import dev.jiggety.desktop.view.overview.Overview;
import dev.jiggety.desktop.view.patches.PatchesController;
import dev.jiggety.desktop.view.patches.PatchesViewModel;
import dev.jiggety.desktop.view.results.ResultsController;
import dev.jiggety.desktop.view.results.ResultsViewModel;
import dev.jiggety.desktop.view.settings.SettingsController;
import dev.jiggety.desktop.view.settings.SettingsViewModel;
import dev.jiggety.desktop.view.tests.TestsController;
import dev.jiggety.desktop.view.tests.TestsViewModel;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;

/**
 * The activities of one session, and which of them was seen last. An activity is made when somebody
 * goes there for the first time: nobody waits at the start for a screen that is not looked at. FX
 * thread only.
 */
final class Workplace {
  private final Session session;
  private final ShellController frame;
  private final Overview overview;
  private final PaletteSources offers;
  private final ResultsViewModel results;
  private final PatchesViewModel patches;
  private final Map<Place, Supplier<Activity>> offered = new EnumMap<>(Place.class);
  private final IncidentsViewModel incidents;
  private final AlertingViewModel alerting;
  private final AlertingController alertingActivity;
  private final Map<Place, Activity> activities = new EnumMap<>(Place.class);
  private Place last = Place.OVERVIEW;

  Workplace(
      Desk desk,
      Session session,
      Services services,
      Themes themes,
      ObservableValue<Palette> palette,
      Look look) {
    this.session = session;
    this.overview = new Overview(desk, session, remembered(services), themes);
    offered.put(Place.OVERVIEW, overview::activity);
    this.frame =
        new ShellController(
            new ShellViewModel(desk, session),
            new WorkViewModel(desk),
            desk,
            themes,
            look,
            () -> services.settings().get().hubs());
    this.offers =
        new PaletteSources(
            desk.texts(), desk.navigator(), session, new Ages(desk.texts(), desk.zone()));
    this.results = new ResultsViewModel(desk, session);
    offered.put(
        Place.TESTS, () -> new TestsController(new TestsViewModel(desk, session), desk, palette));
    offered.put(Place.RESULTS, () -> new ResultsController(results, desk, palette));
    offered.put(
        Place.NODES, () -> new NodesController(new NodesViewModel(desk, session), session, desk));
    this.incidents = new IncidentsViewModel(desk, session);
    offered.put(Place.INCIDENTS, () -> new IncidentsController(incidents, session, desk));
    this.alerting = new AlertingViewModel(desk, session);
    this.alertingActivity = new AlertingController(alerting, desk);
    this.patches = new PatchesViewModel(desk, session);
    offered.put(Place.PATCHES, () -> new PatchesController(patches, desk));
    offered.put(
        Place.SETTINGS,
        () ->
            new SettingsController(
                new SettingsViewModel(desk, services.settings()),
                new KeyViewModel(desk, services.keys(), session),
                desk,
                themes));
  }

  private static Remembered remembered(Services services) {
    Path folder = services.settings().path().toAbsolutePath().getParent();
    return new Remembered(Objects.requireNonNull(folder, "settings lie in a folder"));
  }

  Session session() {
    return session;
  }

  ShellController frame() {
    return frame;
  }

  Overview overview() {
    return overview;
  }

  ResultsViewModel results() {
    return results;
  }

  PatchesViewModel patches() {
    return patches;
  }

  IncidentsViewModel incidents() {
    return incidents;
  }

  AlertingViewModel alerting() {
    return alerting;
  }

  /** Not a place of the menu: incidents and settings lead there. */
  Activity alertingActivity() {
    return alertingActivity;
  }

  /** The places that there is something to see at, in the order of the menu. */
  Set<Place> places() {
    return offered.keySet();
  }

  /** Where to begin: at the screen of that name, else at the first of the menu. */
  Place first(String name) {
    return offered.keySet().stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElse(offered.keySet().iterator().next());
  }

  /** All that the command palette offers now. */
  List<PaletteItem> offers(Activity current, Keys.Commands commands, Desk desk) {
    List<Action> actions = new ArrayList<>(current.offers());
    actions.addAll(CommonActions.of(current, session, commands, desk));
    return offers.items(places(), actions);
  }

  Activity activity(Place place) {
    return activities.computeIfAbsent(
        place, its -> Objects.requireNonNull(offered.get(its), its + " is not offered").get());
  }

  Place lastPlace() {
    return last;
  }

  void visited(Place place) {
    last = place;
  }
}
