package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.agent.slot.SlotState.Trying;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.SlotReport.Stage;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a candidate fares, beside what is in force and then in its place, and the way back when it
 * fares badly.
 */
final class Trials {
  private Trials() {}

  /** All of a slot was read. */
  static void prepared(SlotDraft draft, String digest, int planned) {
    if (digest.equals(draft.preparing)) {
      draft.preparing = null;
    }
    Slot standby = draft.standby;
    if (standby == null || !standby.digest().equals(digest)) {
      return;
    }
    draft.standby = standby.asPrepared();
    draft.unfit = null;
    Head head = draft.head();
    Generation candidate = head == null ? null : head.candidate();
    if (candidate != null && candidate.digest().equals(digest) && !draft.trying.running()) {
      draft.trying = new Trying(candidate, false, planned, new TreeMap<>(), 0);
    }
    Moves.settle(draft);
  }

  /** A changed document in a slot cannot be read. */
  static void unfit(SlotDraft draft, String digest, String error) {
    if (digest.equals(draft.preparing)) {
      draft.preparing = null;
    }
    draft.unfit = new SlotState.Unfit(digest, error);
    Moves.settle(draft);
  }

  /** A changed test ran once more in both slots. */
  static void shadowRan(SlotDraft draft, String digest, Shadow runs) {
    Trying trying = draft.trying;
    Generation of = trying.of();
    if (trying.running() && of != null && of.digest().equals(digest)) {
      TreeMap<String, Shadow> all = new TreeMap<>(trying.runs());
      all.put(runs.testId(), runs);
      draft.trying = new Trying(of, true, trying.planned(), all, trying.crashes());
    }
  }

  /** The executor crashed or hung over that configuration. */
  static void executorFailed(SlotDraft draft, String digest, String error) {
    Head head = draft.head();
    boolean isTried = draft.trying.running() && isOf(draft.trying.of(), digest);
    boolean isUnconfirmed =
        head != null && isUnconfirmed(draft, head) && draft.active.digest().equals(digest);
    if (isTried || isUnconfirmed) {
      failed(draft, digest, error);
      Moves.settle(draft);
    }
  }

  /** The candidate, or what runs unconfirmed, crashed the executor. */
  static void failed(SlotDraft draft, String digest, String error) {
    Head head = draft.head();
    if (head == null) {
      return;
    }
    Generation of = isOf(head.candidate(), digest) ? head.candidate() : head.active();
    if (of == null || !of.digest().equals(digest) || head.phase() == Phase.STEADY) {
      return;
    }
    Trying was = draft.trying;
    boolean same = of.equals(was.of());
    draft.trying =
        new Trying(
            of,
            was.running(),
            same ? was.planned() : 0,
            same ? was.runs() : new TreeMap<>(),
            (same ? was.crashes() : 0) + 1);
    if (isUnconfirmed(draft, head)) {
      goBack(draft, head, error);
    } else {
      draft.markBad(of, error);
    }
  }

  /** Whether it runs something that may still be taken back. */
  static boolean isUnconfirmed(SlotDraft draft, Head head) {
    return head.phase() == Phase.PROMOTING && draft.active.generation().equals(head.active());
  }

  /** Runs again what ran before, at once, and remembers not to try it again. */
  static void goBack(SlotDraft draft, Head head, String reason) {
    Slot bad = draft.active;
    Slot back = draft.standby;
    draft.markBad(bad.generation(), reason);
    draft.trial = null;
    draft.deadline = null;
    draft.confirmBy = null;
    if (back == null) {
      draft.alarm(reason + "; there is nothing here to go back to");
      return;
    }
    Generation previous = head.previous();
    draft.active =
        (Slot.isOf(previous, back) && previous != null ? back.as(previous) : back).asPrepared();
    draft.standby = bad;
    draft.swap(draft.active);
    draft.alarm(
        "back from release %d to %d: %s"
            .formatted(bad.generation().release(), draft.active.generation().release(), reason));
  }

  /** Canaries run the changed tests in both slots while the candidate is on trial. */
  static void shadow(SlotDraft draft, Head head) {
    Generation candidate = head.candidate();
    Slot standby = draft.standby;
    boolean should =
        candidate != null
            && head.phase() == Phase.TRIAL
            && !draft.canaryOf.isEmpty()
            && draft.stage == Stage.READY
            && candidate.equals(draft.target);
    Trying trying = draft.trying;
    boolean does = trying.running() && candidate != null && candidate.equals(trying.of());
    if (trying.running() && !(should && does)) {
      draft.stopShadow();
      draft.trying =
          head.phase() == Phase.STEADY
              ? Trying.NOTHING
              : new Trying(trying.of(), false, trying.planned(), trying.runs(), trying.crashes());
    }
    if (should && !does && standby != null && candidate != null) {
      int planned = candidate.equals(trying.of()) ? trying.planned() : 0;
      draft.trying = new Trying(candidate, true, planned, new TreeMap<>(), 0);
      draft.trial = trial(draft, candidate);
      draft.required = true;
      draft.startShadow(standby);
    }
  }

  /** What is tried now, with the starts that were counted already. */
  static Trial trial(SlotDraft draft, Generation of) {
    Trial known = draft.trial;
    return known != null && known.ride().equals(of.ride()) && known.digest().equals(of.digest())
        ? known
        : new Trial(of.ride(), of.digest(), 1);
  }

  private static boolean isOf(@Nullable Generation generation, String digest) {
    return generation != null && generation.digest().equals(digest);
  }
}
