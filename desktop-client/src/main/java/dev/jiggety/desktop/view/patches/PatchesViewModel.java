package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.model.Rollout;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the list of patches shows: the basket, then rollouts, newest first. FX thread only. */
public final class PatchesViewModel {
  private final Desk desk;
  private final Session session;
  private final BasketViewModel basket;
  private final RolloutViewModel rollout;
  private final AuditViewModel audit;
  private final Row basketRow = new Row(null);
  private final ObservableList<Row> rows = FXCollections.observableArrayList(basketRow);
  private final Map<String, Row> byId = new HashMap<>();
  private final ObjectProperty<@Nullable Row> selected = new SimpleObjectProperty<>(basketRow);
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper basketText = new ReadOnlyStringWrapper("");
  private final StringProperty filter = new SimpleStringProperty("");
  private @Nullable String wanted;

  /** A row of the list; stays the same object while its rollout changes. */
  public static final class Row {
    private final ReadOnlyObjectWrapper<@Nullable Rollout> rollout = new ReadOnlyObjectWrapper<>();

    Row(@Nullable Rollout first) {
      rollout.set(first);
    }

    /** Its rollout; null for the basket. */
    public ReadOnlyObjectProperty<@Nullable Rollout> rolloutProperty() {
      return rollout.getReadOnlyProperty();
    }

    /** Whether it stands for the basket. */
    public boolean isBasket() {
      return rollout.get() == null;
    }
  }

  public PatchesViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.basket = new BasketViewModel(desk, session, this::choose);
    this.rollout = new RolloutViewModel(desk, session, this::choose);
    this.audit = new AuditViewModel(desk, session);
    filter.subscribe(text -> show(session.rollouts().picture()));
    selected.addListener((property, before, now) -> {
      if (now != null) {
        rollout.show(now.rolloutProperty().get());
      }
    });
  }

  /** Begins to follow basket, patches and tests. */
  public Pin activate() {
    return Pin.all(
        session.basket().subscribe(this::show),
        session.rollouts().subscribe(this::show),
        basket.activate(),
        rollout.activate());
  }

  /** The basket. */
  public BasketViewModel basket() {
    return basket;
  }

  /** The rollout that is looked at. */
  public RolloutViewModel rollout() {
    return rollout;
  }

  /** The log of all that was decided. */
  public AuditViewModel audit() {
    return audit;
  }

  /** The basket, then rollouts. */
  public ObservableList<Row> rows() {
    return rows;
  }

  /** What has to stand in an author, a document, a state, a strategy or an id. */
  public StringProperty filterProperty() {
    return filter;
  }

  /** What is looked at. */
  public ObjectProperty<@Nullable Row> selectedProperty() {
    return selected;
  }

  /** How many rollouts there are, and how many are under way. */
  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /** What lies in the basket, in words. */
  public ReadOnlyStringProperty basketTextProperty() {
    return basketText.getReadOnlyProperty();
  }

  /** Looks at the basket. */
  public void chooseBasket() {
    wanted = null;
    selected.set(basketRow);
  }

  /** Looks at the rollout of a patch, as soon as there is one. */
  public void choose(String patchId) {
    wanted = patchId;
    resolve(session.rollouts().picture());
  }

  private void resolve(PatchPicture picture) {
    if (wanted != null) {
      picture
          .of(wanted)
          .map(it -> byId.get(it.id()))
          .ifPresent(row -> {
            wanted = null;
            selected.set(row);
          });
    }
  }

  private void show(BasketState state) {
    int changes = state.entries().size();
    int back = state.returned().size();
    basketText.set(
        back == 0
            ? desk.texts().get("basket.count", changes)
            : desk.texts().get("basket.countBack", changes, back));
  }

  private void show(PatchPicture picture) {
    List<Rollout> fitting = picture.rollouts().stream().filter(this::fits).toList();
    List<Row> wantedRows =
        fitting.stream().map(it -> byId.computeIfAbsent(it.id(), id -> new Row(it))).toList();
    for (int i = 0; i < wantedRows.size(); i++) {
      wantedRows.get(i).rollout.set(fitting.get(i));
    }
    if (!rows.subList(1, rows.size()).equals(wantedRows)) {
      align(wantedRows);
    }
    Row looked = selected.get();
    if (looked != null && !looked.isBasket()) {
      rollout.show(looked.rolloutProperty().get());
    }
    boolean waiting = picture.rollouts().isEmpty() && !(picture.link() instanceof Link.Connected);
    summary.set(
        waiting
            ? desk.texts().get("patches.waiting")
            : desk.texts().get("patches.count", picture.rollouts().size(), picture.open()));
    resolve(picture);
  }

  /** What is looked at stays in the list whatever is looked for. */
  private boolean fits(Rollout rollout) {
    String words = filter.get().strip().toLowerCase(Locale.ROOT);
    Row looked = selected.get();
    Rollout shown = looked == null ? null : looked.rolloutProperty().get();
    if (words.isEmpty()
        || (shown != null && shown.id().equals(rollout.id()))
        || (wanted != null && rollout.patchIds().contains(wanted))) {
      return true;
    }
    StringBuilder text = new StringBuilder(rollout.id()).append(' ');
    text.append(rollout.strategy().name()).append(' ').append(rollout.state().name());
    text.append(' ').append(desk.texts().get("rollout.state." + rollout.state().name()));
    rollout
        .riders()
        .forEach(rider -> {
          text.append(' ').append(rider.author()).append(' ').append(rider.patchId());
          rider.targets().forEach(target -> text.append(' ').append(target));
        });
    return text.toString().toLowerCase(Locale.ROOT).contains(words);
  }

  /** Puts in what is new and takes out what is gone, so that the selection stays where it is. */
  private void align(List<Row> wantedRows) {
    rows.removeIf(row -> !row.isBasket() && !wantedRows.contains(row));
    for (int i = 0; i < wantedRows.size(); i++) {
      Row row = wantedRows.get(i);
      int at = i + 1;
      if (at < rows.size() && rows.get(at).equals(row)) {
        continue;
      }
      int now = rows.indexOf(row);
      if (now >= 0) {
        rows.remove(now);
      }
      rows.add(Math.min(at, rows.size()), row);
    }
    byId.values().retainAll(wantedRows);
  }
}
