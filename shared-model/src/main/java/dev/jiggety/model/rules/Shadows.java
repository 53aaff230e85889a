package dev.jiggety.model.rules;

import dev.jiggety.model.SlotReport.Shadow;

/** What runs of a changed test in both slots say about the patch. */
public final class Shadows {
  private Shadows() {}

  /** What they say. */
  public enum Judgement {
    /** Nothing yet: neither a pass nor a failure. */
    NO_DATA,
    /** The new one passes. */
    PASSED,
    /** New and old fail: the site is down, the patch is not to blame. */
    SITE_DOWN,
    /** A new test fails and there is no old one to compare with. */
    NOTHING_TO_COMPARE,
    /** The new one fails where the old one passes. */
    AT_FAULT;

    /** Whether it counts for the minimum sample. */
    public boolean counts() {
      return this == PASSED || this == SITE_DOWN || this == NOTHING_TO_COMPARE;
    }
  }

  /** Whether it has failed, and not often enough to say whose fault that is. */
  public static boolean isDoubtful(Shadow runs, int confirmations) {
    return runs.newFailed() > 0 && judge(runs, confirmations) == Judgement.NO_DATA;
  }

  /**
   * Judges one test on one node.
   *
   * @param confirmations failing runs before the patch is at fault; a single one may be chance
   */
  public static Judgement judge(Shadow runs, int confirmations) {
    if (runs.newPassed() > 0 && runs.newPassed() >= runs.newFailed()) {
      return Judgement.PASSED;
    }
    if (runs.newFailed() < confirmations) {
      return Judgement.NO_DATA;
    }
    if (runs.oldFailed() > 0) {
      return Judgement.SITE_DOWN;
    }
    return runs.oldPassed() > 0 ? Judgement.AT_FAULT : Judgement.NOTHING_TO_COMPARE;
  }
}
