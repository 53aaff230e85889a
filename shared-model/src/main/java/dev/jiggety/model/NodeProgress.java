package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far one node has come in a rollout.
 *
 * @param state its last known state
 * @param error what went wrong; null for nothing
 * @param report the number of the last report that counted; 0 before the first
 * @param heardAt when that was heard, by the manager's clock; null for never
 * @param planned how many changed tests it runs in both slots
 * @param judged how many of them have given a result that counts
 * @param doubtful how many of them have failed, and not often enough to say whose fault it is
 */
public record NodeProgress(
    State state,
    @Nullable String error,
    long report,
    @Nullable Instant heardAt,
    int planned,
    int judged,
    int doubtful) {
  /** A node that has said nothing yet. */
  public static final NodeProgress PENDING =
      new NodeProgress(State.PENDING, null, 0, null, 0, 0, 0);

  /** The same node in another state. */
  public NodeProgress in(State other, @Nullable String why) {
    return new NodeProgress(other, why, report, heardAt, planned, judged, doubtful);
  }

  /** States of a node within a rollout. */
  public enum State {
    /** Nothing heard that concerns this rollout. */
    PENDING,
    /** Holds the candidate, not ready to run it yet. */
    STAGED,
    /** Could swap at once. */
    READY,
    /** Runs it. */
    SWAPPED,
    /** Runs again what was in force before. */
    REVERTED,
    /** Could not, or did not in time. */
    FAILED,
    /** Taken out of service meanwhile: counts as neither. */
    RETIRED;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
