package dev.jiggety.desktop.chart;

import java.util.Arrays;

/**
 * A line reduced to what can be seen of it: for each pixel column the first, smallest, largest and
 * last value and whether a failure is among them. A spike of a single point in a million survives.
 * NaN where a column has no point. Immutable once made.
 */
public final class Columns {
  private final double[] first;
  private final double[] min;
  private final double[] max;
  private final double[] last;
  private final long[] firstTime;
  private final long[] lastTime;
  private final boolean[] failed;
  private final int points;
  private final double largestPassed;

  private Columns(int count, Series<?> series, Viewport view) {
    first = nothing(count);
    min = nothing(count);
    max = nothing(count);
    last = nothing(count);
    firstTime = new long[count];
    lastTime = new long[count];
    failed = new boolean[count];
    int from = series.firstAtOrAfter(view.from());
    int to = series.firstAtOrAfter(view.to());
    double largest = Double.NaN;
    for (int i = from; i < to; i++) {
      add(view.column(series.time(i), count), series, i);
      if (!series.failed(i) && !(series.value(i) <= largest)) {
        largest = series.value(i);
      }
    }
    points = to - from;
    largestPassed = largest;
  }

  /**
   * Reduces a line. Takes time in proportion to the points in view, so not on the FX thread.
   *
   * @param count pixel columns, at least 1
   */
  public static Columns of(Series<?> series, Viewport view, int count) {
    return new Columns(count, series, view);
  }

  private static double[] nothing(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private void add(int column, Series<?> series, int index) {
    double value = series.value(index);
    if (Double.isNaN(first[column])) {
      first[column] = value;
      min[column] = value;
      max[column] = value;
      firstTime[column] = series.time(index);
    }
    min[column] = Math.min(min[column], value);
    max[column] = Math.max(max[column], value);
    last[column] = value;
    lastTime[column] = series.time(index);
    failed[column] |= series.failed(index);
  }

  /** How many columns there are. */
  public int count() {
    return first.length;
  }

  /** How many points went in. */
  public int points() {
    return points;
  }

  /** The largest value of a point that is no failure; NaN without any. */
  public double largestPassed() {
    return largestPassed;
  }

  /** Whether no point fell into a column. */
  public boolean isEmpty(int column) {
    return Double.isNaN(first[column]);
  }

  public double first(int column) {
    return first[column];
  }

  public double min(int column) {
    return min[column];
  }

  public double max(int column) {
    return max[column];
  }

  public double last(int column) {
    return last[column];
  }

  /** The time of the first point in a column. */
  public long firstTime(int column) {
    return firstTime[column];
  }

  /** The time of the last point in a column. */
  public long lastTime(int column) {
    return lastTime[column];
  }

  /** Whether a failure is in a column. */
  public boolean failed(int column) {
    return failed[column];
  }
}
