package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.IncidentPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Remembered;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the overview shows and does. FX thread only. */
public final class OverviewViewModel {
  /** Why there is nothing to see. */
  public enum Emptiness {
    /** There is something to see. */
    NONE,
    /** Nothing was heard of the hub yet. */
    WAITING,
    /** The hub has no tests. */
    NO_TESTS,
    /** None of the tests fits what is looked for. */
    NO_MATCH
  }

  /** Where order follows figures, and not verdicts, tiles change places only so often. */
  private static final int SECONDS_OF_ORDER = 10;

  private final Desk desk;
  private final Session session;
  private final Ages ages;
  private final Map<String, Tile> byId = new HashMap<>();
  private final DayBook days = new DayBook();
  private final DayCounter counter;
  private final LastWeek lastWeek;
  private final ReadOnlyObjectWrapper<List<Tile>> shown = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyLongWrapper version = new ReadOnlyLongWrapper();
  private final ReadOnlyObjectWrapper<Map<VerdictLook, Integer>> counts =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<List<Incident>> incidents =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Emptiness> emptiness =
      new ReadOnlyObjectWrapper<>(Emptiness.WAITING);
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final ObjectProperty<Wish> wish;
  private final ObjectProperty<@Nullable Tile> selected = new SimpleObjectProperty<>();
  private final ObservableList<String> tags = FXCollections.observableArrayList();
  private final ObservableList<String> groups = FXCollections.observableArrayList();
  private final ObservableList<String> nodes = FXCollections.observableArrayList();
  private Map<String, Set<String>> tagsOfNodes = Map.of();
  private List<TestPicture> tests = List.of();
  private List<Tile> seen = List.of();
  private HubPicture last = HubPicture.EMPTY;
  private boolean heard;
  private int seconds;
  private Instant weekOf = Instant.EPOCH;

  /** One that remembers what was looked for. */
  public OverviewViewModel(Desk desk, Session session, Remembered remembered) {
    this(desk, session, new WishStore(remembered, desk.tasks()));
  }

  /** One that begins with everything and remembers nothing. */
  public OverviewViewModel(Desk desk, Session session) {
    this(desk, session, (WishStore) null);
  }

  private OverviewViewModel(Desk desk, Session session, @Nullable WishStore store) {
    this.desk = desk;
    this.session = session;
    this.ages = new Ages(desk.texts(), desk.zone());
    this.counter = new DayCounter(desk, session.connection(), this::take);
    this.lastWeek = new LastWeek(desk, session.connection(), this::redraw);
    this.wish = new SimpleObjectProperty<>(store == null ? Wish.ALL : store.read());
    wish.addListener((property, before, now) -> {
      if (store != null) {
        store.write(now);
      }
      arrange();
    });
  }

  /** Begins to follow the hub. */
  public Pin activate() {
    counter.open(true);
    Pin pin =
        Pin.all(
            session.feed().subscribe(this::show),
            session.incidents().subscribe(this::show),
            desk.everySecond(this::tick),
            () -> counter.open(false));
    if (counter.countedAt() == null) {
      counter.tick();
    } else {
      counter.catchUp(); // with the next tick: what was counted before is seen at once
    }
    showAge();
    return pin;
  }

  /** The tiles that fit what is looked for, in their order; another list when any of it changes. */
  ReadOnlyObjectProperty<List<Tile>> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Grows when something is to be drawn anew; each tile says by itself whether it is meant. */
  public ReadOnlyLongProperty versionProperty() {
    return version.getReadOnlyProperty();
  }

  /** How many tests look how, of all. */
  public ReadOnlyObjectProperty<Map<VerdictLook, Integer>> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  /** What lasts, the worst first. */
  public ReadOnlyObjectProperty<List<Incident>> incidentsProperty() {
    return incidents.getReadOnlyProperty();
  }

  /** Why there is nothing to see. */
  public ReadOnlyObjectProperty<Emptiness> emptinessProperty() {
    return emptiness.getReadOnlyProperty();
  }

  /** How many tests are shown, of how many. */
  public ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /** How old the counts of the last day are. */
  public ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /** What is looked for, and how it is shown. */
  ObjectProperty<Wish> wishProperty() {
    return wish;
  }

  /** The tile that actions are about; null for none. */
  ObjectProperty<@Nullable Tile> selectedProperty() {
    return selected;
  }

  /** All tags in use, in order. */
  public ObservableList<String> tags() {
    return tags;
  }

  /** All groups in use, in order. */
  public ObservableList<String> groups() {
    return groups;
  }

  /** All nodes, by name. */
  public ObservableList<String> nodes() {
    return nodes;
  }

  /** What is known of the hub. */
  HubPicture picture() {
    return last;
  }

  /** These are on the screen. */
  void seen(List<Tile> tiles) {
    seen = tiles;
  }

  /** What lasts of a test; the worst, if there are several. */
  Optional<Incident> incidentOf(String testId) {
    return incidents.get().stream()
        .filter(it -> it.kind() != Incident.Kind.NODE && it.subject().equals(testId))
        .findFirst();
  }

  /** What an incident is about, in words. */
  public String subject(Incident incident) {
    Tile tile = incident.kind() == Incident.Kind.NODE ? null : byId.get(incident.subject());
    return tile == null ? incident.subject() : tile.picture().test().name();
  }

  public void openResults() {
    selected().ifPresent(tile -> desk.navigator().results(tile.id()));
  }

  public void edit() {
    selected()
        .ifPresent(tile ->
            desk.navigator().edit(EditRequest.of(tile.picture().stored(), session.basket())));
  }

