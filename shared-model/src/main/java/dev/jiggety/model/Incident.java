package dev.jiggety.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A span in which something is not as it should be, decided over nodes, with its evidence. Written
 * by the active manager alone; what people say of it are {@link IncidentAct}s.
 *
 * @param id made of subject and beginning as they were when it was found; never changes
 * @param kind what is wrong, the worst that it was
 * @param subject the id of the test, or the name of the node
 * @param began when it began, by the times of the runs; corrected when results come late
 * @param detected when a manager knew it
 * @param ended when it was over, by the times of the runs; null as long as it lasts
 * @param resolved when a manager knew that; null before
 * @param text one line for people: what is wrong
 * @param witnesses what each node said that spoke for it or against it when it was detected, and
 *     the last word of each since
 * @param suppressed why nobody is told of it; null when somebody is
 * @param acknowledged by whom; null for nobody
 * @param trail everything that was decided about it and why, oldest first, bounded
 * @param epoch of the manager that wrote it last; one of a lower epoch must not write it any more
 */
public record Incident(
    String id,
    Kind kind,
    String subject,
    Instant began,
    Instant detected,
    @Nullable Instant ended,
    @Nullable Instant resolved,
    String text,
    List<Witness> witnesses,
    @Nullable Suppression suppressed,
    @Nullable Acknowledgement acknowledged,
    List<Entry> trail,
    long epoch) {

  public Incident {
    witnesses = List.copyOf(witnesses);
    trail = List.copyOf(trail);
  }

  /** One that no manager has written. */
  public Incident(
      String id,
      Kind kind,
      String subject,
      Instant began,
      Instant detected,
      @Nullable Instant ended,
      @Nullable Instant resolved,
      String text,
      List<Witness> witnesses,
      @Nullable Suppression suppressed,
      @Nullable Acknowledgement acknowledged,
      List<Entry> trail) {
    this(
        id,
        kind,
        subject,
        began,
        detected,
        ended,
        resolved,
        text,
        witnesses,
        suppressed,
        acknowledged,
        trail,
        0);
  }

  /** Whether it lasts. */
  public boolean isOpen() {
    return ended == null;
  }

  /** What is wrong. In the order of how bad it is. */
  public enum Kind {
    /** The certificate of a test's site ends soon, or has ended. */
    CERTIFICATE,
    /**
     * A node is silent, cut off, late, or its clock is off; one for each node, whatever the cause.
     */
    NODE,
    /** Nobody can tell how a test is. */
    NO_DATA,
    /** A test goes up and down too often to tell each time. */
    FLAPPING,
    /** A test is slower than it allows. */
    DEGRADED,
    /** A test is down. */
    DOWN;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What one node said.
   *
   * @param at when its run began
   * @param failure why it failed; null when it did not
   * @param batch the id of the document that holds the run with all its evidence
   */
  public record Witness(
      String node, Verdict verdict, Instant at, @Nullable Failure failure, String batch) {}

  /** Why nobody is told. */
  public record Suppression(Reason reason, String text) {
    /** Classes of reasons. */
    public enum Reason {
      /** A maintenance window. */
      MAINTENANCE,
      /** A test that this one depends on is down. */
      DEPENDENCY,
      /** It was over before anybody knew of it: results came late. */
      TOO_LATE,
      /** Somebody muted it. */
      MUTED;

      /** The lower-case name that documents and screens use. */
      public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
    }
  }

  /** Somebody looks after it. */
  public record Acknowledgement(String by, Instant at, String text) {}

  /**
   * A line of the trail.
   *
   * @param at when it was decided, by the manager's clock
   * @param event one of a few words: {@code opened}, {@code changed}, {@code corrected}, {@code
   *     suppressed}, {@code acknowledged}, {@code comment}, {@code resolved}, {@code notified},
   *     {@code withheld}
   * @param text what and why, for people
   */
  public record Entry(Instant at, String event, String by, String text) {}
}
