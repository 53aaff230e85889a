package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.KnownBad;
import dev.jiggety.agent.slot.SlotState.Unfit;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import org.jspecify.annotations.Nullable;

/** What goes into which slot: brings a node to what its head wants, as far as it has it. */
final class Moves {
  private Moves() {}

  /** Brings the slots to what the head wants. Doing it twice does nothing. */
  static void settle(SlotDraft draft) {
    Head head = draft.head();
    if (head == null) {
      return;
    }
    Generation wanted = wanted(draft, head);
    Generation lacking = null;
    if (wanted != null && !wanted.equals(draft.active.generation())) {
      lacking = goTo(draft, head, wanted);
    }
    Generation target = target(draft, head);
    Slot standby = draft.standby;
    boolean isTaken =
        wanted != null
            && !wanted.equals(draft.active.generation())
            && standby != null
            && standby.digest().equals(wanted.digest());
    if (target == null) {
      rest(draft, head, lacking);
    } else if (isTaken && !Slot.isOf(target, standby)) {
      draft.standing(null, Stage.NONE, null);
    } else if (!tend(draft, head, target)) {
      lacking = target;
    }
    Lacking.await(draft, head, lacking);
    Trials.shadow(draft, head);
  }

  private static @Nullable Generation wanted(SlotDraft draft, Head head) {
    Generation wanted = Heads.wanted(head, draft.node);
    boolean isOnTrial = head.phase() == Phase.PROMOTING && head.active().equals(wanted);
    return isOnTrial && draft.knownBad(head.active()) != null ? head.previous() : wanted;
  }

  /** What the standby slot shall hold; null for nothing of interest. */
  static @Nullable Generation target(SlotDraft draft, Head head) {
    return switch (head.phase()) {
      case STEADY -> null;
      case TRIAL -> head.candidate();
      case PROMOTING -> Trials.isUnconfirmed(draft, head) ? null : head.active();
    };
  }

  /** Swaps to it, or says what is lacking for that; null for nothing. */
  private static @Nullable Generation goTo(SlotDraft draft, Head head, Generation wanted) {
    if (draft.active.digest().equals(wanted.digest())) {
      draft.active = draft.active.as(wanted);
      return null;
    }
    Slot standby = draft.standby;
    if (standby == null || !standby.digest().equals(wanted.digest())) {
      Configuration found = Finding.find(draft, wanted);
      if (found == null) {
        return wanted;
      }
      standby = new Slot(wanted, found, false);
      draft.standby = standby;
      draft.required = true;
    }
    boolean isStrict = head.phase() == Phase.PROMOTING && wanted.equals(head.active());
    if (standby.prepared()) {
      swap(draft, head, standby.as(wanted));
    } else if (!isStrict || !isUnfit(draft, wanted)) {
      draft.prepare(standby, isStrict);
    }
    return null;
  }

  private static void swap(SlotDraft draft, Head head, Slot to) {
    Slot before = draft.active;
    draft.active = to;
    draft.swap(to);
    if (Trials.isUnconfirmed(draft, head)) {
      draft.standby = toGoBackTo(draft, head, before);
      draft.trial = Trials.trial(draft, to.generation());
      draft.required = true;
      if (draft.target == null) {
        draft.watch(to.generation());
      }
    } else {
      draft.standby = before;
      draft.trial = null;
    }
  }

  /** What was before by the head; a node that was away for long may have run something else. */
  private static Slot toGoBackTo(SlotDraft draft, Head head, Slot before) {
    Generation previous = head.previous();
    if (previous == null || Slot.isOf(previous, before)) {
      return previous == null ? before : before.as(previous);
    }
    Configuration confirmed = draft.confirmed;
    return confirmed != null && Heads.proves(previous, Digests.of(confirmed))
        ? new Slot(previous, confirmed, false)
        : before;
  }

  /** Nothing is tried in the standby slot; it keeps what could be gone back to. */
  private static void rest(SlotDraft draft, Head head, @Nullable Generation lacking) {
    String error = lacking == null ? null : SlotWords.lacking(lacking, draft.confirmed != null);
    draft.standing(null, Stage.NONE, error);
    Slot standby = draft.standby;
    if (standby == null) {
      return;
    }
    if (head.phase() == Phase.STEADY
        && !Slot.isOf(head.previous(), standby)
        && !(Slot.isOf(head.active(), standby) && !Slot.isOf(head.active(), draft.active))) {
      draft.standby = null;
    } else if (!standby.prepared()) {
      draft.prepare(standby, false);
    }
  }

  /** Gets the candidate ready; false when it, or what it was made from, is lacking. */
  private static boolean tend(SlotDraft draft, Head head, Generation target) {
    if (draft.target == null || !draft.target.ride().equals(target.ride())) {
      draft.watch(target);
    }
    KnownBad bad = draft.knownBad(target);
    Unfit unfit = draft.unfit;
    if (bad != null) {
      draft.standing(target, Stage.FAILED, bad.reason());
      return true;
    }
    if (unfit != null && isUnfit(draft, target)) {
      draft.standing(target, Stage.FAILED, unfit.error());
      return true;
    }
    Slot standby = draft.standby;
    if (!Slot.isOf(target, standby)) {
      Configuration found = Finding.find(draft, target);
      if (found == null) {
        return false;
      }
      standby = new Slot(target, found, false);
      draft.required = true;
    }
    if (standby == null) {
      return false;
    }
    draft.standby = standby.as(target);
    draft.standing(target, standby.prepared() ? Stage.READY : Stage.STAGED, null);
    if (!standby.prepared()) {
      draft.prepare(standby, head.phase() != Phase.STEADY);
    }
    return true;
  }

  private static boolean isUnfit(SlotDraft draft, Generation generation) {
    return draft.unfit != null && draft.unfit.digest().equals(generation.digest());
  }
}
