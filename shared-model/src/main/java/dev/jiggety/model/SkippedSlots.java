package dev.jiggety.model;

import java.time.Instant;
import java.util.Locale;

/**
 * Planned times of a test that did not become runs. Together with the runs they account for every
 * slot of the schedule: a gap in a chart is always explained.
 *
 * @param testId the test
 * @param why the class of reason
 * @param first the first planned time that was skipped
 * @param last the last one; equal to {@code first} for a single slot
 * @param count how many, at least 1
 * @param reason one line for people
 */
public record SkippedSlots(
    String testId, Why why, Instant first, Instant last, int count, String reason) {

  /** Classes of reasons. */
  public enum Why {
    /** It should have run and could not: the node was down, asleep, or the last run still went. */
    MISSED,
    /** It was not meant to run: switched off, in a maintenance window. */
    SUPPRESSED;

    /** The lower-case name that documents and screens use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
