package dev.jiggety.desktop.view.editor;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.Link;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.trial.TrialSubject;
import dev.jiggety.desktop.view.editor.form.FormReader;
import dev.jiggety.desktop.view.editor.form.NewTests;
import dev.jiggety.desktop.view.editor.form.SecretNames;
import dev.jiggety.desktop.view.editor.form.TestForm;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.TestDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a test shows and does. Checks while somebody types, saves by the one door for
 * changes, and keeps what was typed whatever the hub answers. FX thread only.
 */
public final class EditorViewModel {
  private final Desk desk;
  private final Session session;
  private final TestForm form = new TestForm();
  private final SourceViewModel source = new SourceViewModel(form);
  private final WhereViewModel where;
  private final SecretNames secrets = new SecretNames();
  private final QuickChange quick;
  private final ReadOnlyBooleanWrapper creating = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Map<String, String>> problems =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<Coming> coming = new ReadOnlyObjectWrapper<>(Coming.UNKNOWN);
  private final ReadOnlyObjectWrapper<@Nullable Merge> conflict = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
  private final JsonObject begun;
  private JsonObject untouchedFields;
  private TestDefinition untouched;
  private TestDefinition current;
  private @Nullable JsonObject base;
  private @Nullable BasketEntry sent;
  private @Nullable BasketEntry cameBack;
  private @Nullable String seenRev;
  private Set<String> taken = Set.of();
  private List<NodePicture> nodes = List.of();
  private boolean idFollowsName;
  private boolean filling;
  private boolean kept;

  public EditorViewModel(Desk desk, Session session, EditRequest request) {
    this.desk = desk;
    this.session = session;
    TestDefinition start =
        switch (request) {
          case EditRequest.Create ignored -> NewTests.blank();
          case EditRequest.Edit edit -> edit.stored().value();
          case EditRequest.Continue go -> go.entry().wantedTest().orElseGet(NewTests::blank);
          case EditRequest.Duplicate(var original) ->
              original.toBuilder()
                  .id(original.id() + "-copy")
                  .name(desk.texts().get("editor.copyOf", original.name()))
                  .build();
        };
    this.quick = new QuickChange(desk, session);
    this.base =
        switch (request) {
          case EditRequest.Edit edit -> edit.stored().raw();
          case EditRequest.Continue go -> go.entry().base();
          case EditRequest.Create create -> null;
          case EditRequest.Duplicate copy -> null;
        };
    this.creating.set(base == null);
    this.idFollowsName = base == null;
    this.untouched =
        request instanceof EditRequest.Continue go ? go.entry().baseTest().orElse(start) : start;
    this.untouchedFields = fields(untouched);
    this.current = start;
    this.where = new WhereViewModel(form);
    quick.onEnd(this::ended);
    fill(start);
    if (request instanceof EditRequest.Duplicate) {
      form.text("id").set(NewTests.id(start.id()));
    }
    form.onChange(this::check);
    source.onBroken(this::check);
    form.kind().addListener((property, before, now) -> dropWhatDoesNotGo());
    form.text("name")
        .addListener((property, before, now) -> {
          if (idFollowsName && !filling) {
            form.text("id").set(NewTests.id(now));
          }
        });
    form.text("id")
        .addListener((property, before, now) ->
            idFollowsName = idFollowsName && now.equals(NewTests.id(form.text("name").get())));
    check();
    this.begun = form.json();
  }

  /** A new test of another kind begins without what cannot be looked at in its answer. */
  private void dropWhatDoesNotGo() {
    if (!filling && creating.get()) {
      form.rows("assert")
          .removeIf(row ->
              NewTests.subjects(form.kind().get()).stream()
                  .noneMatch(it -> it.label().equals(row.text("on").get())));
    }
  }

  /** The fields of a test as the form writes them. */
  private static JsonObject fields(TestDefinition test) {
    TestForm form = new TestForm();
    form.fill(test);
    return form.json();
  }

  /** Begins to follow the feed and lets the runs to come tick. */
  public Pin activate() {
    return Pin.all(
        quick.activate(),
        session.feed().subscribe(update -> look(update.picture())),
        desk.everySecond(this::foretell));
  }

