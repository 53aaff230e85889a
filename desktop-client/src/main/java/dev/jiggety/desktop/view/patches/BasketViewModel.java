package dev.jiggety.desktop.view.patches;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.BasketEntry.Standing;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.basket.Parcel;
import dev.jiggety.desktop.basket.Rebase;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.InForce;
import dev.jiggety.desktop.session.PatchDesk.Refusal;
import dev.jiggety.desktop.session.PatchDesk.Survey;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Refusals;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.document.Ids;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
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

/** What the basket shows and does. FX thread only. */
public final class BasketViewModel {
  private static final Set<String> FORMS = Set.of("window", "policy", "channel", "settings");

  private final Desk desk;
  private final Session session;
  private final Consumer<String> submitted;
  private final ObservableList<EntryRow> rows = FXCollections.observableArrayList();
  private final ObservableList<Parcel> returned = FXCollections.observableArrayList();
  private final ObservableList<Strategy> strategies =
      FXCollections.observableArrayList(Strategy.PRESETS);
  private final ObjectProperty<@Nullable String> selected = new SimpleObjectProperty<>();
  private final ObjectProperty<Strategy> strategy = new SimpleObjectProperty<>(Strategy.SWIFT);
  private final StringProperty comment = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper touches = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper obstacle = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Map<String, List<Others>>> others =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final Map<String, Map<String, Boolean>> choices = new HashMap<>();
  private List<BasketEntry> looked = List.of();
  private Set<String> revisions = Set.of();
  private List<NodeStatus> nodes = List.of();
  private InForce.Documents inForce = InForce.Documents.UNKNOWN;

  BasketViewModel(Desk desk, Session session, Consumer<String> submitted) {
    this.desk = desk;
    this.session = session;
    this.submitted = submitted;
  }

  Pin activate() {
    session.patches().survey(this::show, refusal -> {});
    return Pin.all(
        InForce.follow(session, desk.tasks(), this::show),
        session.basket().subscribe(this::show),
        session.rollouts().subscribe(this::show),
        session.feed().subscribe(update -> show(update.picture())));
  }

  /** The changes. */
  public ObservableList<EntryRow> rows() {
    return rows;
  }

  /** Patches that came back, and why. */
  public ObservableList<Parcel> returned() {
    return returned;
  }

  /** What can be chosen: presets and the installation's own. */
  public ObservableList<Strategy> strategies() {
    return strategies;
  }

  /** How it shall be rolled out. */
  public ObjectProperty<Strategy> strategyProperty() {
    return strategy;
  }

  /** Why; for who reads the list of patches later. */
  public StringProperty commentProperty() {
    return comment;
  }

  /** The document whose change is looked at. */
  public ObjectProperty<@Nullable String> selectedProperty() {
    return selected;
  }

  /** What it touches as a whole, in one line; empty for an empty basket. */
  public ReadOnlyStringProperty touchesProperty() {
    return touches.getReadOnlyProperty();
  }

  /** Why submitting failed, in one line; empty when it did not. */
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /** What has to be mended before it can be submitted, in one line; empty for nothing. */
  public ReadOnlyStringProperty obstacleProperty() {
    return obstacle.getReadOnlyProperty();
  }

  /** Whether it is being handed in. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  public void undo() {
    session.basket().undo();
  }

  public void clear() {
    session.basket().clear();
  }

  public void remove(EntryRow row) {
    session.basket().remove(row.entry().target());
  }

  /** Goes on with the edit of a test, a window, a policy, a channel or the settings. */
  public void edit(EntryRow row) {
    if (row.entry().wantedTest().isPresent()) {
      desk.navigator().edit(new EditRequest.Continue(row.entry()));
    } else if (canEdit(row)) {
      desk.navigator().alerting(row.entry().target());
    }
  }

  /** Whether there is a form for it. */
  public static boolean canEdit(EntryRow row) {
    String target = row.entry().target();
    return row.entry().wantedTest().isPresent()
        || (row.entry().wanted() != null
            && FORMS.stream()
                .anyMatch(kind -> target.equals(kind) || target.startsWith(kind + ":")));
  }

