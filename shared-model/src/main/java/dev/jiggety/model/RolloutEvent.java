package dev.jiggety.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whatever can happen to a rollout. */
public sealed interface RolloutEvent {

  /** The queue has synced the patch; it got its place in the line. */
  record Queued(long seq) implements RolloutEvent {}

  /** Its turn has come. */
  record Turn() implements RolloutEvent {}

  /** Another rollout takes its patch along. */
  record JoinedBy(String ride) implements RolloutEvent {}

  /** It takes along these patches, which touch other tests; only before it is checked. */
  record Takes(List<Rollout.Rider> riders) implements RolloutEvent {
    public Takes {
      riders = List.copyOf(riders);
    }
  }

  /**
   * The checks have passed.
   *
   * @param base the digest in force that it was checked against
   * @param digest the digest with its changes
   * @param nodes who takes part: nodes that are in service and heard of lately
   * @param preferred those among them that run changed tests: better canaries
   * @param absent how many are in service and not heard of
   * @param tombstones places in the line that were given up since the last ride, ascending
   */
  record CheckPassed(
      String base,
      String digest,
      SortedSet<String> nodes,
      SortedSet<String> preferred,
      int absent,
      List<Long> tombstones)
      implements RolloutEvent {
    public CheckPassed {
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
      preferred = Collections.unmodifiableSortedSet(new TreeSet<>(preferred));
      tombstones = List.copyOf(tombstones);
    }
  }

  /**
   * The checks refuse it for good.
   *
   * @param patchIds which of its patches; empty for all of them
   */
  record CheckRefused(SortedSet<String> patchIds, List<String> problems) implements RolloutEvent {
    public CheckRefused {
      patchIds = Collections.unmodifiableSortedSet(new TreeSet<>(patchIds));
      problems = List.copyOf(problems);
    }
  }

  /** All that it wants is in force already. */
  record NothingToDo() implements RolloutEvent {}

  /** It could not be checked: hub away, disk full; try again. */
  record CheckFailed(String error) implements RolloutEvent {}

  /** The head was written, or was found to say so already. */
  record HeadWritten(HeadChange.Step step, Head head) implements RolloutEvent {}

  /** The head could not be written; try again. */
  record HeadFailed(HeadChange.Step step, String error) implements RolloutEvent {}

  /** The head will not take this change for good: somebody else changed what is in force. */
  record HeadRefused(HeadChange.Step step, String error) implements RolloutEvent {}

  /** The head has a higher epoch: another manager is active. */
  record Fenced(long epoch) implements RolloutEvent {}

  /** A manager takes the rollout up: after a start, or from another manager. */
  record TakenUp(long epoch) implements RolloutEvent {}

  /** Nodes say how they are; all that has come since the last time at once. */
  record Reported(List<SlotReport> reports) implements RolloutEvent {
    public Reported {
      reports = List.copyOf(reports);
    }

    /** One node says so. */
    public Reported(SlotReport report) {
      this(List.of(report));
    }
  }

  /** Nodes were taken out of service: they count as neither from now on. */
  record Retired(SortedSet<String> nodes) implements RolloutEvent {
    public Retired {
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
  }

  /** Time has passed; what is due is done. */
  record TimePassed() implements RolloutEvent {}

  /** An operator asks for something. */
  record Command(Cause.Act act, String by, String reason) implements RolloutEvent {}
}
