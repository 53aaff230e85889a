package dev.jiggety.desktop.chart;

import dev.jiggety.model.Verdict;

/** What some samples say together, while it is added up. Not thread-safe. */
final class Range {
  float min;
  float max;
  float largestPassed;
  boolean failed;
  final int[] runs = new int[Verdict.values().length];

  Range() {
    clear();
  }

  /** Back to nothing. */
  void clear() {
    min = Float.POSITIVE_INFINITY;
    max = Float.NEGATIVE_INFINITY;
    largestPassed = Float.NEGATIVE_INFINITY;
    failed = false;
    java.util.Arrays.fill(runs, 0);
  }

  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  void add(Samples samples, int index) {
    float value = (float) samples.value(index);
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (samples.failed(index)) {
      failed = true;
    } else {
      largestPassed = Math.max(largestPassed, value);
    }
    if (samples.beginsRun(index)) {
      runs[samples.verdict(index).ordinal()]++;
    }
  }
}
