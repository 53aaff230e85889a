package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Proposal;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import org.jspecify.annotations.Nullable;

/**
 * Where a configuration can come from: what runs, the confirmed documents, or the candidate's
 * changes to one of them. Only one whose digest proves it is found.
 */
final class Finding {
  private Finding() {}

  /** What that generation says; null when it cannot be had from what is here. */
  static @Nullable Configuration find(SlotDraft draft, Generation wanted) {
    if (Slot.isOf(wanted, draft.active)) {
      return draft.active.configuration();
    }
    Configuration confirmed = draft.confirmed;
    if (confirmed != null && Heads.proves(wanted, Digests.of(confirmed))) {
      return confirmed;
    }
    Configuration made = applied(draft, draft.active.configuration(), wanted);
    return made != null || confirmed == null ? made : applied(draft, confirmed, wanted);
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
}
