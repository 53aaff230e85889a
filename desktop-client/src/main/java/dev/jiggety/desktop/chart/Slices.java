package dev.jiggety.desktop.chart;

import dev.jiggety.model.Histogram;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Verdict;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines cut into slices of time that are all as long and begin at round times: how many,
 * percentiles, smallest and largest, verdicts, phases, and how the times are spread. Percentiles
 * come from the same buckets for single samples and for sums, so they do not jump where one takes
 * over from the other. Immutable once made.
 */
public final class Slices {
  /** How many buckets of {@link Histogram} make a row of the heatmap. */
  static final int HEAT = 8;

  /** How many rows a heatmap can have. */
  static final int ROWS = Histogram.LAST / HEAT + 1;

  private static final int WIDTH = Histogram.LAST + 1;
  private static final int PHASES = Phase.values().length;
  private static final int VERDICTS = Verdict.values().length;

  private final long first;
  private final long length;
  private final int count;
  private final int[] passed;
  private final float[] min;
  private final float[] max;
  private final float[][] quantiles;
  private final long[] runs;
  private final double[] phases;
  private final int[] heat;
  private final long[] errors;
  private final int[] histogram;

  private final List<LineData> lines;

  private Slices(
      List<? extends LineData> lines, Viewport view, long length, @Nullable Slices before) {
    this.lines = List.copyOf(lines);
    this.length = length;
    first = Math.floorDiv(view.from(), length) * length;
    count = (int) Math.ceilDiv(view.to() - first, length);
    passed = new int[count];
    min = filled(count, Float.POSITIVE_INFINITY);
    max = filled(count, Float.NEGATIVE_INFINITY);
    runs = new long[count * VERDICTS];
    errors = new long[count];
    phases = new double[count * PHASES];
    heat = new int[count * ROWS];
    quantiles = new float[3][];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = filled(count, Float.NaN);
    }
    histogram = new int[count * WIDTH];
    int from = 0;
    int to = 0;
    if (before != null && before.length == length && isSame(before.lines, this.lines)) {
      int shift = Math.clamp((first - before.first) / length, -count, before.count);
      from = Math.max(0, -shift);
      to = Math.max(from, Math.min(count, before.count - shift));
      copy(before, from + shift, from, to - from);
    }
    fill(0, from);
    fill(to, count);
  }

  /** Slices begin at round times, so those of another view are the very same. */
  private void copy(Slices before, int from, int to, int some) {
    System.arraycopy(before.passed, from, passed, to, some);
    System.arraycopy(before.min, from, min, to, some);
    System.arraycopy(before.max, from, max, to, some);
    System.arraycopy(before.errors, from, errors, to, some);
    for (int i = 0; i < quantiles.length; i++) {
      System.arraycopy(before.quantiles[i], from, quantiles[i], to, some);
    }
    copy(before.runs, runs, VERDICTS, from, to, some);
    copy(before.phases, phases, PHASES, from, to, some);
    copy(before.heat, heat, ROWS, from, to, some);
    copy(before.histogram, histogram, WIDTH, from, to, some);
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // arrays of one kind, both of them
  private static void copy(Object before, Object now, int width, int from, int to, int some) {
    System.arraycopy(before, from * width, now, to * width, some * width);
  }

  private void fill(int from, int to) {
    if (from >= to) {
      return;
    }
    for (LineData line : lines) {
      switch (line) {
        case Samples samples -> add(samples, from, to);
        case Steps steps -> add(steps, from, to);
      }
    }
    for (int slice = from; slice < to; slice++) {
      finish(slice);
    }
  }

  @SuppressWarnings("ReferenceEquality") // what has changed is another object
  private static boolean isSame(List<LineData> some, List<LineData> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      same = some.get(i) == others.get(i);
    }
    return same;
  }

  /**
   * Cuts lines into slices; takes time in proportion to what is in view, so not on the FX thread.
   *
   * @param length of a slice in milliseconds, a multiple of the length of all steps
   */
  public static Slices of(List<? extends LineData> lines, Viewport view, long length) {
    return of(lines, view, length, null);
  }

  /**
   * The same, in proportion to what the slices before did not have.
   *
   * @param before of any view, length and lines; null for none
   */
  static Slices of(
      List<? extends LineData> lines, Viewport view, long length, @Nullable Slices before) {
    return new Slices(lines, view, length, before);
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  private void add(Samples line, int from, int to) {
    int at = line.firstAtOrAfter(first + from * length);
    int end = line.firstAtOrAfter(first + to * length, at);
    while (at < end) {
      int slice = (int) ((line.time(at) - first) / length);
      int next = Math.min(end, line.firstAtOrAfter(first + (slice + 1L) * length, at));
      for (; at < next; at++) {
        if (line.beginsRun(at)) {
          runs[slice * VERDICTS + line.verdict(at).ordinal()]++;
        }
        if (line.isError(at)) {
          errors[slice]++;
          continue;
        }
        float value = (float) line.value(at);
        min[slice] = Math.min(min[slice], value);
        max[slice] = Math.max(max[slice], value);
        histogram[slice * WIDTH + line.bucket(at)]++;
        for (int phase = 0; phase < PHASES; phase++) {
          phases[slice * PHASES + phase] += Math.max(0, line.phase(at, phase));
        }
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  private void add(Steps line, int from, int to) {
    int end = line.firstAtOrAfter(first + to * length);
    for (int at = line.firstAtOrAfter(first + from * length); at < end; at++) {
      int slice = (int) ((line.time(at) - first) / length);
      line.summary(at)
          .runs()
          .forEach((verdict, runsOf) -> runs[slice * VERDICTS + verdict.ordinal()] += runsOf);
      for (long failures : line.summary(at).errors().values()) {
        errors[slice] += failures;
      }
      short[] buckets = line.buckets(at);
      int[] counts = line.counts(at);
      for (int i = 0; i < buckets.length; i++) {
        histogram[slice * WIDTH + buckets[i]] += counts[i];
      }
      if (buckets.length > 0) {
        min[slice] = Math.min(min[slice], (float) line.shortest(at));
        max[slice] = Math.max(max[slice], (float) line.longest(at));
      }
      for (int phase = 0; phase < PHASES; phase++) {
        phases[slice * PHASES + phase] += line.phases(at)[phase];
      }
    }
  }

  private void finish(int slice) {
    int begin = slice * WIDTH;
    int all = 0;
    for (int bucket = 0; bucket < WIDTH; bucket++) {
      int here = histogram[begin + bucket];
      all += here;
      heat[slice * ROWS + bucket / HEAT] += here;
    }
    passed[slice] = all;
    if (all == 0) {
      return;
    }
    long[] ranks = {rank(0.5, all), rank(0.95, all), rank(0.99, all)};
    int next = 0;
    long seen = 0;
    for (int bucket = 0; bucket < WIDTH && next < ranks.length; bucket++) {
      seen += histogram[begin + bucket];
      while (next < ranks.length && seen >= ranks[next]) {
        quantiles[next++][slice] = (float) Steps.millis(bucket);
      }
    }
    for (int phase = 0; phase < PHASES; phase++) {
      phases[slice * PHASES + phase] /= all;
    }
  }

  private static long rank(double share, long all) {
    return Math.max(1, (long) Math.ceil(share * all));
  }

  /** How many slices there are. */
  public int count() {
    return count;
  }

  /** How long each is, in milliseconds. */
  public long length() {
    return length;
  }

  /** When a slice begins. */
  public long from(int slice) {
    return first + slice * length;
  }

  /** The slice that a time lies in; it can be outside of all. */
  public int at(long time) {
    return (int) Math.floorDiv(time - first, length);
  }

  /** How many times passed in it. */
  public int passed(int slice) {
    return passed[slice];
  }

  /** How many samples failed in it. */
  public long errors(int slice) {
    return errors[slice];
  }

  /** Whether nothing passed in it. */
  public boolean isEmpty(int slice) {
    return passed[slice] == 0;
  }

  /** The shortest time that passed. */
  public double min(int slice) {
    return min[slice];
  }

  /** The longest time that passed. */
  public double max(int slice) {
    return max[slice];
  }

  /** The median in milliseconds, off by a hundredth; NaN without any. */
  public double p50(int slice) {
    return quantiles[0][slice];
  }

  /** The time that 95 of a hundred do not exceed. */
  public double p95(int slice) {
    return quantiles[1][slice];
  }

  /** The time that 99 of a hundred do not exceed. */
  public double p99(int slice) {
    return quantiles[2][slice];
  }

  /** How many runs of a verdict it has. */
  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  public long runs(int slice, Verdict verdict) {
    return runs[slice * VERDICTS + verdict.ordinal()];
  }

  /** The mean milliseconds of a phase, by the order of {@link Phase}, over all that passed. */
  double phase(int slice, int phase) {
    return phases[slice * PHASES + phase];
  }

  /** How many times fell into a row of the heatmap, the shortest at 0. */
  int heat(int slice, int row) {
    return heat[slice * ROWS + row];
  }

  /** The buckets of a slice; its length is that of all buckets. */
  int[] histogram(int slice) {
    return Arrays.copyOfRange(histogram, slice * WIDTH, (slice + 1) * WIDTH);
  }
}