  /** Who else is changing one of the documents, by document. */
  public ReadOnlyObjectProperty<Map<String, List<Others>>> othersProperty() {
    return others.getReadOnlyProperty();
  }

  public void putBack(Parcel parcel) {
    session.basket().putBack(parcel.patchId());
  }

  public void dismiss(Parcel parcel) {
    session.basket().done(parcel.patchId());
  }

  /**
   * Whose value a field takes, where somebody changed the test meanwhile; null as long as nobody
   * has chosen.
   */
  public @Nullable Boolean isMine(EntryRow row, FieldDifference field) {
    Boolean chosen = choices.getOrDefault(row.entry().target(), Map.of()).get(field.place());
    if (chosen != null) {
      return chosen;
    }
    return switch (field.who()) {
      case MINE, SAME -> Boolean.TRUE;
      case THEIRS -> Boolean.FALSE;
      case CONFLICT -> null;
    };
  }

  /** Chooses whose value a field takes. */
  public void choose(EntryRow row, FieldDifference field, boolean mine) {
    choices
        .computeIfAbsent(row.entry().target(), target -> new HashMap<>())
        .put(field.place(), mine);
  }

  /** Whether all is chosen that has to be. */
  public boolean canRebase(EntryRow row) {
    return row.standing() == Standing.GONE
        || row.entry().kind() == BasketEntry.Kind.DELETE
        || row.differences().stream().noneMatch(field -> isMine(row, field) == null);
  }

  /** Puts a change on top of what is in force, as chosen. */
  public void rebase(EntryRow row) {
    if (!row.isConflict() || !canRebase(row)) {
      return;
    }
    Set<String> mine = new HashSet<>();
    row.differences().stream()
        .filter(field -> Boolean.TRUE.equals(isMine(row, field)))
        .map(FieldDifference::place)
        .forEach(mine::add);
    choices.remove(row.entry().target());
    Rebase.onto(row.entry(), row.theirs(), mine, desk.now())
        .ifPresentOrElse(
            session.basket()::put, () -> session.basket().remove(row.entry().target()));
  }

  /** Submits everything as one patch. */
  public void submit() {
    if (busy.get() || rows.isEmpty() || !obstacle.get().isEmpty()) {
      return;
    }
    busy.set(true);
    failure.set("");
    String said = comment.get().strip();
    List<BasketEntry> entries = session.basket().state().entries();
    session
        .patches()
        .submit(
            entries,
            said.isEmpty() ? desk.texts().get("comment.changes", entries.size()) : said,
            new StrategyChoice.Named(strategy.get().name()),
            patch -> {
              busy.set(false);
              comment.set("");
              submitted.accept(patch.id());
            },
            this::refused);
  }

  private void refused(Refusal refusal) {
    busy.set(false);
    failure.set(desk.texts().get("basket.notSubmitted", Refusals.words(refusal, desk.texts())));
  }

  private void show(Survey survey) {
    String chosen = strategy.get().name();
    strategies.setAll(survey.strategies());
    strategy.set(
        survey.strategies().stream()
            .filter(it -> it.name().equals(chosen))
            .findFirst()
            .orElse(Strategy.SWIFT));
  }

  private void show(BasketState state) {
    returned.setAll(state.returned());
    canUndo.set(session.basket().canUndo());
    show(session.rollouts().picture());
    if (state.find(String.valueOf(selected.get())).isEmpty()) {
      selected.set(state.entries().isEmpty() ? null : state.entries().getFirst().target());
    }
    look(session.feed().picture(), true);
  }

  private void show(HubPicture picture) {
    look(picture, false);
  }

  private void show(InForce.Documents documents) {
    inForce = documents;
    look(session.feed().picture(), true);
  }

