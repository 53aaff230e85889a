package dev.jiggety.base;

import java.util.Arrays;

/** Exact quantiles of a set of measurements. Immutable. */
public final class Quantiles {
  private final long[] sorted;

  /** The quantiles of these values, in whatever unit they are. */
  public Quantiles(long[] values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /**
   * The smallest value that at least this share of the values does not exceed (nearest rank); 0
   * when there are no values.
   *
   * @param share 0 to 1
   */
  public long at(double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }

  /** How many values there are. */
  public int count() {
    return sorted.length;
  }
}
