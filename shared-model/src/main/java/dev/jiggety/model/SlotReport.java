package dev.jiggety.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about its two slots. Reports may come late, twice and out of order: the number
 * tells.
 *
 * @param node the node's name
 * @param number grows with each report of this node for ever, restarts included
 * @param running what its active slot runs
 * @param standby what its standby slot holds or is building; null for nothing of interest
 * @param stage how far the standby slot is
 * @param error what is wrong with the standby slot or the swap; null for nothing
 * @param planned how many changed tests it runs in both slots; 0 where none of them is placed here,
 *     {@link #NOT_ASKED} where it is no canary by the head that it follows
 * @param shadow results of the changed tests in both slots, so far
 * @param health how the executor fares
 */
public record SlotReport(
    String node,
    long number,
    Generation running,
    @Nullable Generation standby,
    Stage stage,
    @Nullable String error,
    int planned,
    List<Shadow> shadow,
    Health health) {

  /** It has not been asked to try the candidate, so that its being ready proves nothing. */
  public static final int NOT_ASKED = -1;

  public SlotReport {
    shadow = List.copyOf(shadow);
  }

  /** How far a standby slot is. */
  public enum Stage {
    /** Nothing to stage. */
    NONE,
    /** Content there and its digest proved. */
    STAGED,
    /** Parsed, compiled, secrets resolved: could swap at once. */
    READY,
    /** Cannot be made ready. */
    FAILED;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Runs of one changed test, old and new definition, since the candidate is ready. A run whose
   * verdict is unknown counts nowhere.
   *
   * @param testId the test
   * @param oldPassed runs of the definition in force that were up or degraded
   * @param oldFailed runs of the definition in force that were down; both 0 for a new test
   * @param newPassed runs of the candidate's definition that were up or degraded
   * @param newFailed runs of the candidate's definition that were down
   */
  public record Shadow(String testId, int oldPassed, int oldFailed, int newPassed, int newFailed) {}

  /**
   * How the executor of a node fares since the candidate came into a slot.
   *
   * @param alive whether it runs
   * @param crashes how often it had to be started anew
   * @param lateness p99 of start lateness; null before the first run
   * @param latenessBefore the same before the candidate came; null when not known
   */
  public record Health(
      boolean alive, int crashes, @Nullable Duration lateness, @Nullable Duration latenessBefore) {
    /** Nothing to complain about. */
    public static final Health GOOD = new Health(true, 0, null, null);
  }
}