  private void show(PatchPicture picture) {
    Map<String, List<Others>> now = new HashMap<>();
    List<String> mine = session.basket().state().parcels().stream().map(Parcel::patchId).toList();
    for (BasketEntry entry : session.basket().state().entries()) {
      List<Others> others = Others.on(entry.target(), picture, mine);
      if (!others.isEmpty()) {
        now.put(entry.target(), others);
      }
    }
    if (!now.equals(others.get())) {
      others.set(Map.copyOf(now));
    }
  }

  /** Judges anew when an entry, or what it is about, has changed. */
  private void look(HubPicture picture, boolean anyway) {
    List<BasketEntry> entries = session.basket().state().entries();
    Set<String> now = new TreeSet<>();
    for (BasketEntry entry : entries) {
      TestPicture test = find(picture, entry);
      now.add(entry.target() + "@" + (test == null ? "" : test.rev()));
    }
    boolean heard = picture.link() instanceof Link.Connected;
    now.add(heard ? "heard" : "away");
    List<NodeStatus> known = picture.nodes().stream().map(NodePicture::status).toList();
    boolean sameNodes = places(known).equals(places(nodes));
    if (!anyway && entries.equals(looked) && now.equals(revisions) && sameNodes) {
      return;
    }
    looked = entries;
    revisions = now;
    nodes = known;
    List<EntryRow> judged =
        entries.stream().map(entry -> row(picture, entry, heard, known)).toList();
    List<EntryRow> arrived =
        judged.stream().filter(row -> row.standing() == Standing.IN_FORCE).toList();
    if (!arrived.isEmpty()) {
      // Somebody brought it about, whoever it was: there is nothing left to do.
      arrived.forEach(row -> session.basket().remove(row.entry().target()));
      return;
    }
    if (!judged.equals(rows)) {
      rows.setAll(judged);
    }
    summarize();
  }

  private EntryRow row(
      HubPicture picture, BasketEntry entry, boolean heard, List<NodeStatus> known) {
    boolean isTest = entry.target().startsWith(Ids.test(""));
    TestPicture test = find(picture, entry);
    JsonObject theirs = test == null ? null : test.raw();
    if (!isTest) {
      theirs = inForce.known() ? inForce.find(entry.target()) : entry.base();
    }
    return EntryRow.of(entry, theirs, heard && (isTest || inForce.known()), known);
  }

  private static @Nullable TestPicture find(HubPicture picture, BasketEntry entry) {
    String prefix = Ids.test("");
    return entry.target().startsWith(prefix)
        ? picture.find(entry.target().substring(prefix.length()))
        : null;
  }

  private static Map<String, Set<String>> places(List<NodeStatus> nodes) {
    Map<String, Set<String>> places = new HashMap<>();
    nodes.forEach(node -> places.put(node.name(), node.tags()));
    return places;
  }

  private void summarize() {
    touches.set(rows.isEmpty() ? "" : touched());
    long conflicts = rows.stream().filter(EntryRow::isConflict).count();
    EntryRow wrong =
        rows.stream().filter(row -> !row.problems().isEmpty()).findFirst().orElse(null);
    obstacle.set(
        conflicts > 0
            ? desk.texts().get("basket.conflicts", conflicts)
            : wrong != null
                ? desk.texts()
                    .get(
                        "basket.wrong",
                        wrong.entry().name(),
                        wrong.problems().getFirst().toString())
                : "");
  }

  private String touched() {
    Touches all =
        Touches.of(
            session.basket().state().entries(),
            session.feed().picture().tests().stream().map(TestPicture::test).toList(),
            nodes,
            inForce.documents(),
            session.incidents().picture().open());
    StringBuilder words =
        new StringBuilder(
            desk.texts().get("basket.touches", rows.size(), all.nodes().size(), nodes.size()));
    if (!all.alerts().isEmpty() || !all.policies().isEmpty()) {
      words.append(
          desk.texts().get("basket.touches.alerts", all.alerts().size(), all.policies().size()));
    }
    if (!all.silenced().isEmpty()) {
      words.append(desk.texts().get("basket.touches.silenced", String.join(", ", all.silenced())));
    }
    return words.toString();
  }
}
