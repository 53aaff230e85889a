package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.KnownBad;
import dev.jiggety.agent.slot.SlotState.Proposal;
import dev.jiggety.agent.slot.SlotState.Refused;
import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.agent.slot.SlotState.Trying;
import dev.jiggety.agent.slot.SlotState.Unfit;
import dev.jiggety.agent.slot.SlotState.Waiting;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes into which slot: brings a node to what its head wants, as far as it has it. */
final class Moves {
  static final String HEAD = "head";
  static final String CANDIDATE = "candidate";
  static final String DOCUMENTS = "documents";

  private static final Duration FIRST_PULL = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 5;

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
    } else if (isTaken && !isOf(target, standby)) {
      draft.standing(null, Stage.NONE, null);
    } else if (!tend(draft, head, target)) {
      lacking = target;
    }
    await(draft, head, lacking);
    shadow(draft, head);
  }

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
        (isOf(previous, back) && previous != null ? back.as(previous) : back).asPrepared();
    draft.standby = bad;
    draft.swap(draft.active);
    draft.alarm(
        "back from release %d to %d: %s"
            .formatted(bad.generation().release(), draft.active.generation().release(), reason));
  }

  /** Whether the confirmed documents are, or are about to be, what that generation says. */
  static boolean explains(SlotDraft draft, Generation generation) {
    Configuration confirmed = draft.confirmed;
    if (confirmed == null) {
      return false;
    }
    return Heads.proves(generation, Digests.of(confirmed))
        || applied(draft, confirmed, generation) != null;
  }

  private static @Nullable Generation wanted(SlotDraft draft, Head head) {
    Generation wanted = Heads.wanted(head, draft.node);
    boolean isOnTrial = head.phase() == Phase.PROMOTING && head.active().equals(wanted);
    return isOnTrial && draft.knownBad(head.active()) != null ? head.previous() : wanted;
  }

  private static @Nullable Generation target(SlotDraft draft, Head head) {
    return switch (head.phase()) {
      case STEADY -> null;
      case TRIAL -> head.candidate();
      case PROMOTING -> isUnconfirmed(draft, head) ? null : head.active();
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
      Configuration found = find(draft, wanted);
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
    if (isUnconfirmed(draft, head)) {
      draft.standby = toGoBackTo(draft, head, before);
      draft.trial = trial(draft, to.generation());
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
    if (previous == null || isOf(previous, before)) {
      return previous == null ? before : before.as(previous);
    }
    Configuration confirmed = draft.confirmed;
    return confirmed != null && Heads.proves(previous, Digests.of(confirmed))
        ? new Slot(previous, confirmed, false)
        : before;
  }

  private static Trial trial(SlotDraft draft, Generation of) {
    Trial known = draft.trial;
    return known != null && known.ride().equals(of.ride()) && known.digest().equals(of.digest())
        ? known
        : new Trial(of.ride(), of.digest(), 1);
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
        && !isOf(head.previous(), standby)
        && !(isOf(head.active(), standby) && !isOf(head.active(), draft.active))) {
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
    if (!isOf(target, standby)) {
      Configuration found = find(draft, target);
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

  /** What is lacking may be on its way; when it is not, this says what is wrong with it. */
  private static void await(SlotDraft draft, Head head, @Nullable Generation lacking) {
    Waiting waiting = draft.waiting;
    if (lacking == null) {
      draft.waiting = new Waiting(null, 0, null, waiting.strange());
      return;
    }
    Moment since = waiting.since() == null ? draft.now : waiting.since();
    int pulls = waiting.pulls();
    Moment nextPull = waiting.nextPull();
    boolean isOnTrial = lacking.equals(target(draft, head));
    if (isOnTrial) {
      draft.standing(lacking, Stage.NONE, null);
    }
    if (isOnTrial && hasBase(draft, head)) {
      blame(draft, lacking, draft.now.since(since).compareTo(Slots.GRACE) >= 0);
      nextPull = null;
    } else {
      Refused refused = draft.refused(CANDIDATE);
      if (isOnTrial && refused != null) {
        draft.standing(lacking, Stage.FAILED, refused.text());
      }
      if (nextPull == null || draft.now.isAt(nextPull.nanos())) {
        draft.pull(head.reportWithin());
        nextPull = draft.now.plus(FIRST_PULL.multipliedBy(1L << Math.min(pulls, MOST_DOUBLINGS)));
        pulls++;
      }
    }
    draft.waiting = new Waiting(since, pulls, nextPull, waiting.strange());
  }

  private static void blame(SlotDraft draft, Generation lacking, boolean isLate) {
    Proposal proposal = draft.proposal;
    Refused refused = draft.refused(CANDIDATE);
    if (proposal != null && proposal.ride().equals(lacking.ride())) {
      Digests.Applied applied = Digests.apply(draft.active.configuration(), proposal.changes());
      if (applied instanceof Digests.Conflicts conflicts) {
        draft.refuse(
            CANDIDATE,
            Refusal.CONFLICTING,
            "the candidate does not fit what is in force: "
                + conflicts.conflicts().getFirst().text());
      } else {
        draft.refuse(
            CANDIDATE,
            Refusal.WRONG_DIGEST,
            "the candidate's changes do not give the digest that the head wants; patches were"
                + " mixed up or left out");
      }
    } else if (refused == null && isLate) {
      draft.refuse(
          CANDIDATE,
          Refusal.OTHER_RIDE,
          proposal == null
              ? "the hub has no candidate, the head wants that of " + lacking.ride()
              : "the candidate is of "
                  + proposal.ride()
                  + ", the head wants that of "
                  + lacking.ride());
    }
    Refused why = draft.refused(CANDIDATE);
    if (why != null) {
      draft.standing(lacking, Stage.FAILED, why.text());
    }
  }

  /** Whether what the candidate was made from is here. */
  private static boolean hasBase(SlotDraft draft, Head head) {
    Generation base = head.phase() == Phase.PROMOTING ? head.previous() : head.active();
    return base != null && base.digest().equals(draft.active.digest());
  }

  private static @Nullable Configuration find(SlotDraft draft, Generation wanted) {
    if (isOf(wanted, draft.active)) {
      return draft.active.configuration();
    }
    Configuration confirmed = draft.confirmed;
    if (confirmed != null && Heads.proves(wanted, Digests.of(confirmed))) {
      return confirmed;
    }
    Configuration made = applied(draft, draft.active.configuration(), wanted);
    return made != null || confirmed == null ? made : applied(draft, confirmed, wanted);
  }

  private static @Nullable Configuration applied(
      SlotDraft draft, Configuration base, Generation wanted) {
    Proposal proposal = draft.proposal;
    if (proposal == null || !proposal.ride().equals(wanted.ride())) {
      return null;
    }
    return Digests.apply(base, proposal.changes()) instanceof Digests.Done done
            && Heads.proves(wanted, Digests.of(done.configuration()))
        ? done.configuration()
        : null;
  }

  private static boolean isOf(@Nullable Generation generation, @Nullable Slot slot) {
    return generation != null && slot != null && slot.digest().equals(generation.digest());
  }

  private static boolean isUnfit(SlotDraft draft, Generation generation) {
    return draft.unfit != null && draft.unfit.digest().equals(generation.digest());
  }

  /** Canaries run the changed tests in both slots while the candidate is on trial. */
  private static void shadow(SlotDraft draft, Head head) {
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
}
