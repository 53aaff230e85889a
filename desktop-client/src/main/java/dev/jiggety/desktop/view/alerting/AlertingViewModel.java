package dev.jiggety.desktop.view.alerting;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.InForce;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.Contents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Windows, policies, channels and settings, and the one that is edited. FX thread only. */
public final class AlertingViewModel {
  private final Desk desk;
  private final Session session;
  private final Outlook outlook;
  private final ChannelTest channelTest;
  private final ObservableList<Item> items = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable Form> form = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<List<Problem>> problems =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<List<String>> ahead = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyIntegerWrapper shape = new ReadOnlyIntegerWrapper();
  private final Map<String, JsonObject> setAside = new HashMap<>();
  private InForce.Documents inForce = InForce.Documents.UNKNOWN;
  private @Nullable String wanted;

  /** How a document stands. */
  public enum Standing {
    /** The head of its kind, not a document. */
    HEAD,
    IN_FORCE,
    CHANGED,
    NEW,
    REMOVED
  }

  /**
   * A line of the list.
   *
   * @param target the document; empty for the head of a kind
   */
  public record Item(Kind kind, String target, String name, Standing standing) {}

  /**
   * What is edited.
   *
   * @param target the document; the beginning of its id for a new one
   * @param base as it stood when the edit began; null for a new one
   * @param draft as it is typed
   */
  public record Form(Kind kind, String target, @Nullable JsonObject base, Draft draft) {
    /** Whether it is not in force and not in the basket. */
    public boolean isNew() {
      return target.equals(kind.prefix()) && kind != Kind.SETTINGS;
    }
  }

  public AlertingViewModel(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
    this.outlook = new Outlook(desk);
    this.channelTest = new ChannelTest(desk, session);
  }

  /** Begins to follow what is in force and the basket. */
  public Pin activate() {
    return Pin.all(
        InForce.follow(session, desk.tasks(), this::know),
        session.basket().subscribe(this::basket),
        channelTest::close);
  }

  /** Heads of the kinds, and the documents below each. */
  public ObservableList<Item> items() {
    return items;
  }

  /** What is edited; null for nothing. */
  public ReadOnlyObjectProperty<@Nullable Form> formProperty() {
    return form.getReadOnlyProperty();
  }

  /** What is wrong with it, by the manager's own rules. */
  public ReadOnlyObjectProperty<List<Problem>> problemsProperty() {
    return problems.getReadOnlyProperty();
  }

  /** What follows from it: the next times, whom it is about. */
  public ReadOnlyObjectProperty<List<String>> aheadProperty() {
    return ahead.getReadOnlyProperty();
  }

  /** Whether something is typed that is not in the basket. */
  public ReadOnlyBooleanProperty dirtyProperty() {
    return dirty.getReadOnlyProperty();
  }

  /** Changes when the form has other fields or rows than before. */
  public ReadOnlyIntegerProperty shapeProperty() {
    return shape.getReadOnlyProperty();
  }

  /** The test of a channel. */
  public ChannelTest channelTest() {
    return channelTest;
  }

  /** Edits a document; asks nobody about what was typed before. */
  public void choose(String target) {
    wanted = target;
    Kind kind = Kind.of(target);
    if (kind == null) {
      return;
    }
    BasketEntry entry = session.basket().find(target).orElse(null);
    JsonObject there = inForce.find(target);
    if (entry != null && entry.wanted() != null) {
      open(new Form(kind, target, entry.base(), new Draft(entry.wanted().deepCopy())));
    } else if (there != null) {
      open(new Form(kind, target, there, new Draft(there.deepCopy())));
    } else if (kind == Kind.SETTINGS && inForce.known()) {
      open(new Form(kind, target, null, new Draft(kind.begin(desk.now(), desk.zone()))));
    } else if (inForce.known() && target.equals(kind.prefix())) {
      create(kind);
    }
  }

