package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.alerting.AlertingController;
import dev.jiggety.desktop.view.alerting.AlertingViewModel;
import dev.jiggety.desktop.view.incidents.IncidentsController;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel;
import dev.jiggety.desktop.view.nodes.NodesController;
import dev.jiggety.desktop.view.nodes.NodesViewModel;
import dev.jiggety.desktop.view.patches.PatchesController;
import dev.jiggety.desktop.view.patches.PatchesViewModel;
import dev.jiggety.desktop.view.results.ResultsController;
import dev.jiggety.desktop.view.results.ResultsViewModel;
import dev.jiggety.desktop.view.settings.SettingsController;
import dev.jiggety.desktop.view.settings.SettingsViewModel;
import dev.jiggety.desktop.view.tests.TestsController;
import dev.jiggety.desktop.view.tests.TestsViewModel;
import dev.jiggety.desktop.widget.KeyViewModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javafx.beans.value.ObservableValue;

/** The activities of one session, and which of them was seen last. FX thread only. */
final class Workplace {
  private final Session session;
  private final ShellController frame;
  private final ResultsViewModel results;
  private final PatchesViewModel patches;
  private final IncidentsViewModel incidents;
  private final AlertingViewModel alerting;
  private final AlertingController alertingActivity;
  private final Map<Place, Activity> activities = new EnumMap<>(Place.class);
  private Place last = Place.TESTS;

  Workplace(
      Desk desk,
      Session session,
      Services services,
      Themes themes,
      ObservableValue<Palette> palette) {
    this.session = session;
    this.frame = new ShellController(new ShellViewModel(desk, session), desk, themes);
    this.results = new ResultsViewModel(desk, session);
    activities.put(
        Place.TESTS, new TestsController(new TestsViewModel(desk, session), desk, palette));
    activities.put(Place.RESULTS, new ResultsController(results, desk, palette));
    activities.put(Place.NODES, new NodesController(new NodesViewModel(desk, session), desk));
    this.incidents = new IncidentsViewModel(desk, session);
    activities.put(Place.INCIDENTS, new IncidentsController(incidents, session, desk));
    this.alerting = new AlertingViewModel(desk, session);
    this.alertingActivity = new AlertingController(alerting, desk);
    this.patches = new PatchesViewModel(desk, session);
    activities.put(Place.PATCHES, new PatchesController(patches, desk));
    activities.put(
        Place.SETTINGS,
        new SettingsController(
            new SettingsViewModel(desk, services.settings()),
            new KeyViewModel(desk, services.keys(), session),
            desk,
            themes));
  }

  Session session() {
    return session;
  }

  ShellController frame() {
    return frame;
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
    return activities.keySet();
  }

  Activity activity(Place place) {
    return Objects.requireNonNull(activities.get(place));
  }

  Place lastPlace() {
    return last;
  }

  void visited(Place place) {
    last = place;
  }
}
