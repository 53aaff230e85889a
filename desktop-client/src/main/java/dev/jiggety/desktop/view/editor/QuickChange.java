package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Refusals;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A patch of one test, submitted at once with the default strategy, and what becomes of it. FX
 * thread only.
 */
public final class QuickChange {
  private final Desk desk;
  private final Session session;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
  private Consumer<Rollout> ended = rollout -> {};

  /**
   * How far it is.
   *
   * @param rollout what the manager made of it; null as long as it has not taken it up
   */
  public record Progress(String patchId, @Nullable Rollout rollout) {
    boolean isOver() {
      return rollout != null
          && rollout.state().isTerminal()
          && rollout.state() != RolloutState.JOINED
          && rollout.again().isEmpty();
    }
  }

  QuickChange(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
  }

  Pin activate() {
    return session.rollouts().subscribe(this::look);
  }

  /** Whether one is being handed in or under way: there can be no second one on top of it. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** How far the last one is; null before there is any. */
  public ReadOnlyObjectProperty<@Nullable Progress> progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** Who is told of the end, whatever it is. */
  void onEnd(Consumer<Rollout> listener) {
    ended = listener;
  }

  /**
   * Submits it.
   *
   * @param handedIn when the hub has it for good
   * @param failed is given one line when it was not handed in
   */
  void submit(BasketEntry entry, String comment, Runnable handedIn, Consumer<String> failed) {
    busy.set(true);
    progress.set(null);
    session
        .patches()
        .submit(
            List.of(entry),
            comment,
            StrategyChoice.SWIFT,
            patch -> {
              progress.set(new Progress(patch.id(), null));
              handedIn.run();
              look(session.rollouts().picture());
            },
            refusal -> {
              busy.set(false);
              failed.accept(Refusals.words(refusal, desk.texts()));
            });
  }

  private void look(PatchPicture picture) {
    Progress known = progress.get();
    if (known == null || known.isOver()) {
      return;
    }
    picture
        .of(known.patchId())
        .filter(rollout -> !rollout.equals(known.rollout()))
        .ifPresent(rollout -> {
          Progress next = new Progress(known.patchId(), rollout);
          progress.set(next);
          if (next.isOver()) {
            busy.set(false);
            ended.accept(rollout);
          }
        });
  }
}
