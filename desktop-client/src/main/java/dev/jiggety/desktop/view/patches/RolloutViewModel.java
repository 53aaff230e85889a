package dev.jiggety.desktop.view.patches;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.KeyState;
import dev.jiggety.desktop.session.PatchDesk.Refusal;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Refusals;
import dev.jiggety.document.Contents;
import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.Change;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.repository.HubException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What is shown of one rollout, and what can be done about it. FX thread only. */
public final class RolloutViewModel {
  private final Desk desk;
  private final Session session;
  private final Consumer<String> chosen;
  private final ReadOnlyObjectWrapper<@Nullable Rollout> rollout = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<Details> details = new ReadOnlyObjectWrapper<>(Details.NONE);
  private final ReadOnlyObjectWrapper<List<RolloutAction>> actions =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<List<ShadowRow>> shadows =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final StringProperty reason = new SimpleStringProperty("");
  private @Nullable OperatorCommand asked;

  /**
   * What the patches of a rollout say.
   *
   * @param rollout which one
   * @param comment why, by their authors
   * @param created when the first was made
   * @param changes what they change; against what stood before, as far as that is known
   * @param compared whether that is known
   */
  public record Details(
      String rollout,
      String comment,
      @Nullable Instant created,
      List<BasketEntry> changes,
      boolean compared) {
    static final Details NONE = new Details("", "", null, List.of(), false);

    public Details {
      changes = List.copyOf(changes);
    }
  }

  RolloutViewModel(Desk desk, Session session, Consumer<String> chosen) {
    this.desk = desk;
    this.session = session;
    this.chosen = chosen;
  }

  Pin activate() {
    return Pin.all(
        session.rollouts().subscribe(this::look),
        session.feed().subscribe(update -> compare()),
        session.patches().keys().subscribe(key -> offer()));
  }

  /** What is looked at; null for none. */
  public ReadOnlyObjectProperty<@Nullable Rollout> rolloutProperty() {
    return rollout.getReadOnlyProperty();
  }

  /** What its patches say; comes a moment later. */
  public ReadOnlyObjectProperty<Details> detailsProperty() {
    return details.getReadOnlyProperty();
  }

  /** What can be done about it now. */
  public ReadOnlyObjectProperty<List<RolloutAction>> actionsProperty() {
    return actions.getReadOnlyProperty();
  }

  /** Whether an answer is awaited. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Why something is asked for, for the record. */
  public StringProperty reasonProperty() {
    return reason;
  }

  /** How changed tests fared in both slots, as far as nodes still say so. */
  public ReadOnlyObjectProperty<List<ShadowRow>> shadowsProperty() {
    return shadows.getReadOnlyProperty();
  }

  /** What canaries said stays on the screen after they have forgotten it. */
  private void compare() {
    Rollout shown = rollout.get();
    List<ShadowRow> now = shown == null ? List.of() : ShadowRow.of(shown, session.feed().picture());
    if (!now.isEmpty() && !now.equals(shadows.get())) {
      shadows.set(now);
    }
  }

  void show(@Nullable Rollout now) {
    Rollout before = rollout.get();
    rollout.set(now);
    if (now == null || before == null || !before.id().equals(now.id())) {
      shadows.set(List.of());
    }
    compare();
    offer();
    if (now == null) {
      details.set(Details.NONE);
      return;
    }
    boolean other = before == null || !before.id().equals(now.id());
    if (other) {
      details.set(Details.NONE);
      reason.set("");
      busy.set(false);
      asked = null;
    }
    if (other || (now.wasStaged() && !before.wasStaged())) {
      read(now);
    }
  }

  /** Does it, after a question where it cannot be undone. */
  public void act(RolloutAction action) {
    Rollout shown = rollout.get();
    if (shown == null || busy.get() || !action.isPossible()) {
      return;
    }
    if (!action.isFinal()) {
      carryOut(shown, action);
      return;
    }
    desk.dialogs()
        .confirm(
            desk.texts().get(action.question()),
            desk.texts().get(action.consequence()),
            desk.texts().get(action.word()),
            () -> carryOut(shown, action));
  }

  private void carryOut(Rollout shown, RolloutAction action) {
    busy.set(true);
    String why = reason.get().strip();
    if (action.act() == Act.ROLLBACK) {
      String comment = details.get().comment();
      session
          .patches()
          .rollback(
              shown,
              desk.texts()
                  .get("comment.rollback", comment.isEmpty() ? shown.id() : comment)
                  .concat(why.isEmpty() ? "" : " (" + why + ")"),
              StrategyChoice.SWIFT,
              patch -> {
                busy.set(false);
                reason.set("");
                chosen.accept(patch.id());
              },
              this::refused);
      return;
    }
    session
        .patches()
        .command(
            shown.id(),
            action.act(),
            why,
            command -> {
              asked = command;
              look(session.rollouts().picture());
            },
            this::refused);
  }

  private void refused(Refusal refusal) {
    busy.set(false);
    if (refusal instanceof Refusal.ChangedSince since) {
      session.basket().putAll(since.reverse());
      desk.navigator().basket();
    }
    desk.dialogs().say(Tone.WARNING, Refusals.words(refusal, desk.texts()));
  }

  private void look(PatchPicture picture) {
    if (asked == null) {
      return;
    }
    CommandAnswer answer = picture.answers().get(asked.id());
    if (answer != null) {
      asked = null;
      busy.set(false);
      reason.set("");
      if (!answer.done()) {
        desk.dialogs().say(Tone.WARNING, desk.texts().get("rollout.notDone", answer.text()));
      }
    }
  }

  private void offer() {
    Rollout shown = rollout.get();
    String me = session.patches().keys().state() instanceof KeyState.Ready key ? key.name() : "";
    actions.set(shown == null ? List.of() : RolloutAction.of(shown, me));
  }

  private void read(Rollout shown) {
    desk.tasks()
        .create(() -> details(shown))
        .onSuccess(read -> {
          Rollout now = rollout.get();
          if (now != null && now.id().equals(read.rollout())) {
            details.set(read);
          }
        })
        .onError(HubException.class, e -> {}) // the status bar says that the hub is away
        .start();
  }

  private Details details(Rollout shown) {
    Configuration before =
        shown.wasStaged() || shown.state() == RolloutState.COMPLETED
            ? session.connection().patches().before(shown.id()).orElse(null)
            : null;
    List<BasketEntry> changes = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    Instant created = null;
    for (String patchId : shown.patchIds()) {
      Patch patch = session.connection().patches().find(patchId).orElse(null);
      if (patch != null) {
        comments.add(patch.comment());
        created = created == null ? patch.created() : created;
        patch.changes().forEach(change -> changes.add(entry(change, before, patch.created())));
      }
    }
    return new Details(shown.id(), String.join("\n", comments), created, changes, before != null);
  }

  private static BasketEntry entry(Change change, @Nullable Configuration before, Instant created) {
    Content old = before == null ? null : before.documents().get(change.target());
    JsonObject base = old == null ? null : Contents.document(old);
    return switch (change) {
      case Change.Put put ->
          new BasketEntry(put.target(), base, Contents.document(put.content()), created);
      case Change.Delete delete ->
          new BasketEntry(
              delete.target(), base == null ? bare(delete.target()) : base, null, created);
    };
  }

  /** A document of which only the id is known. */
  private static JsonObject bare(String target) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", target);
    return document;
  }
}
