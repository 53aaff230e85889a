package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Head;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** What the table of nodes, managers and the hub shows. FX thread only. */
public final class NodesViewModel {
  /** How often managers and hub are asked for; nodes speak by the feed. */
  static final Duration OFTEN = Duration.ofSeconds(10);

  private final Desk desk;
  private final Session session;
  private final Ages ages;
  private final ObservableList<PartRow> rows =
      FXCollections.observableArrayList(row -> new Observable[] {row.stateProperty()});
  private final FilteredList<PartRow> shown = new FilteredList<>(rows);
  private final Map<String, PartRow> byKey = new HashMap<>();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper("");
  private final StringProperty search = new SimpleStringProperty("");
  private final BooleanProperty onlyTroubled = new SimpleBooleanProperty();
  private List<NodePicture> nodes = List.of();
  private Others others = new Others(List.of(), List.of());
  private @Nullable Instant askedAt;
  private @Nullable Instant answeredAt;
  private @Nullable String trouble;
  private boolean asking;

  private record Others(List<ManagerReport> managers, List<HubReport> hubs) {}

  /** A row of the table; stays the same object while its part changes. */
  static final class PartRow {
    private final ReadOnlyObjectWrapper<Part> state;

    PartRow(Part first) {
      state = new ReadOnlyObjectWrapper<>(first);
    }

    ReadOnlyObjectProperty<Part> stateProperty() {
      return state.getReadOnlyProperty();
    }

    Part part() {
      return state.get();
    }
  }

  public NodesViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.ages = new Ages(desk.texts(), desk.zone());
    search.addListener((property, before, now) -> filter());
    onlyTroubled.addListener((property, before, now) -> filter());
  }

  /** Begins to follow the feed and lets ages tick. */
  public Pin activate() {
    ask();
    return Pin.all(
        session
            .feed()
            .subscribe(update -> {
              if (!update.picture().nodes().equals(nodes) || rows.isEmpty()) {
                show(update.picture().nodes());
              }
            }),
        desk.everySecond(this::tick));
  }

  /** The parts that fit what is looked for. */
  ObservableList<PartRow> rows() {
    return shown;
  }

  /** How many nodes there are, how many are silent, how many parts are in trouble. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** How old the word of managers and hub is, or why there is none. */
  public ReadOnlyStringProperty ageProperty() {
    return age.getReadOnlyProperty();
  }

  /** Words that all must occur in name, tags or version. */
  public StringProperty searchProperty() {
    return search;
  }

  /** Whether only those are shown about which there is something to do. */
  public BooleanProperty onlyTroubledProperty() {
    return onlyTroubled;
  }

  /** Asks managers and hub now. */
  public void refresh() {
    ask();
  }

  private void tick() {
    Instant asked = askedAt;
    if (asked == null || Duration.between(asked, desk.now()).compareTo(OFTEN) >= 0) {
      ask();
    }
    show(nodes);
  }

  private void ask() {
    if (asking) {
      return;
    }
    asking = true;
    askedAt = desk.now();
    var health = session.connection().health();
    desk.tasks()
        .create(() -> new Others(health.managers(), health.hubs()))
        .onSuccess(said -> {
          others = said;
          answeredAt = desk.now();
          trouble = null;
          show(nodes);
        })
        .onError(HubException.class, e -> trouble = String.valueOf(e.getMessage()))
        .onFinally(() -> asking = false)
        .start();
  }

  private void show(List<NodePicture> pictures) {
    nodes = pictures;
    Instant now = desk.now();
    List<Part> parts = new ArrayList<>();
    others.hubs().forEach(hub -> parts.add(Part.of(hub, now)));
    others.managers().forEach(manager -> parts.add(Part.of(manager, now)));
    pictures.forEach(picture -> parts.add(Part.of(picture.status(), now)));
    Head head = session.rollouts().picture().head();
    List<Part> looked = Troubles.look(parts, head == null ? 0 : head.active().release());
    Set<String> present = new HashSet<>();
    for (Part part : looked) {
      present.add(part.key());
      PartRow row = byKey.get(part.key());
      if (row == null) {
        PartRow added = new PartRow(part);
        byKey.put(part.key(), added);
        rows.add(added);
      } else {
        row.state.set(part);
      }
    }
    if (byKey.keySet().retainAll(present)) {
      rows.removeIf(row -> !present.contains(row.part().key()));
    }
    summarize(looked, now);
  }

  private void summarize(List<Part> parts, Instant now) {
    long silent = parts.stream().filter(it -> it.node() != null && it.isSilent()).count();
    long troubled = parts.stream().filter(it -> !it.troubles().isEmpty()).count();
    String count =
        silent == 0
            ? desk.texts().get("nodes.count", nodes.size())
            : desk.texts().get("nodes.countStale", nodes.size(), silent);
    summary.set(troubled == 0 ? count : desk.texts().get("nodes.troubled", count, troubled));
    Instant answered = answeredAt;
    String when = answered == null ? "" : ages.ago(answered, now);
    age.set(
        trouble != null
            ? desk.texts().get("nodes.age.failed", trouble)
            : answered == null
                ? desk.texts().get("nodes.age.asking")
                : desk.texts().get("nodes.age", when));
  }

  private void filter() {
    String[] words = search.get().strip().toLowerCase(Locale.ROOT).split("\\s+");
    boolean troubled = onlyTroubled.get();
    shown.setPredicate(
        row -> row.part().matches(words) && (!troubled || !row.part().troubles().isEmpty()));
  }
}
