package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Proposal;
import dev.jiggety.agent.slot.SlotState.Refused;
import dev.jiggety.agent.slot.SlotState.Waiting;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.SlotReport.Stage;
import dev.jiggety.model.rules.Digests;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the head wants and is not here: asks for it, and says in the end what is wrong with it. */
final class Lacking {
  /** How long a candidate may come after the head that wants it. */
  static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration FIRST_PULL = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 5;

  private Lacking() {}

  /** What is lacking may be on its way; when it is not, this says what is wrong with it. */
  static void await(SlotDraft draft, Head head, @Nullable Generation lacking) {
    Waiting waiting = draft.waiting;
    if (lacking == null) {
      draft.waiting = new Waiting(null, 0, null, waiting.strange());
      return;
    }
    Moment since = waiting.since() == null ? draft.now : waiting.since();
    int pulls = waiting.pulls();
    Moment nextPull = waiting.nextPull();
    boolean isOnTrial = lacking.equals(Moves.target(draft, head));
    if (isOnTrial) {
      draft.standing(lacking, Stage.NONE, null);
    }
    if (isOnTrial && hasBase(draft, head)) {
      blame(draft, lacking, draft.now.since(since).compareTo(GRACE) >= 0);
      nextPull = null;
    } else {
      Refused refused = draft.refused(SlotState.CANDIDATE);
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
    Refused refused = draft.refused(SlotState.CANDIDATE);
    if (proposal != null && proposal.ride().equals(lacking.ride())) {
      Digests.Applied applied = Digests.apply(draft.active.configuration(), proposal.changes());
      if (applied instanceof Digests.Conflicts conflicts) {
        draft.refuse(
            SlotState.CANDIDATE,
            Refusal.CONFLICTING,
            "the candidate does not fit what is in force: "
                + conflicts.conflicts().getFirst().text());
      } else {
        draft.refuse(
            SlotState.CANDIDATE,
            Refusal.WRONG_DIGEST,
            "the candidate's changes do not give the digest that the head wants; patches were"
                + " mixed up or left out");
      }
    } else if (refused == null && isLate) {
      draft.refuse(
          SlotState.CANDIDATE,
          Refusal.OTHER_RIDE,
          proposal == null
              ? "the hub has no candidate, the head wants that of " + lacking.ride()
              : "the candidate is of "
                  + proposal.ride()
                  + ", the head wants that of "
                  + lacking.ride());
    }
    Refused why = draft.refused(SlotState.CANDIDATE);
    if (why != null) {
      draft.standing(lacking, Stage.FAILED, why.text());
    }
  }

  /** Whether what the candidate was made from is here. */
  private static boolean hasBase(SlotDraft draft, Head head) {
    Generation base = head.phase() == Phase.PROMOTING ? head.previous() : head.active();
    return base != null && base.digest().equals(draft.active.digest());
  }
}
