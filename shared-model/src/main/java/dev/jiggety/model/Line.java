package dev.jiggety.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The places in the line that were given out. Changed by compare-and-swap, so that two managers
 * never give one place to two patches.
 *
 * @param last the last place that was given; 0 for none yet
 * @param given the patches of those places whose rollouts may not know of them yet
 */
public record Line(long last, SortedMap<Long, String> given) {
  /** Nothing was given out yet. */
  public static final Line EMPTY = new Line(0, new TreeMap<>());

  public Line {
    given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }
}