  /** Begins a new one. */
  public void create(Kind kind) {
    wanted = null;
    if (kind == Kind.SETTINGS) {
      choose(kind.prefix());
    } else {
      open(new Form(kind, kind.prefix(), null, new Draft(kind.begin(desk.now(), desk.zone()))));
    }
  }

  /** Gives a new one its id. */
  public void name(String id) {
    Form shown = form.get();
    if (shown != null && shown.base() == null && shown.kind() != Kind.SETTINGS) {
      shown.draft().json().addProperty("_id", shown.kind().prefix() + id.strip());
      changed();
    }
  }

  /** The id of what is edited, without its kind. */
  public String id() {
    Form shown = form.get();
    return shown == null ? "" : target(shown).substring(shown.kind().prefix().length());
  }

  /** Something was typed. */
  public void changed() {
    Form shown = form.get();
    if (shown == null) {
      return;
    }
    String target = target(shown);
    Map<String, JsonObject> others = beside();
    List<Problem> found = new ArrayList<>(Judgement.of(target, shown.draft().json(), others));
    if (shown.isNew() && inForce.find(target) != null) {
      found.add(new Problem("id", desk.texts().get("alerting.exists")));
    }
    problems.set(List.copyOf(found));
    dirty.set(isDirty(shown));
    ahead.set(
        found.isEmpty()
            ? outlook.of(shown.kind(), shown.draft().json(), others, session.feed().picture())
            : List.of());
  }

  /** A row was added or taken away. */
  public void reshaped() {
    changed();
    shape.set(shape.get() + 1);
  }

  /** Puts another member in the place of the one that says what kind of thing it is. */
  public void reshape(Field.Shape field, String value) {
    Form shown = form.get();
    if (shown == null || value.equals(shape(field, shown.draft()))) {
      return;
    }
    Draft draft = shown.draft();
    if (shown.kind() == Kind.CHANNEL) {
      swap(draft, section(draft.text("kind")), section(value), new JsonObject());
      draft.text("kind", value);
    } else {
      JsonObject begin = Kind.WINDOW.begin(desk.now(), desk.zone());
      swap(
          draft,
          value.equals("once") ? "again" : "once",
          value,
          value.equals("once") ? Kind.once(desk.now()) : begin.getAsJsonObject("again"));
    }
    reshaped();
  }

  /** Which of several members there is. */
  public static String shape(Field.Shape field, Draft draft) {
    return field.place().equals("kind") ? draft.text("kind") : draft.has("once") ? "once" : "again";
  }

  /** Puts it into the basket; nothing while something is wrong with it. */
  public void addToBasket() {
    Form shown = form.get();
    if (shown == null || !problems.get().isEmpty()) {
      return;
    }
    String target = target(shown);
    JsonObject document = shown.draft().json().deepCopy();
    session.basket().put(new BasketEntry(target, shown.base(), document, desk.now()));
    wanted = target;
    open(new Form(shown.kind(), target, shown.base(), new Draft(document.deepCopy())));
    desk.dialogs().say(Tone.DONE, desk.texts().get("alerting.added", name(document, target)));
  }

  /** Puts its removal into the basket, or takes back what was never in force. */
  public void remove() {
    Form shown = form.get();
    if (shown == null || shown.isNew()) {
      close();
      return;
    }
    JsonObject there = inForce.find(shown.target());
    if (there == null) {
      session.basket().remove(shown.target());
    } else {
      session.basket().put(BasketEntry.delete(there, desk.now()));
    }
    close();
  }

  /** Takes back what was typed since it was opened. */
  public void revert() {
    Form shown = form.get();
    if (shown != null) {
      if (shown.isNew()) {
        close();
      } else {
        choose(shown.target());
      }
    }
  }

  /** Edits nothing. */
  public void close() {
    wanted = null;
    form.set(null);
    dirty.set(false);
    problems.set(List.of());
    ahead.set(List.of());
  }

  /** Whether the channel that is shown can be tested: it is in force as it is shown. */
  public boolean canTest() {
    Form shown = form.get();
    return shown != null
        && shown.kind() == Kind.CHANNEL
        && shown.draft().json().equals(inForce.find(shown.target()));
  }

