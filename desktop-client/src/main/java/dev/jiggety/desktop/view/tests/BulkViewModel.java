package dev.jiggety.desktop.view.tests;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.Rebase;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** Several tests changed at once, with a preview, as one step in the basket. FX thread only. */
public final class BulkViewModel {
  private final Desk desk;
  private final Session session;
  private final StringProperty addTags = new SimpleStringProperty("");
  private final StringProperty removeTags = new SimpleStringProperty("");
  private final StringProperty every = new SimpleStringProperty("");
  private final StringProperty whereTags = new SimpleStringProperty("");
  private final StringProperty whereNodes = new SimpleStringProperty("");
  private final ObjectProperty<Running> running = new SimpleObjectProperty<>(Running.AS_IT_IS);
  private final ReadOnlyObjectWrapper<Preview> preview =
      new ReadOnlyObjectWrapper<>(Preview.NOTHING);
  private List<TestPicture> tests = List.of();

  /** Whether tests run at all. */
  public enum Running {
    AS_IT_IS,
    ON,
    OFF
  }

  /**
   * What it would do.
   *
   * @param entries the changes; without those that change nothing
   * @param lines each change in a line
   * @param problem why it cannot be done; empty when it can
   */
  public record Preview(List<BasketEntry> entries, List<String> lines, String problem) {
    static final Preview NOTHING = new Preview(List.of(), List.of(), "");

    /** Whether there is something to do. */
    public boolean isReady() {
      return problem.isEmpty() && !entries.isEmpty();
    }
  }

  public BulkViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    for (StringProperty text : List.of(addTags, removeTags, every, whereTags, whereNodes)) {
      text.addListener((property, before, now) -> look());
    }
    running.addListener((property, before, now) -> look());
  }

  /** The tests that it is about. */
  public void about(List<TestPicture> chosen) {
    tests = List.copyOf(chosen);
    look();
  }

  public StringProperty addTagsProperty() {
    return addTags;
  }

  public StringProperty removeTagsProperty() {
    return removeTags;
  }

  /** An interval; empty for as it is. */
  public StringProperty everyProperty() {
    return every;
  }

  public StringProperty whereTagsProperty() {
    return whereTags;
  }

  public StringProperty whereNodesProperty() {
    return whereNodes;
  }

  public ObjectProperty<Running> runningProperty() {
    return running;
  }

  /** What it would do. */
  public ReadOnlyObjectProperty<Preview> previewProperty() {
    return preview.getReadOnlyProperty();
  }

  /** Puts all changes into the basket, as one step that can be undone. */
  public void apply() {
    look();
    Preview ready = preview.get();
    if (ready.isReady()) {
      session.basket().putAll(ready.entries());
      desk.dialogs().say(Tone.DONE, desk.texts().get("tests.bulk.done", ready.entries().size()));
      clear();
    }
  }

  /** Begins anew. */
  public void clear() {
    List.of(addTags, removeTags, every, whereTags, whereNodes).forEach(text -> text.set(""));
    running.set(Running.AS_IT_IS);
  }

  private void look() {
    Schedule schedule = null;
    if (!every.get().isBlank()) {
      try {
        schedule = new Schedule.Every(Durations.parse(every.get().strip()));
      } catch (IllegalArgumentException e) {
        preview.set(new Preview(List.of(), List.of(), String.valueOf(e.getMessage())));
        return;
      }
    }
    preview.set(preview(change(schedule)));
  }

  private BulkChange change(@Nullable Schedule schedule) {
    boolean somewhere = !whereTags.get().isBlank() || !whereNodes.get().isBlank();
    return new BulkChange(
        BulkChange.words(addTags.get()),
        BulkChange.words(removeTags.get()),
        schedule,
        somewhere
            ? new Placement(
                new TreeSet<>(BulkChange.words(whereTags.get())),
                new TreeSet<>(BulkChange.words(whereNodes.get())))
            : null,
        running.get() == Running.AS_IT_IS ? null : running.get() == Running.ON);
  }

  private Preview preview(BulkChange change) {
    List<BasketEntry> entries = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (TestPicture picture : tests) {
      Optional<BasketEntry> waiting = session.basket().find(Ids.test(picture.test().id()));
      if (waiting.isPresent() && waiting.get().wanted() == null) {
        continue; // it is about to be removed, and stays so
      }
      TestDefinition test = waiting.flatMap(BasketEntry::wantedTest).orElse(picture.test());
      JsonObject base = waiting.map(BasketEntry::base).orElse(picture.raw());
      TestDefinition changed = change.apply(test);
      if (changed.equals(test)) {
        continue;
      }
      List<Problem> wrong = TestRules.problems(changed);
      if (!wrong.isEmpty()) {
        return new Preview(List.of(), List.of(), test.name() + ": " + wrong.getFirst());
      }
      BasketEntry entry = BasketEntry.put(changed, base, desk.now());
      entries.add(entry);
      lines.add(desk.texts().get("tests.bulk.line", test.name(), words(entry)));
    }
    return new Preview(List.copyOf(entries), List.copyOf(lines), "");
  }

  private static String words(BasketEntry entry) {
    return String.join("; ", Rebase.changes(entry).stream().map(BulkViewModel::words).toList());
  }

  private static String words(FieldDifference it) {
    return it.place()
        + " "
        + (it.base() == null ? "–" : it.base())
        + " → "
        + (it.mine() == null ? "–" : it.mine());
  }
}
