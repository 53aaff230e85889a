package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.model.Head;
import java.time.Duration;

/** The end of the process, and its beginning with what was kept. */
final class Restarts {
  /** So many ends of the process while it tries the same thing are the fault of that. */
  private static final int MOST_STARTS = 3;

  private Restarts() {}

  /** Goes on with what was kept; too many ends over the same thing are the fault of that. */
  static void restarted(SlotDraft draft) {
    Numbers.begin(draft);
    draft.swap(draft.active);
    if (draft.standby != null) {
      draft.standby = new Slot(draft.standby.generation(), draft.standby.configuration(), false);
    }
    Head head = draft.head();
    if (draft.confirmBy != null && head != null) {
      Duration whole = head.confirmWithin() == null ? Duration.ZERO : head.confirmWithin();
      Duration left = Duration.between(draft.now.wall(), draft.confirmBy);
      left = left.isNegative() ? Duration.ZERO : left.compareTo(whole) > 0 ? whole : left;
      draft.deadline = draft.now.nanos() + left.toNanos();
    }
    draft.pull(Duration.ZERO);
    Trial trial = draft.trial;
    if (trial != null && head != null) {
      Trial again = new Trial(trial.ride(), trial.digest(), trial.starts() + 1);
      draft.trial = again;
      if (again.starts() > MOST_STARTS) {
        String reason = "the node ended " + MOST_STARTS + " times while it tried it";
        draft.trial = null;
        Trials.failed(draft, again.digest(), reason);
      }
    }
    Timing.passed(draft);
    Moves.settle(draft);
    draft.report();
  }

  /** What is tried is not to blame for an end in order. */
  static void stopping(SlotDraft draft) {
    Trial trial = draft.trial;
    if (trial != null) {
      draft.trial = new Trial(trial.ride(), trial.digest(), 0);
    }
    if (draft.trying.running()) {
      draft.stopShadow();
    }
  }
}
