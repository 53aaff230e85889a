package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Followed;
import dev.jiggety.agent.slot.SlotState.Trying;
import dev.jiggety.agent.slot.SlotState.Waiting;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.model.rules.Heads.Acceptance;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which head a node follows, what that head asks of it, and whether the confirmed documents are
 * what a steady one says.
 */
final class Following {
  /**
   * Until the confirmed documents may be what a steady head says: the manager writes them after.
   */
  private static final Duration PULL_AFTER = Duration.ofSeconds(20);

  private static final Duration PULL_AGAIN = Duration.ofSeconds(2);

  private Following() {}

  /** Follows a head that was found genuine, unless it is older than the one it knows. */
  static void offered(SlotDraft draft, SlotEvent.HeadOffered offered) {
    Head known = draft.head();
    Head head = offered.head();
    Acceptance acceptance = Heads.accept(known, head, draft.now.wall());
    if (acceptance == Acceptance.SAME) {
      draft.believe(SlotState.HEAD);
      return;
    }
    if (!acceptance.isAccepted()) {
      draft.refuse(
          SlotState.HEAD, Refusal.of(acceptance), SlotWords.refused(acceptance, known, head));
      return;
    }
    draft.believe(SlotState.HEAD);
    draft.followed = new Followed(head, offered.document());
    draft.required = !isBack(draft, head);
    deadline(draft, head);
    draft.canaryOf = canaryOf(draft, head);
    if (head.phase() == Phase.STEADY) {
      draft.trial = null;
      draft.trying = draft.trying.running() ? draft.trying : Trying.NOTHING;
      if (known == null || !known.digest().equals(head.digest())) {
        draft.pull(PULL_AFTER);
      }
    }
    draft.waiting = new Waiting(null, 0, null, draft.waiting.strange());
    Timing.stale(draft);
    Moves.settle(draft);
  }

  /** Going back must not hang on the disk; whoever restarts meanwhile goes back as well. */
  private static boolean isBack(SlotDraft draft, Head head) {
    String digest = head.digest();
    Slot standby = draft.standby;
    return head.phase() == Phase.STEADY
        && (draft.active.digest().equals(digest)
            || (standby != null && standby.digest().equals(digest)));
  }

  /** Until when somebody has to confirm what is promoted. */
  private static void deadline(SlotDraft draft, Head head) {
    Duration within = head.confirmWithin();
    boolean isMeant =
        head.phase() == Phase.PROMOTING && head.active().equals(Heads.wanted(head, draft.node));
    draft.deadline =
        isMeant && within != null ? Long.valueOf(draft.now.nanos() + within.toNanos()) : null;
    draft.confirmBy = isMeant && within != null ? draft.now.wall().plus(within) : null;
  }

  /** The ride that it tries as a canary; empty for none. */
  private static String canaryOf(SlotDraft draft, Head head) {
    Generation candidate = head.candidate();
    Head.Reach reach = head.reach();
    return switch (head.phase()) {
      case STEADY -> "";
      case TRIAL ->
          candidate != null && reach != null && reach.includes(draft.node) ? candidate.ride() : "";
      case PROMOTING -> draft.canaryOf.equals(head.active().ride()) ? draft.canaryOf : "";
    };
  }

  /** The confirmed documents were read; people are told of what nobody put in force. */
  static void confirmed(SlotDraft draft, Configuration configuration) {
    draft.confirmed = configuration;
    Moves.settle(draft);
    Head head = draft.head();
    boolean canTell =
        head != null
            && head.phase() == Phase.STEADY
            && draft.active.generation().equals(head.active());
    if (!canTell || Finding.explains(draft, draft.active.generation())) {
      draft.believe(SlotState.DOCUMENTS);
      draft.strange(new TreeMap<>());
      return;
    }
    SortedMap<String, Digests.Difference> strange =
        Digests.differences(configuration, draft.active.configuration());
    if (strange.equals(draft.waiting.strange())) {
      draft.refuse(SlotState.DOCUMENTS, Refusal.WRONG_DIGEST, SlotWords.strange(strange));
    } else { // the manager may be about to write them
      draft.believe(SlotState.DOCUMENTS);
      draft.strange(strange);
      draft.pull(PULL_AGAIN);
    }
  }
}
