package dev.jiggety.desktop.chart;

/**
 * What a line is made of: single samples, or sums over steps of time. Immutable, in the order of
 * time.
 */
public sealed interface LineData permits Samples, Steps {
  /** What the line is called: a node, a test. */
  String name();

  /** How many samples or steps it has. */
  int size();

  /** Where a sample or step begins, in milliseconds since 1970. */
  long time(int index);

  /** The time of a sample, or the median of a step, in milliseconds; NaN where there is none. */
  double value(int index);

  /** Whether a failure is in it. */
  boolean failed(int index);

  /** The first place at or after a time; {@link #size} when there is none. */
  int firstAtOrAfter(long time);
}
