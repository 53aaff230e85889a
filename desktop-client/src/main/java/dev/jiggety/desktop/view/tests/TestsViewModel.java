package dev.jiggety.desktop.view.tests;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.document.Ids;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** What the table of tests shows and does. FX thread only. */
public final class TestsViewModel {
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

  /** Figures that rows are sorted by change all the time; rows change places only so often. */
  private static final int UPDATES_OF_ORDER = LiveFeed.UPDATES_PER_SECOND;

  private final Desk desk;
  private final Session session;
  private final Map<String, TestRow> byId = new LinkedHashMap<>();
  private final TestRows rows = new TestRows();
  private final FilteredList<TestRow> shown = new FilteredList<>(rows);
  private final ObservableList<String> tags = FXCollections.observableArrayList();
  private final StringProperty search = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable VerdictLook> verdict = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable String> tag = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable TestRow> selected = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<Emptiness> emptiness =
      new ReadOnlyObjectWrapper<>(Emptiness.WAITING);
  private final BulkViewModel bulk;
  private final ImportViewModel imports;
  private List<TestRow> chosen = List.of();
  private List<TestPicture> told = List.of();
  private int updates;
  private boolean heard;

  public TestsViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.bulk = new BulkViewModel(desk, session);
    this.imports = new ImportViewModel(desk, session, ImportViewModel.Caller.ofThisMachine());
    search.addListener((property, before, now) -> filter());
    verdict.addListener((property, before, now) -> filter());
    tag.addListener((property, before, now) -> filter());
    filter();
  }

  /** Begins to follow the feed. */
  public Pin activate() {
    return Pin.all(session.feed().subscribe(this::show), session.basket().subscribe(this::mark));
  }

  /** The rows that fit what is looked for. */
  public ObservableList<TestRow> shown() {
    return shown;
  }

  /** All tags in use, in order. */
  public ObservableList<String> tags() {
    return tags;
  }

  /** What is looked for: words that all must occur in name, id, address or tags. */
  public StringProperty searchProperty() {
    return search;
  }

  /** The verdict that is looked for; null for all. */
  public ObjectProperty<@Nullable VerdictLook> verdictProperty() {
    return verdict;
  }

  /** The tag that is looked for; null for all. */
  public ObjectProperty<@Nullable String> tagProperty() {
    return tag;
  }

  /** The row that actions are about; null for none. */
  public ObjectProperty<@Nullable TestRow> selectedProperty() {
    return selected;
  }

  /** The rows that are selected, the one of {@link #selectedProperty} among them. */
  public void select(List<TestRow> rows) {
    chosen = List.copyOf(rows);
    bulk.about(rows.stream().map(TestRow::picture).toList());
  }

  /** Several tests changed at once. */
  public BulkViewModel bulk() {
    return bulk;
  }

  /** Tests out of what other programs wrote. */
  public ImportViewModel imports() {
    return imports;
  }

  /** How many rows are shown, of how many. */
  public ReadOnlyStringProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /** Why there is nothing to see. */
  public ReadOnlyObjectProperty<Emptiness> emptinessProperty() {
    return emptiness.getReadOnlyProperty();
  }

  /** Shows all tests again. */
  public void clearFilters() {
    search.set("");
    verdict.set(null);
    tag.set(null);
  }

  public void create() {
    desk.navigator().edit(new EditRequest.Create());
  }

  public void openResults() {
    TestRow row = selected.get();
    if (row != null) {
      desk.navigator().results(row.id());
    }
  }

  public void edit() {
    TestRow row = selected.get();
    if (row != null) {
      desk.navigator().edit(EditRequest.of(row.picture().stored(), session.basket()));
    }
  }

  public void duplicate() {
    TestRow row = selected.get();
    if (row != null) {
      desk.navigator().edit(new EditRequest.Duplicate(row.picture().test()));
    }
  }

  /** What actions are about: all selected rows, or the one. */
  private List<TestRow> acting() {
    TestRow row = selected.get();
    return row == null ? List.of() : chosen.contains(row) ? chosen : List.of(row);
  }

  /** Puts into the basket that the selected tests are switched on or off, all like the first. */
  public void toggle() {
    TestRow first = selected.get();
    if (first == null) {
      return;
    }
    boolean active = !wanted(first).active();
    session
        .basket()
        .putAll(
            acting().stream()
                .map(row ->
                    BasketEntry.put(
                        wanted(row).toBuilder().active(active).build(),
                        session
                            .basket()
                            .find(Ids.test(row.id()))
                            .map(BasketEntry::base)
                            .orElse(row.picture().raw()),
                        desk.now()))
                .toList());
  }

  /** The test as it shall be: as it lies in the basket, where it does. */
  private TestDefinition wanted(TestRow row) {
    return session
        .basket()
        .find(Ids.test(row.id()))
        .flatMap(BasketEntry::wantedTest)
        .orElse(row.picture().test());
  }

  /** Puts into the basket that the selected tests are deleted. */
  public void delete() {
    session
        .basket()
        .putAll(
            acting().stream()
                .map(row -> BasketEntry.delete(row.picture().raw(), desk.now()))
                .toList());
  }

  /** Asks the hub for all tests now, and says what it answers, unreadable documents included. */
  public void refresh() {
    desk.tasks()
        .create(() -> session.connection().tests().all())
        .onSuccess(all -> {
          if (all.unreadable().isEmpty()) {
            say(Tone.DONE, "tests.asked", all.tests().size());
          } else {
            say(
                Tone.WARNING,
                "tests.unreadable",
                all.unreadable().size(),
                all.unreadable().getFirst());
          }
        })
        .onError(HubException.class, e -> say(Tone.ERROR, "hub.failed", e.getMessage()))
        .start();
  }

  private void say(Tone tone, String key, @Nullable Object... places) {
    desk.dialogs().say(tone, desk.texts().get(key, places));
  }

  private void show(LiveFeed.Update update) {
    HubPicture picture = update.picture();
    heard = heard || picture.link() instanceof Link.Connected || !picture.tests().isEmpty();
    if (!isSame(picture.tests(), told)) {
      told = picture.tests();
      take(told);
    }
    summarize();
  }

  private void take(List<TestPicture> tests) {
    boolean moved = false;
    boolean renamed = false;
    List<TestRow> added = new ArrayList<>();
    for (TestPicture test : tests) {
      String id = test.test().id();
      TestRow row = byId.get(id);
      if (row == null) {
        TestRow fresh = new TestRow(test);
        fresh.show(session.basket().find(Ids.test(id)).orElse(null));
        byId.put(id, fresh);
        added.add(fresh);
      } else if (!isSame(test, row.picture())) {
        VerdictLook before = row.look();
        renamed |= row.show(test);
        moved |= row.look() != before;
      }
    }
    rows.addAll(added);
    boolean gone = byId.size() > tests.size();
    if (gone) {
      Set<String> present = new HashSet<>();
      tests.forEach(test -> present.add(test.test().id()));
      byId.keySet().retainAll(present);
      rows.removeIf(row -> !present.contains(row.id()));
    }
    if (renamed || gone || !added.isEmpty()) {
      offerTags();
    }
    if (moved || renamed || ++updates % UPDATES_OF_ORDER == 0) {
      rows.touched();
    }
  }

  private void offerTags() {
    Set<String> used = new HashSet<>();
    byId.values().forEach(row -> used.addAll(row.picture().test().tags()));
    List<String> sorted = used.stream().sorted().toList();
    if (!sorted.equals(tags)) {
      tags.setAll(sorted);
    }
  }

  @SuppressWarnings("ReferenceEquality") // what did not change is the same object
  private static boolean isSame(Object one, Object other) {
    return one == other;
  }

  /** Marks the tests of which a change lies in the basket. */
  private void mark(BasketState basket) {
    byId.forEach((id, row) -> row.show(basket.find(Ids.test(id)).orElse(null)));
  }

  private void filter() {
    String[] words = search.get().strip().toLowerCase(Locale.ROOT).split("\\s+");
    VerdictLook wanted = verdict.get();
    String label = tag.get();
    shown.setPredicate(row ->
        row.matches(words)
            && (wanted == null || row.look() == wanted)
            && (label == null || row.picture().test().tags().contains(label)));
    summarize();
  }

  private void summarize() {
    boolean all = shown.size() == rows.size();
    count.set(
        all
            ? desk.texts().get("tests.count", rows.size())
            : desk.texts().get("tests.countOf", shown.size(), rows.size()));
    if (!shown.isEmpty()) {
      emptiness.set(Emptiness.NONE);
    } else if (!rows.isEmpty()) {
      emptiness.set(Emptiness.NO_MATCH);
    } else {
      emptiness.set(heard ? Emptiness.NO_TESTS : Emptiness.WAITING);
    }
  }
}