  /** What a trial runs: the test as it is typed, long before it is saved. */
  public TrialSubject subject() {
    Map<String, String> wrong = problems.get();
    return wrong.isEmpty()
        ? new TrialSubject.Ready(current)
        : new TrialSubject.NotYet(
            desk.texts()
                .get(
                    "editor.unplaced",
                    wrong.keySet().iterator().next(),
                    wrong.values().iterator().next()));
  }

  /** The session with the hub. */
  public Session session() {
    return session;
  }

  /** The fields. */
  public TestForm form() {
    return form;
  }

  /** Whether the test is new; the id of one that is there never changes. */
  public boolean isCreating() {
    return creating.get();
  }

  /** The same, for who wants to be told: a new test is there as soon as its patch is through. */
  public ReadOnlyBooleanProperty creatingProperty() {
    return creating.getReadOnlyProperty();
  }

  /** The patch that saving has submitted. */
  public QuickChange quickChange() {
    return quick;
  }

  /** The test as YAML. */
  public SourceViewModel source() {
    return source;
  }

  /** The names of secrets that tests of this hub use. */
  public SecretNames secrets() {
    return secrets;
  }

  /** On which nodes it runs. */
  public WhereViewModel where() {
    return where;
  }

  /** The test as it is typed; where something is wrong, with a default in its place. */
  public TestDefinition typed() {
    return current;
  }

  /** What is wrong, by place in the document. */
  public ReadOnlyObjectProperty<Map<String, String>> problemsProperty() {
    return problems.getReadOnlyProperty();
  }

  /** The runs to come. */
  public ReadOnlyObjectProperty<Coming> comingProperty() {
    return coming.getReadOnlyProperty();
  }

  /** Set while somebody else's change is in the way. */
  public ReadOnlyObjectProperty<@Nullable Merge> conflictProperty() {
    return conflict.getReadOnlyProperty();
  }

  /** Why saving failed, in one line; empty when it did not. */
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /** Whether there is something to save. */
  public ReadOnlyBooleanProperty changedProperty() {
    return changed.getReadOnlyProperty();
  }

  /** Whether something typed would be lost. */
  public boolean hasUnsaved() {
    return changed.get()
        && !kept
        && !isInTheBasketAgain()
        && !(creating.get() && form.json().equals(begun) && !source.isBroken());
  }

  /** Leaves without saving. Who would lose something is asked by the shell. */
  public void leave() {
    desk.navigator().back();
  }

  /** Submits a patch of just this test when nothing is wrong; what becomes of it comes later. */
  public void save() {
    if (!isReady()) {
      return;
    }
    failure.set("");
    BasketEntry entry = BasketEntry.put(current, base, desk.now());
    if (entry.isEmpty()) {
      failure.set(desk.texts().get("editor.nothingToSave"));
      return;
    }
    String comment =
        desk.texts().get(base == null ? "comment.new" : "comment.edit", current.name());
    quick.submit(
        entry,
        comment,
        () -> {
          sent = entry;
          kept = true;
        },
        reason -> failure.set(desk.texts().get("editor.notSaved", reason)));
  }

  /** Puts the change into the basket when nothing is wrong, and goes back. */
  public void addToBasket() {
    if (!isReady()) {
      return;
    }
    session.basket().put(BasketEntry.put(current, base, desk.now()));
    kept = true;
    desk.dialogs().say(Tone.DONE, desk.texts().get("basket.added", current.name()));
    leave();
  }

  private boolean isReady() {
    check();
    return !quick.busyProperty().get() && problems.get().isEmpty() && conflict.get() == null;
  }

  /** Throws away what was typed and shows the test as somebody else left it. */
  public void takeTheirs() {
    Merge between = conflict.get();
    if (between != null && between.theirs() != null) {
      begin(between.theirs(), fields(between.theirs().value()));
    }
  }

  /**
   * Goes on with what is chosen of both. Where the test is gone, it will be made anew. Saves
   * nothing yet.
   */
  public void merge() {
    Merge between = conflict.get();
    if (between == null) {
      return;
    }
    if (source.isBroken()) {
      failure.set(desk.texts().get("editor.source.broken")); // or what is typed there would go
      return;
    }
    if (between.theirs() == null) {
      conflict.set(null);
      base = null;
      check();
      return;
    }
    // The form could be typed in while it was being compared.
    Merge asItIs = Merge.of(untouched, between.theirs(), form.json());
    asItIs.chooseAs(between);
    begin(between.theirs(), asItIs.merged());
  }

