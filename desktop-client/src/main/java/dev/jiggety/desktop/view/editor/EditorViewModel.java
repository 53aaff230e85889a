package dev.jiggety.desktop.view.editor;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.TestWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  /** How many runs to come are shown. */
  static final int COMING = 5;

  private final Desk desk;
  private final Session session;
  private final TestForm form = new TestForm();
  private final boolean creating;
  private final Check.@Nullable Other other;
  private final ReadOnlyObjectWrapper<Map<String, String>> problems =
      new ReadOnlyObjectWrapper<>(Map.of());
  private final ReadOnlyObjectWrapper<Coming> coming =
      new ReadOnlyObjectWrapper<>(new Coming("", List.of(), ""));
  private final ReadOnlyObjectWrapper<@Nullable Conflict> conflict = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper failure = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
  private final TestDefinition begun;
  private TestDefinition untouched;
  private TestDefinition current;
  private @Nullable String base;
  private Set<String> taken = Set.of();
  private List<NodePicture> nodes = List.of();
  private boolean idFollowsName;
  private boolean filling;
  private boolean saved;

  /**
   * The runs to come.
   *
   * @param words the schedule in words; empty when it has a problem
   * @param times the next planned times
   * @param node the node for which they are exact
   */
  public record Coming(String words, List<Instant> times, String node) {}

  /**
   * Somebody else changed the test meanwhile.
   *
   * @param theirs how it stands now; null when it was deleted
   * @param fields the fields in which it differs from what the form began with
   */
  public record Conflict(@Nullable Stored<TestDefinition> theirs, Set<String> fields) {}

  public EditorViewModel(Desk desk, Session session, EditRequest request) {
    this.desk = desk;
    this.session = session;
    TestDefinition start =
        switch (request) {
          case EditRequest.Create ignored -> blank();
          case EditRequest.Edit edit -> edit.test();
          case EditRequest.Duplicate(var original) ->
              original.toBuilder()
                  .id(original.id() + "-copy")
                  .name(desk.texts().get("editor.copyOf", original.name()))
                  .build();
        };
    this.creating = !(request instanceof EditRequest.Edit);
    this.base = request instanceof EditRequest.Edit edit ? edit.rev() : null;
    this.idFollowsName = creating;
    this.other = start.check() instanceof Check.Other unknown ? unknown : null;
    this.untouched = start;
    this.current = start;
    fill(start);
    if (request instanceof EditRequest.Duplicate) {
      form.id.set(FormFiller.id(start.id()));
    }
    form.onChange(this::check);
    form.name.addListener((property, before, now) -> {
      if (idFollowsName && !filling) {
        form.id.set(FormFiller.id(now));
      }
    });
    form.id.addListener((property, before, now) ->
        idFollowsName = idFollowsName && now.equals(FormFiller.id(form.name.get())));
    check();
    this.begun = current;
  }

  private static TestDefinition blank() {
    return TestDefinition.builder("", Check.Http.get("https://"))
        .name("")
        .assertions(
            List.of(Assertion.that(Assertion.Target.STATUS, Assertion.Operator.IN, "200-299")))
        .build();
  }

  /** Begins to follow the feed and lets the runs to come tick. */
  public Pin activate() {
    return Pin.all(
        session.feed().subscribe(update -> look(update.picture())),
        desk.everySecond(this::foretell));
  }

  /** The fields. */
  public TestForm form() {
    return form;
  }

  /** Whether the test is new; the id of one that is there never changes. */
  public boolean isCreating() {
    return creating;
  }

  /** Whether the form knows what this test does; the settings of other kinds stay as they are. */
  public boolean knowsKind() {
    return other == null;
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
  public ReadOnlyObjectProperty<@Nullable Conflict> conflictProperty() {
    return conflict.getReadOnlyProperty();
  }

  /** Why saving failed, in one line; empty when it did not. */
  public ReadOnlyStringProperty failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /** Whether the hub is being asked. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Whether there is something to save. */
  public ReadOnlyBooleanProperty changedProperty() {
    return changed.getReadOnlyProperty();
  }

  /** Whether something typed would be lost. */
  public boolean hasUnsaved() {
    return changed.get() && !saved && !(creating && current.equals(begun));
  }

  public void addHeader() {
    form.headers.add(new HeaderRow(new Check.Header("", "")));
  }

  public void addAssertion() {
    form.assertions.add(
        new AssertionRow(Assertion.that(Assertion.Target.BODY, Assertion.Operator.CONTAINS, "")));
  }

  /** Leaves without saving. Who would lose something is asked by the shell. */
  public void leave() {
    desk.navigator().back();
  }

  /** Saves when nothing is wrong; the answer comes later. */
  public void save() {
    check();
    if (busy.get() || !problems.get().isEmpty()) {
      return;
    }
    submit(current, base);
  }

  /** Throws away what was typed and shows the test as somebody else left it. */
  public void takeTheirs() {
    Conflict between = conflict.get();
    if (between == null || between.theirs() == null) {
      return;
    }
    conflict.set(null);
    failure.set("");
    base = between.theirs().rev();
    untouched = between.theirs().value();
    fill(untouched);
    check();
  }

  /** Saves what was typed on top of what somebody else saved. */
  public void overwrite() {
    Conflict between = conflict.get();
    check();
    if (between == null || busy.get() || !problems.get().isEmpty()) {
      return;
    }
    base = between.theirs() == null ? null : between.theirs().rev();
    submit(current, base);
  }

  private void submit(TestDefinition test, @Nullable String on) {
    busy.set(true);
    failure.set("");
    desk.tasks()
        .create(() -> store(test, on))
        .onSuccess(answer -> answer(test, answer))
        .onError(
            HubException.class,
            e -> failure.set(desk.texts().get("editor.notSaved", e.getMessage())))
        .onFinally(() -> busy.set(false))
        .start();
  }

  /** What came of saving; with the test as it stands now when somebody else was faster. */
  private record Answer(TestWriter.Result result, Optional<Stored<TestDefinition>> theirs) {}

  private Answer store(TestDefinition test, @Nullable String on) {
    TestWriter.Result result =
        session.connection().writer().submit(List.of(new TestWriter.Put(test, on))).getFirst();
    return new Answer(
        result,
        result instanceof TestWriter.Conflict
            ? session.connection().tests().find(test.id())
            : Optional.empty());
  }

  private void answer(TestDefinition test, Answer answer) {
    switch (answer.result()) {
      case TestWriter.Done ignored -> {
        saved = true;
        desk.dialogs().say(Tone.DONE, desk.texts().get("editor.saved", test.name()));
        leave();
      }
      case TestWriter.Conflict ignored -> collide(answer.theirs().orElse(null));
      case TestWriter.Rejected(var id, var reason) ->
          failure.set(desk.texts().get("editor.notSaved", reason));
    }
  }

  private void collide(@Nullable Stored<TestDefinition> theirs) {
    conflict.set(
        new Conflict(theirs, theirs == null ? Set.of() : differences(untouched, theirs.value())));
  }

  private static Set<String> differences(TestDefinition one, TestDefinition other) {
    JsonObject left = TestDocument.TYPE.writePlain(one);
    JsonObject right = TestDocument.TYPE.writePlain(other);
    Set<String> names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    names.removeIf(
        name -> left.has(name) && right.has(name) && left.get(name).equals(right.get(name)));
    return names;
  }

  private void fill(TestDefinition test) {
    filling = true;
    FormFiller.fill(form, test);
    filling = false;
  }

  private void check() {
    if (filling) {
      return;
    }
    FormReader.Reading reading = FormReader.read(form, other);
    current = reading.test();
    Map<String, String> found = new LinkedHashMap<>(reading.problems());
    if (creating && taken.contains(current.id())) {
      found.putIfAbsent("id", desk.texts().get("editor.idTaken"));
    }
    problems.set(found);
    changed.set(creating || !current.equals(untouched));
    foretell();
  }

  private void look(HubPicture picture) {
    nodes = picture.nodes();
    Set<String> ids = new TreeSet<>();
    picture.tests().forEach(it -> ids.add(it.test().id()));
    if (!ids.equals(taken)) {
      taken = ids;
      if (creating && !saved) {
        check();
      }
    }
    foretell();
    TestPicture now = creating ? null : picture.find(current.id());
    if (now != null && !now.rev().equals(base) && conflict.get() == null && !busy.get() && !saved) {
      // Somebody saved while this form is open: say so now, not when it is too late.
      if (changed.get()) {
        collide(new Stored<>(now.test(), now.rev(), new JsonObject()));
      } else {
        base = now.rev();
        untouched = now.test();
        fill(untouched);
        check();
      }
    }
  }

  private void foretell() {
    boolean broken =
        problems.get().keySet().stream().anyMatch(place -> place.startsWith("schedule"));
    if (broken) {
      coming.set(new Coming("", List.of(), ""));
      return;
    }
    String id = current.id().isEmpty() ? "new" : current.id();
    String node = exampleNode();
    coming.set(
        new Coming(
            Schedules.inWords(current.schedule()),
            Schedules.next(current.schedule(), id, node, desk.now(), COMING),
            node));
  }

  /** The first node that runs the test, since each has its own times; empty when none does. */
  private String exampleNode() {
    return nodes.stream()
        .map(NodePicture::status)
        .filter(it -> current.where().includes(it.name(), it.tags()))
        .map(NodeStatus::name)
        .findFirst()
        .orElse("");
  }
}
