package dev.jiggety.agent.slot;

/**
 * Numbers of reports, which rise over all restarts. They are kept in advance, so that not every
 * report goes to the disk.
 */
final class Numbers {
  /** Small, so that after a restart the clock is ahead of it even where nothing could be kept. */
  private static final long RESERVE = 200;

  private Numbers() {}

  /** Whether a report of that number asks for a higher reserve. */
  static boolean runOut(SlotState state, long number) {
    return number + RESERVE / 2 >= state.kept().reserved();
  }

  /** A report had that number. */
  static void used(SlotDraft draft, long number) {
    draft.number = Math.max(draft.number, number);
    reserve(draft);
  }

  /** A new process begins: above all that were used, and above the clock. */
  static void begin(SlotDraft draft) {
    draft.number = Math.max(draft.reserved, draft.now.wall().toEpochMilli());
    reserve(draft);
  }

  private static void reserve(SlotDraft draft) {
    if (draft.number + RESERVE / 2 >= draft.reserved) {
      draft.reserved = draft.number + RESERVE;
    }
  }
}