  /** To what lasts of the selected test; nothing where all is well. */
  public void openIncident() {
    selected()
        .flatMap(tile -> incidentOf(tile.id()))
        .ifPresent(incident -> desk.navigator().incident(incident.id()));
  }

  public void open(Incident incident) {
    desk.navigator().incident(incident.id());
  }

  public void openIncidents() {
    desk.navigator().go(Place.INCIDENTS);
  }

  public void create() {
    desk.navigator().edit(new EditRequest.Create());
  }

  /** Shows all tests again. */
  public void clearFilters() {
    wish.set(wish.get().withoutFilters());
  }

  /** Has the hub count now. */
  public void refresh() {
    counter.catchUp();
    tick();
  }

  private Optional<Tile> selected() {
    return Optional.ofNullable(selected.get());
  }

  private void show(LiveFeed.Update update) {
    last = update.picture();
    heard = heard || last.link() instanceof Link.Connected || !last.tests().isEmpty();
    days.turnTo(desk.now());
    boolean moved = emptiness.get() == Emptiness.WAITING;
    if (!isSame(last.tests(), tests)) {
      tests = last.tests();
      moved |= take(tests);
    }
    for (Run run : update.runs()) {
      Tile tile = byId.get(run.testId());
      if (tile != null && days.add(run.testId(), run.startedAt(), run.plannedAt(), run.verdict())) {
        tile.day(days.of(run.testId()));
      }
    }
    name(last.nodes());
    if (moved) {
      arrange();
    } else {
      redraw();
    }
  }

  /** True where the order of tiles, or which there are, may be another one. */
  private boolean take(List<TestPicture> pictures) {
    boolean moved = false;
    for (TestPicture picture : pictures) {
      String id = picture.test().id();
      Tile tile = byId.get(id);
      if (tile == null) {
        tile = new Tile(picture);
        tile.day(days.of(id));
        byId.put(id, tile);
        moved = true;
      } else if (!isSame(tile.picture(), picture)) {
        moved |= tile.show(picture);
      }
    }
    if (byId.size() > pictures.size()) {
      Set<String> present = new HashSet<>();
      pictures.forEach(picture -> present.add(picture.test().id()));
      byId.keySet().retainAll(present);
      days.retain(present);
      moved = true;
    }
    return moved;
  }

  private void take(DayBook.Part part) {
    days.turnTo(desk.now());
    days.take(part);
    byId.forEach((id, tile) -> tile.day(days.of(id)));
    redraw();
    showAge();
  }

  private void name(List<NodePicture> pictures) {
    Map<String, Set<String>> known = new HashMap<>();
    pictures.forEach(it -> known.put(it.status().name(), it.status().tags()));
    if (!known.equals(tagsOfNodes)) {
      tagsOfNodes = known;
      set(nodes, new TreeSet<>(known.keySet()));
    }
  }

  private void show(IncidentPicture picture) {
    incidents.set(picture.open());
  }

  private void tick() {
    Instant now = desk.now();
    days.turnTo(now);
    if (!DayBook.hour(now).equals(weekOf)) {
      weekOf = DayBook.hour(now);
      byId.values().forEach(Tile::forgetWeek);
    }
    counter.tick();
    lastWeek.look(seen);
    showAge();
    boolean byFigures = wish.get().order() == Wish.Order.SLOWEST;
    if (++seconds % SECONDS_OF_ORDER == 0
        && (byFigures || wish.get().order() == Wish.Order.SLOWER)) {
      arrange();
    }
  }

  private void showAge() {
    Instant counted = counter.countedAt();
    String trouble = counter.trouble();
    String when = counted == null ? "" : ages.ago(counted, desk.now());
    if (trouble != null) {
      age.set(
          counted == null
              ? desk.texts().get("overview.age.never", trouble)
              : desk.texts().get("overview.age.failed", when, trouble));
    } else {
      age.set(
          counter.isFirst()
              ? desk.texts().get("overview.age.counting")
              : desk.texts().get("overview.age", when));
    }
  }

  private void arrange() {
    Arrangement made = Arrangement.of(byId.values(), wish.get(), tagsOfNodes);
    counts.set(made.counts());
    set(tags, made.tags());
    set(groups, made.groups());
    if (!made.shown().equals(shown.get())) {
      shown.set(made.shown());
      Tile chosen = selected.get();
      if (chosen != null && !made.shown().contains(chosen)) {
        selected.set(null);
      }
    }
    summarize();
    redraw();
  }

  private void redraw() {
    version.set(version.get() + 1);
  }

  private static void set(ObservableList<String> list, Set<String> wanted) {
    List<String> now = new ArrayList<>(wanted);
    if (!now.equals(list)) {
      list.setAll(now);
    }
  }

  private void summarize() {
    int all = byId.size();
    int some = shown.get().size();
    count.set(
        some == all
            ? desk.texts().get("tests.count", all)
            : desk.texts().get("tests.countOf", some, all));
    if (some > 0) {
      emptiness.set(Emptiness.NONE);
    } else if (all > 0) {
      emptiness.set(Emptiness.NO_MATCH);
    } else {
      emptiness.set(heard ? Emptiness.NO_TESTS : Emptiness.WAITING);
    }
  }

  /** How many tests look how; none is missing. */
  static Map<VerdictLook, Integer> none() {
    Map<VerdictLook, Integer> none = new EnumMap<>(VerdictLook.class);
    for (VerdictLook look : VerdictLook.values()) {
      none.put(look, 0);
    }
    return none;
  }

  @SuppressWarnings("ReferenceEquality") // what did not change is the same object
  private static boolean isSame(Object one, Object other) {
    return one == other;
  }
}
