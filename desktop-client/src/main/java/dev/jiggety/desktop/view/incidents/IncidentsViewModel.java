package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.IncidentPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the list of incidents shows: what lasts first, then the newest. FX thread only. */
public final class IncidentsViewModel {
  private final Desk desk;
  private final Session session;
  private final IncidentViewModel incident;
  private final StringProperty filter = new SimpleStringProperty("");
  private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.WEEK);
  private final ObjectProperty<About> about = new SimpleObjectProperty<>(About.ALL);
  private final BooleanProperty openOnly = new SimpleBooleanProperty();
  private final BooleanProperty unattended = new SimpleBooleanProperty();
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final Map<String, Row> byId = new HashMap<>();
  private final ObjectProperty<@Nullable String> selected = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private List<Incident> older = List.of();
  private Range read = Range.WEEK;

  /** How far back the list reaches. */
  public enum Range {
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7)),
    MONTH(Duration.ofDays(31)),
    YEAR(Duration.ofDays(396));

    private final Duration length;

    Range(Duration length) {
      this.length = length;
    }

    /** Its length. */
    public Duration length() {
      return length;
    }
  }

  /** What incidents are about. */
  public enum About {
    ALL,
    TESTS,
    NODES,
    CERTIFICATES;

    boolean includes(Kind kind) {
      return switch (this) {
        case ALL -> true;
        case TESTS -> kind != Kind.NODE && kind != Kind.CERTIFICATE;
        case NODES -> kind == Kind.NODE;
        case CERTIFICATES -> kind == Kind.CERTIFICATE;
      };
    }
  }

  /**
   * An incident as a row shows it.
   *
   * @param name what people call its subject
   * @param by who looks after it; null for nobody
   * @param muted whether nobody is to be told any more
   * @param waiting how many things that were said of it are not on the hub yet
   * @param now the moment at which ages are reckoned
   */
  public record State(
      Incident incident,
      String name,
      @Nullable String by,
      boolean muted,
      int waiting,
      Instant now) {
    /** Whether it lasts and nobody looks after it. */
    public boolean isUnattended() {
      return incident.isOpen() && by == null && !muted;
    }
  }

  /** A row of the list; stays the same object while its incident changes. */
  public static final class Row {
    private final ReadOnlyObjectWrapper<State> state;

    Row(State first) {
      state = new ReadOnlyObjectWrapper<>(first);
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
      return state.getReadOnlyProperty();
    }

    public State state() {
      return state.get();
    }
  }

  public IncidentsViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.incident = new IncidentViewModel(desk, session);
    filter.subscribe(text -> refresh());
    about.subscribe(what -> refresh());
    openOnly.subscribe(only -> refresh());
    unattended.subscribe(only -> refresh());
    range.subscribe(this::reach);
    selected.subscribe(this::look);
  }

  /** Begins to follow, and lets ages tick. */
  public Pin activate() {
    return Pin.all(
        session.incidents().subscribe(picture -> refresh()),
        session.incidentDesk().subscribe(waiting -> refresh()),
        session.feed().subscribe(update -> name(update.picture())),
        desk.everySecond(this::refresh),
        incident.activate());
  }

  /** The one that is looked at. */
  public IncidentViewModel incident() {
    return incident;
  }

  public ObservableList<Row> rows() {
    return rows;
  }

  /** The id of what is looked at; null for nothing. */
  public ObjectProperty<@Nullable String> selectedProperty() {
    return selected;
  }

  /** What has to stand in the subject or the text. */
  public StringProperty filterProperty() {
    return filter;
  }

  public ObjectProperty<Range> rangeProperty() {
    return range;
  }

  public ObjectProperty<About> aboutProperty() {
    return about;
  }

  public BooleanProperty openOnlyProperty() {
    return openOnly;
  }

  /** Whether only what nobody looks after is shown. */
  public BooleanProperty unattendedProperty() {
    return unattended;
  }

  /** How many last, and how many of them nobody looks after. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** Why older ones could not be read, in one line; empty when they could. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** Whether older ones are being read. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** The beginning of the time that is shown. */
  public Instant from() {
    return desk.now().minus(range.get().length());
  }

  /** Looks at an incident, also at one that is older than the list reaches. */
  public void choose(String id) {
    selected.set(id);
  }

  /** Takes all filters away. */
  public void showAll() {
    filter.set("");
    about.set(About.ALL);
    openOnly.set(false);
    unattended.set(false);
  }

  /** Reads older ones anew. */
  public void reload() {
    reach(range.get());
    incident.reload();
  }

  private void look(@Nullable String id) {
    incident.show(id);
    Row row = id == null ? null : byId.get(id);
    if (row != null) {
      incident.known(row.state().incident());
    }
  }

  private void reach(Range wanted) {
    refresh();
    if (wanted.length().compareTo(Range.WEEK.length()) <= 0) {
      busy.set(false);
      problem.set("");
      return;
    }
    busy.set(true);
    problem.set("");
    Instant to = desk.now();
    desk.tasks()
        .create(() ->
            session.connection().incidents().between(to.minus(wanted.length()), to).stream()
                .map(Stored::value)
                .toList())
        .onSuccess(found -> {
          if (wanted == range.get()) {
            older = found;
            read = wanted;
            refresh();
          }
        })
        .onError(
            HubException.class,
            e -> {
              if (wanted == range.get()) {
                problem.set(desk.texts().get("incidents.notRead", String.valueOf(e.getMessage())));
              }
            })
        .onFinally(() -> {
          if (wanted == range.get()) {
            busy.set(false);
          }
        })
        .start();
  }

  private void name(HubPicture picture) {
    boolean renamed =
        byId.values().stream()
            .map(Row::state)
            .anyMatch(state -> !state.name().equals(name(state.incident(), picture)));
    if (renamed) {
      refresh();
    }
  }

  private void refresh() {
    IncidentPicture picture = session.incidents().picture();
    Instant now = desk.now();
    Map<String, Incident> all = new LinkedHashMap<>();
    picture.all().forEach(it -> all.put(it.id(), it));
    if (read.length().compareTo(Range.WEEK.length()) > 0) {
      older.stream()
          .sorted(Comparator.comparing(Incident::began).reversed())
          .forEach(it -> all.putIfAbsent(it.id(), it));
    }
    List<Row> wanted = new ArrayList<>();
    Map<String, Row> kept = new HashMap<>();
    int open = 0;
    int alone = 0;
    for (Incident one : all.values()) {
      State state = state(one, picture, now);
      open += one.isOpen() ? 1 : 0;
      alone += state.isUnattended() ? 1 : 0;
      Row row = byId.computeIfAbsent(one.id(), id -> new Row(state));
      row.state.set(state);
      kept.put(one.id(), row);
      if (isWanted(state, now)) {
        wanted.add(row);
      }
      if (one.id().equals(selected.get())) {
        incident.known(one);
      }
    }
    byId.keySet().retainAll(kept.keySet());
    if (!rows.equals(wanted)) {
      rows.setAll(wanted);
    }
    boolean waiting = all.isEmpty() && !(picture.link() instanceof Link.Connected);
    summary.set(
        waiting
            ? desk.texts().get("incidents.waiting")
            : desk.texts().get("incidents.count", open, alone, rows.size()));
  }

  private State state(Incident one, IncidentPicture picture, Instant now) {
    var waiting = session.incidentDesk().waitingOn(one.id());
    Attention attention = Attention.of(one, picture.actsOn(one.id()), waiting);
    return new State(
        one,
        name(one, session.feed().picture()),
        attention.by(),
        attention.muted(),
        waiting.size(),
        now);
  }

  private boolean isWanted(State state, Instant now) {
    Incident one = state.incident();
    Instant ended = one.ended();
    boolean inRange = ended == null || !ended.isBefore(now.minus(range.get().length()));
    String words = filter.get().strip().toLowerCase(Locale.ROOT);
    return inRange
        && (!openOnly.get() || one.isOpen())
        && (!unattended.get() || state.isUnattended())
        && about.get().includes(one.kind())
        && (words.isEmpty()
            || (one.subject() + " " + state.name() + " " + one.text() + " " + one.id())
                .toLowerCase(Locale.ROOT)
                .contains(words));
  }

  /** What people call the subject of an incident. */
  static String name(Incident one, HubPicture picture) {
    TestPicture test = one.kind() == Kind.NODE ? null : picture.find(one.subject());
    return test == null ? one.subject() : test.test().name();
  }
}