  private void open(Form next) {
    setAside.clear();
    channelTest.close();
    form.set(next);
    reshaped();
  }

  private boolean isDirty(Form shown) {
    JsonObject kept =
        session
            .basket()
            .find(target(shown))
            .map(BasketEntry::wanted)
            .orElse(shown.base() == null ? null : shown.base());
    if (kept == null) {
      JsonObject begin = shown.kind().begin(desk.now(), desk.zone());
      return !begin.equals(shown.draft().json());
    }
    return !plain(kept).equals(plain(shown.draft().json()));
  }

  private static JsonObject plain(JsonObject document) {
    return Contents.document(Contents.of(document));
  }

  /** What was typed into a section comes back with it, as long as the form is open. */
  private void swap(Draft draft, String before, String after, JsonObject begin) {
    if (before.equals(after)) {
      return;
    }
    if (draft.json().get(before) instanceof JsonObject old) {
      setAside.put(before, old);
      draft.json().remove(before);
    }
    draft.json().add(after, Objects.requireNonNullElse(setAside.get(after), begin));
  }

  private static String section(String kind) {
    return switch (kind) {
      case "mail", "command" -> kind;
      default -> "webhook";
    };
  }

  private static String target(Form shown) {
    return shown.draft().text("_id");
  }

  private static String name(JsonObject document, String target) {
    String name = new Draft(document).text("name");
    return name.isEmpty() ? target : name;
  }

  /** What will be in force once the basket is. */
  private Map<String, JsonObject> beside() {
    SortedMap<String, JsonObject> all = new TreeMap<>(inForce.documents());
    for (BasketEntry entry : session.basket().state().entries()) {
      if (entry.wanted() == null) {
        all.remove(entry.target());
      } else if (Kind.of(entry.target()) != null) {
        all.put(entry.target(), entry.wanted());
      }
    }
    return all;
  }

  private void know(InForce.Documents documents) {
    inForce = documents;
    list();
    Form shown = form.get();
    JsonObject there = shown == null ? null : inForce.find(target(shown));
    if (shown != null && there != null && plain(there).equals(plain(shown.draft().json()))) {
      choose(target(shown)); // what was typed is in force: the next edit is one of that
    } else if (shown == null ? wanted != null : !dirty.get()) {
      choose(shown == null ? Objects.requireNonNull(wanted) : shown.target());
    } else {
      changed();
    }
  }

  private void basket(BasketState state) {
    list();
    changed();
  }

  private void list() {
    List<Item> all = new ArrayList<>();
    Map<String, JsonObject> beside = beside();
    for (Kind kind : Kind.values()) {
      all.add(new Item(kind, "", desk.texts().get("alerting.kind." + kind.name()), Standing.HEAD));
      SortedMap<String, JsonObject> own = new TreeMap<>(inForce.documents());
      own.putAll(beside);
      own.keySet().removeIf(id -> Kind.of(id) != kind);
      own.forEach((id, document) -> all.add(item(kind, id, document)));
      if (kind == Kind.SETTINGS && own.isEmpty()) {
        all.add(
            new Item(
                kind,
                kind.prefix(),
                desk.texts().get("alerting.settings.usual"),
                Standing.IN_FORCE));
      }
    }
    if (!items.equals(all)) {
      items.setAll(all);
    }
  }

  private Item item(Kind kind, String id, JsonObject document) {
    Standing standing =
        session
            .basket()
            .find(id)
            .map(entry ->
                switch (entry.kind()) {
                  case CREATE -> Standing.NEW;
                  case CHANGE -> Standing.CHANGED;
                  case DELETE -> Standing.REMOVED;
                })
            .orElse(Standing.IN_FORCE);
    String name =
        kind == Kind.SETTINGS ? desk.texts().get("alerting.settings.own") : name(document, id);
    return new Item(kind, id, name, standing);
  }
}
