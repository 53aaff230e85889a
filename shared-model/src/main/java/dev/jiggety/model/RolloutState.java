package dev.jiggety.model;

import java.util.Locale;

/** Where a rollout stands. Each state that is not an end has a deadline and an exit. */
public enum RolloutState {
  /** The manager knows the patch; the queue has not confirmed it yet. */
  SUBMITTED,
  /** A second operator has to agree. */
  APPROVING,
  /** Durable on the queue, with its place in the line. */
  QUEUED,
  /** Its turn: signature, schema, rights, edits against what is in force. */
  CHECKING,
  /** Could not be applied several times; the queue stops until an operator mends or skips it. */
  HELD,
  /** Nodes build their standby slot. */
  STAGING,
  /** Canaries run the changed tests in both slots. */
  VERIFYING,
  /** The nodes of a wave swap. */
  PROMOTING,
  /** The wave is watched. */
  BAKING,
  /** Inconclusive, or an operator's wish. */
  PAUSED,
  /** Everybody goes back. */
  ROLLING_BACK,
  /** In force and confirmed. */
  COMPLETED,
  /** Refused by the checks, or by the second operator. */
  REJECTED,
  /** Taken back before it touched anything. */
  CANCELLED,
  /** Not begun in time. */
  EXPIRED,
  /** Goes on in the record of the ride that took it along. */
  JOINED,
  /** Everything is as it was before. */
  ROLLED_BACK,
  /** As it was before, except on the nodes that it names. */
  ROLLBACK_INCOMPLETE;

  /** Whether nothing happens to it any more. */
  public boolean isTerminal() {
    return compareTo(COMPLETED) >= 0;
  }

  /** Whether it is the one at most that is being carried out. */
  public boolean isUnderWay() {
    return compareTo(CHECKING) >= 0 && !isTerminal();
  }

  /** Whether the candidate is on nodes: from the first staging to the last swap back. */
  public boolean isOnNodes() {
    return compareTo(STAGING) >= 0 && !isTerminal();
  }

  /** The lower-case, hyphenated name that documents and screens use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
