package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Action;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.shell.PaletteItem.Kind;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Rollout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** All that the command palette offers in a session. FX thread only. */
final class PaletteSources {
  private final Texts texts;
  private final Navigator navigator;
  private final Session session;
  private final RolloutWords words;

  PaletteSources(Texts texts, Navigator navigator, Session session, Ages ages) {
    this.texts = texts;
    this.navigator = navigator;
    this.session = session;
    this.words = new RolloutWords(texts, ages);
  }

  /**
   * What there is now.
   *
   * @param places the screens of the menu that there are
   * @param actions what can be done, the nearest first
   */
  List<PaletteItem> items(Collection<Place> places, Collection<Action> actions) {
    List<PaletteItem> items = new ArrayList<>();
    for (Action action : actions) {
      items.add(PaletteItem.of(Kind.ACTION, action.words(), "", action.keys(), action.doing()));
    }
    places.forEach(place -> items.add(item(place)));
    session.incidents().picture().open().forEach(incident -> items.add(item(incident)));
    session.feed().picture().tests().forEach(test -> items.add(item(test)));
    session.feed().picture().nodes().forEach(node -> items.add(item(node)));
    session.rollouts().picture().rollouts().forEach(rollout -> items.add(item(rollout)));
    return items;
  }

  private PaletteItem item(Place place) {
    String key = "menu." + place.name().toLowerCase(Locale.ROOT);
    return PaletteItem.of(
        Kind.PLACE,
        texts.get(key),
        "",
        texts.get("palette.ctrl", place.digit()),
        () -> navigator.go(place));
  }

  private PaletteItem item(TestPicture picture) {
    String id = picture.test().id();
    String tags = String.join(" ", picture.test().tags());
    return PaletteItem.of(
        Kind.TEST,
        picture.test().name(),
        tags.isEmpty() ? id : id + " · " + tags,
        "",
        () -> navigator.results(id));
  }

  private PaletteItem item(NodePicture picture) {
    return PaletteItem.of(
        Kind.NODE,
        picture.status().name(),
        String.join(" ", picture.status().tags()),
        "",
        () -> navigator.go(Place.NODES));
  }

  private PaletteItem item(Incident incident) {
    return PaletteItem.of(
        Kind.INCIDENT,
        incident.subject() + ": " + incident.text(),
        "",
        "",
        () -> navigator.incident(incident.id()));
  }

  private PaletteItem item(Rollout rollout) {
    Collection<String> targets = new TreeSet<>();
    rollout.riders().forEach(rider -> targets.addAll(rider.targets()));
    return PaletteItem.of(
        Kind.PATCH,
        String.join(", ", targets),
        words.state(rollout.state()) + " · " + rollout.id(),
        "",
        () -> navigator.rollout(rollout.patchIds().iterator().next()));
  }
}