  /** Goes on against another version of the test. */
  private void begin(Stored<TestDefinition> on, JsonObject shown) {
    conflict.set(null);
    failure.set("");
    base = on.raw();
    untouched = on.value();
    untouchedFields = fields(untouched);
    filling = true;
    form.fill(shown);
    filling = false;
    check();
    source.reset();
  }

  private void ended(Rollout rollout) {
    if (rollout.state() == RolloutState.COMPLETED) {
      return;
    }
    kept = false;
    cameBack = sent;
    sent = null;
    failure.set(desk.texts().get("editor.notInForce"));
  }

  /** What was turned back lies in the basket, where it can be taken up again. */
  private boolean isInTheBasketAgain() {
    BasketEntry entry = cameBack;
    return entry != null
        && entry.wantedTest().filter(current::equals).isPresent()
        && session.basket().state().parcels().stream()
            .anyMatch(parcel -> parcel.entries().contains(entry));
  }

  private void collide(@Nullable Stored<TestDefinition> theirs) {
    conflict.set(Merge.of(untouched, theirs, form.json()));
  }

  private void fill(TestDefinition test) {
    filling = true;
    form.fill(test);
    filling = false;
  }

  private void check() {
    if (filling) {
      return;
    }
    JsonObject json = form.json();
    FormReader.Reading reading = FormReader.read(json);
    current = reading.test();
    Map<String, String> found = new LinkedHashMap<>(reading.problems());
    form.twice().forEach(place -> found.putIfAbsent(place, desk.texts().get("editor.standsTwice")));
    if (source.isBroken()) {
      found.put("", desk.texts().get("editor.source.broken"));
    }
    if (!creating.get() && !current.id().equals(untouched.id())) {
      found.putIfAbsent("id", desk.texts().get("editor.idStays", untouched.id()));
    }
    if (creating.get() && !kept && taken.contains(current.id())) {
      found.putIfAbsent("id", desk.texts().get("editor.idTaken"));
    }
    problems.set(found);
    kept = kept && sent != null && isSent(current);
    boolean saysTheSame =
        json.equals(untouchedFields) || (found.isEmpty() && current.equals(untouched));
    changed.set(creating.get() || source.isBroken() || !saysTheSame);
    source.follow();
    where.show(nodes);
    foretell();
  }

  private void look(HubPicture picture) {
    nodes = picture.nodes();
    where.show(nodes);
    Set<String> ids = new TreeSet<>();
    picture.tests().forEach(it -> ids.add(it.test().id()));
    if (!ids.equals(taken)) {
      taken = ids;
      if (creating.get()) {
        check();
      }
      learnSecrets(picture);
    }
    foretell();
    compare(picture);
  }

  private void learnSecrets(HubPicture picture) {
    desk.tasks()
        .create(
            () -> SecretNames.in(picture.tests().stream().map(it -> it.raw().toString()).toList()))
        .onSuccess(secrets::know)
        .start();
  }

  /** What is in force, against what the form began with: somebody else may have been faster. */
  private void compare(HubPicture picture) {
    TestPicture now = picture.find(creating.get() ? current.id() : untouched.id());
    String rev = now == null ? "" : now.rev();
    if (rev.equals(seenRev) || !(picture.link() instanceof Link.Connected)) {
      return;
    }
    seenRev = rev;
    if (now != null && sent != null && digest(now.raw()).equals(digest(sent.wanted()))) {
      sent = null;
      creating.set(false);
      base = now.raw();
      untouched = now.test();
      untouchedFields = fields(untouched);
      check();
      return;
    }
    if (creating.get() || digest(now == null ? null : now.raw()).equals(digest(base))) {
      return;
    }
    if (now == null || changed.get()) {
      // Somebody saved while this form is open: say so now, not when it is too late.
      collide(now == null ? null : now.stored());
    } else {
      begin(now.stored(), fields(now.test()));
    }
  }

  private boolean isSent(TestDefinition test) {
    return sent != null && sent.wantedTest().filter(test::equals).isPresent();
  }

  private static String digest(@Nullable JsonObject document) {
    return document == null ? "" : Contents.of(document).digest();
  }

  private void foretell() {
    boolean broken =
        problems.get().keySet().stream().anyMatch(place -> place.startsWith("schedule"));
    coming.set(broken ? Coming.UNKNOWN : Coming.of(current, nodes, desk.now(), desk.zone()));
  }
}
