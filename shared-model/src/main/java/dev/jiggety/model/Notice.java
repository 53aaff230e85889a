package dev.jiggety.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One message to one channel, of one incident or several; also the record that nobody was told, and
 * why. Written by the active manager alone.
 *
 * @param id made of due time, policy, channel, reason and part, so that a second manager that comes
 *     to the same conclusion makes the same notice
 * @param policy why; empty for a test
 * @param channel where to
 * @param due when it was to be sent, at the earliest
 * @param items what it is about; empty for a test
 * @param state how far it is
 * @param text why it was withheld, or what went wrong last, or what the other side said; one line
 *     for people, may be empty
 * @param remark that something about it is not as it was meant, like a template that failed; may be
 *     empty
 * @param attempts how often it was tried
 * @param next when it is tried again, or, while it is being sent, when another manager may; null
 *     when it is at an end
 * @param created when a manager made it
 * @param sent when the other side had taken it; null before
 * @param epoch of the manager that had it last
 */
public record Notice(
    String id,
    String policy,
    String channel,
    Reason reason,
    Instant due,
    List<Item> items,
    State state,
    String text,
    String remark,
    int attempts,
    @Nullable Instant next,
    Instant created,
    @Nullable Instant sent,
    long epoch) {

  public Notice {
    items = List.copyOf(items);
  }

  /** Whether nothing happens to it any more by itself. */
  public boolean isFinal() {
    return state == State.SENT || state == State.FAILED || state == State.WITHHELD;
  }

  /** The same, being sent: whoever stored this has it. */
  public Notice claimed(long by, Instant until) {
    return with(State.SENDING, text, remark, attempts + 1, until, null, by);
  }

  /** The same, taken by the other side. */
  public Notice sent(String answer, String newRemark, Instant at) {
    return with(State.SENT, answer, newRemark, attempts, null, at, epoch);
  }

  /** The same, to be tried again. */
  public Notice again(String why, String newRemark, Instant at) {
    return with(State.QUEUED, why, newRemark, attempts, at, null, epoch);
  }

  /** The same, given up. */
  public Notice failed(String why, String newRemark) {
    return with(State.FAILED, why, newRemark, attempts, null, null, epoch);
  }

  private Notice with(
      State newState,
      String newText,
      String newRemark,
      int newAttempts,
      @Nullable Instant newNext,
      @Nullable Instant newSent,
      long newEpoch) {
    return new Notice(
        id,
        policy,
        channel,
        reason,
        due,
        items,
        newState,
        newText,
        newRemark,
        newAttempts,
        newNext,
        created,
        newSent,
        newEpoch);
  }

  /**
   * What is told of an incident.
   *
   * @param incident its id
   * @param kind how bad it was when this was told
   * @param step of the policy, from 0
   * @param number of the reminder, from 1; of what was said to be over and was not, or was over
   *     again, how often that was told before; 0 for everything else
   */
  public record Item(String incident, Incident.Kind kind, Reason reason, int step, int number) {}

  /** Why somebody is told. */
  public enum Reason {
    /** An incident is new. */
    OPENED,
    /** It has got worse. */
    WORSE,
    /** Nobody looks after it. */
    ESCALATION,
    /** It lasts. */
    REMINDER,
    /** It is over. */
    RESOLVED,
    /** Several of these together, since there were too many, or it is late. */
    SUMMARY,
    /** Somebody wanted to see whether it works. */
    TEST;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far it is. */
  public enum State {
    /** It waits, for the first or for another attempt. */
    QUEUED,
    /** A manager is about to send it. */
    SENDING,
    /** The other side has taken it. */
    SENT,
    /** It was given up; {@code jiggety notify retry} tries it again. */
    FAILED,
    /** Nobody was told, on purpose. */
    WITHHELD;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
