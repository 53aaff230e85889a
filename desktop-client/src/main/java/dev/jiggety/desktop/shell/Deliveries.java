package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.Parcel;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutCounts;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that what was submitted is told of when it has arrived, and is in reach again when it
 * has not, whatever screen is open. FX thread only.
 */
final class Deliveries {
  private final Desk desk;
  private final Session session;
  private final RolloutWords words;
  private final BooleanSupplier watched;
  private boolean looking;

  /**
   * The deliveries of a session.
   *
   * @param watched whether the person looks at patches anyway, so that nothing has to be said
   */
  Deliveries(Desk desk, Session session, BooleanSupplier watched) {
    this.watched = watched;
    this.desk = desk;
    this.session = session;
    this.words = new RolloutWords(desk.texts(), new Ages(desk.texts(), desk.zone()));
  }

  Pin activate() {
    return Pin.all(
        session.rollouts().subscribe(this::look),
        session.basket().subscribe(state -> look(session.rollouts().picture())));
  }

  private void look(PatchPicture picture) {
    if (looking) {
      return; // what follows from it changes the basket
    }
    looking = true;
    try {
      deliver(picture);
    } finally {
      looking = false;
    }
  }

  private void deliver(PatchPicture picture) {
    Basket basket = session.basket();
    for (Parcel parcel : basket.state().parcels()) {
      Rollout rollout = parcel.isReturned() ? null : picture.of(parcel.patchId()).orElse(null);
      if (rollout == null || !isOver(rollout, parcel.patchId())) {
        continue;
      }
      if (rollout.state() == RolloutState.COMPLETED) {
        basket.done(parcel.patchId());
        say(
            Tone.DONE,
            desk.texts().get("delivery.done", what(parcel), RolloutCounts.of(rollout).swapped()));
      } else {
        String why = words.cause(rollout);
        String reason = why.isEmpty() ? words.meaning(rollout) : why;
        basket.cameBack(parcel.patchId(), reason);
        say(
            Tone.WARNING,
            desk.texts()
                .get(
                    "delivery.back",
                    what(parcel),
                    words.state(rollout.state()).toLowerCase(desk.texts().locale()),
                    reason));
      }
    }
  }

  /** A patch that is tried again in another group, or rides along, has not ended. */
  private static boolean isOver(Rollout rollout, String patchId) {
    return rollout.state().isTerminal()
        && rollout.state() != RolloutState.JOINED
        && rollout.again().stream().noneMatch(group -> group.contains(patchId));
  }

  private void say(Tone tone, String text) {
    if (!watched.getAsBoolean()) {
      desk.dialogs().say(tone, text);
    }
  }

  private String what(Parcel parcel) {
    BasketEntry first = parcel.entries().getFirst();
    return parcel.entries().size() == 1
        ? desk.texts().get("delivery.one", first.name())
        : desk.texts().get("delivery.several", parcel.entries().size());
  }
}
