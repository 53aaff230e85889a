package dev.jiggety.desktop.chart;

import dev.jiggety.model.Verdict;
import java.util.Arrays;

/**
 * Samples reduced to what can be seen of them: for each pixel column the first, smallest, largest
 * and last value, whether a failure is among them, and how the runs went. A spike of a single
 * sample in a million survives. NaN where a column has no sample. Immutable once made.
 */
public final class Columns {
  private static final int VERDICTS = Verdict.values().length;

  private final double[] first;
  private final double[] min;
  private final double[] max;
  private final double[] last;
  private final long[] firstTime;
  private final long[] lastTime;
  private final boolean[] failed;
  private final int[] runs;
  private final int points;
  private final double largestPassed;

  private Columns(int count, Samples samples, Viewport view) {
    first = nothing(count);
    min = nothing(count);
    max = nothing(count);
    last = nothing(count);
    firstTime = new long[count];
    lastTime = new long[count];
    failed = new boolean[count];
    runs = new int[count * VERDICTS];
    int begin = samples.firstAtOrAfter(view.from());
    int end = samples.firstAtOrAfter(view.to(), begin);
    double largest = Double.NaN;
    Range range = new Range();
    int at = begin;
    while (at < end) {
      int column = view.column(samples.time(at), count);
      int next = Math.min(end, samples.firstAtOrAfter(view.columnEnd(column, count), at));
      range.clear();
      samples.collect(at, next, range);
      put(column, samples, at, next, range);
      if (range.largestPassed > Float.NEGATIVE_INFINITY && !(range.largestPassed <= largest)) {
        largest = range.largestPassed;
      }
      at = next;
    }
    points = end - begin;
    largestPassed = largest;
  }

  /**
   * Reduces a line, in time in proportion to the columns.
   *
   * @param count pixel columns, at least 1
   */
  public static Columns of(Samples samples, Viewport view, int count) {
    return new Columns(count, samples, view);
  }

  private void put(int column, Samples samples, int from, int to, Range range) {
    first[column] = samples.value(from);
    last[column] = samples.value(to - 1);
    firstTime[column] = samples.time(from);
    lastTime[column] = samples.time(to - 1);
    min[column] = range.min;
    max[column] = range.max;
    failed[column] = range.failed;
    System.arraycopy(range.runs, 0, runs, column * VERDICTS, VERDICTS);
  }

  private static double[] nothing(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** How many columns there are. */
  public int count() {
    return first.length;
  }

  /** How many samples went in. */
  public int points() {
    return points;
  }

  /** The largest value of a sample that is no failure; NaN without any. */
  public double largestPassed() {
    return largestPassed;
  }

  /** The largest value of all; 0 without any. */
  public double largest() {
    double largest = 0;
    for (double value : max) {
      if (value > largest) {
        largest = value;
      }
    }
    return largest;
  }

  /** Whether no sample fell into a column. */
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

  /** The time of the first sample in a column. */
  public long firstTime(int column) {
    return firstTime[column];
  }

  /** The time of the last sample in a column. */
  public long lastTime(int column) {
    return lastTime[column];
  }

  /** Whether a failure is in a column. */
  public boolean failed(int column) {
    return failed[column];
  }

  /** How many runs of a verdict began in a column. */
  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  public int runs(int column, Verdict verdict) {
    return runs[column * VERDICTS + verdict.ordinal()];
  }
}
