package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the manager has to do after an event. The rollout is to be stored first; then every effect
 * can be done again without harm, and {@code TakenUp} gives anew those that may have been lost.
 */
public sealed interface RolloutEffect {

  /** Put the patch on the queue; the queue knows it by its id and takes it once. */
  record Enqueue(String patchId) implements RolloutEffect {}

  /** Ask for a second operator, anyone but these. */
  record AskApproval(SortedSet<String> notBy) implements RolloutEffect {
    public AskApproval {
      notBy = Collections.unmodifiableSortedSet(new TreeSet<>(notBy));
    }
  }

  /** Check signature, schema, rights and edits, and answer with an event. */
  record Check() implements RolloutEffect {}

  /**
   * Write the head and answer with an event; one at a time and in order.
   *
   * @param attempt failures in a row so far: how long to wait before
   */
  record WriteHead(HeadChange change, int attempt) implements RolloutEffect {}

  /** Send {@code TimePassed} then; replaces any earlier wish. */
  record WakeAt(Instant time) implements RolloutEffect {}

  /** The queue stops. */
  record HoldQueue(String reason) implements RolloutEffect {}

  /** The queue goes on. */
  record ReleaseQueue() implements RolloutEffect {}

  /** The messages of these patches are done with: acknowledge them. */
  record Acknowledge(List<String> patchIds) implements RolloutEffect {
    public Acknowledge {
      patchIds = List.copyOf(patchIds);
    }
  }

  /** Carry these groups out next, one after the other, before anything that waits. */
  record RideAgain(List<List<String>> groups) implements RolloutEffect {
    public RideAgain {
      groups = groups.stream().map(List::copyOf).toList();
    }
  }

  /** Submit a new patch that brings back what these patches changed. */
  record SubmitReverse(List<String> patchIds, String by) implements RolloutEffect {
    public SubmitReverse {
      patchIds = List.copyOf(patchIds);
    }
  }

  /** These nodes are not where they should be: leave them out and tell people. */
  record Quarantine(SortedSet<String> nodes) implements RolloutEffect {
    public Quarantine {
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
  }

  /** Tell people. */
  record Alert(String text) implements RolloutEffect {}

  /** A line for the audit log. */
  record Audit(Rollout.Transition transition) implements RolloutEffect {}

  /** Answer to an operator: not done, and why. */
  record Refuse(Cause.Act act, String reason) implements RolloutEffect {}

  /** Another manager is active: stop writing at once. */
  record StandDown(long epoch) implements RolloutEffect {}
}
