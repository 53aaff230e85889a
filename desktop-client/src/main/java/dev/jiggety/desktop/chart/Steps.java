package dev.jiggety.desktop.chart;

import dev.jiggety.model.Histogram;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.util.List;
import java.util.Map;

/**
 * A line of sums over steps of time that are all as long, in order; steps in which there was
 * nothing are left out. Immutable.
 */
public final class Steps implements LineData {
  private static final Phase[] PHASES = Phase.values();
  private static final double[] MILLIS = new double[Histogram.LAST + 1];

  static {
    for (int bucket = 0; bucket <= Histogram.LAST; bucket++) {
      MILLIS[bucket] = Histogram.time(bucket).toNanos() / 1e6;
    }
  }

  private final String name;
  private final long length;
  private final List<Step> steps;
  private final float[] median;
  private final short[][] buckets;
  private final int[][] counts;
  private final double[][] phases;

  /**
   * What is known of a step.
   *
   * @param from milliseconds since 1970
   */
  public record Step(long from, Summary summary) {}

  /**
   * A line.
   *
   * @param length of each step, in milliseconds
   * @param steps in order, each once
   */
  public Steps(String name, long length, List<Step> steps) {
    this.name = name;
    this.length = length;
    this.steps = List.copyOf(steps);
    this.median = new float[steps.size()];
    this.buckets = new short[steps.size()][];
    this.counts = new int[steps.size()][];
    this.phases = new double[steps.size()][];
    for (int i = 0; i < steps.size(); i++) {
      flatten(i, steps.get(i).summary());
    }
  }

  /** Sorted maps are slow to add up sixty times a second. */
  private void flatten(int index, Summary summary) {
    int size = summary.total().counts().size();
    buckets[index] = new short[size];
    counts[index] = new int[size];
    int at = 0;
    for (Map.Entry<Integer, Long> entry : summary.total().counts().entrySet()) {
      buckets[index][at] = entry.getKey().shortValue();
      counts[index][at++] = (int) Math.min(Integer.MAX_VALUE, entry.getValue());
    }
    median[index] =
        summary.total().quantile(0.5).map(time -> (float) (time.toNanos() / 1e6)).orElse(Float.NaN);
    phases[index] = new double[PHASES.length];
    for (int phase = 0; phase < PHASES.length; phase++) {
      Histogram histogram = summary.phases().get(PHASES[phase]);
      if (histogram != null) {
        double sum = 0;
        for (Map.Entry<Integer, Long> entry : histogram.counts().entrySet()) {
          sum += MILLIS[entry.getKey()] * entry.getValue();
        }
        phases[index][phase] = sum;
      }
    }
  }

  /** The time in milliseconds that stands for a bucket of {@link Histogram}. */
  static double millis(int bucket) {
    return MILLIS[bucket];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return steps.size();
  }

  /** How long each step is, in milliseconds. */
  public long length() {
    return length;
  }

  @Override
  public long time(int index) {
    return steps.get(index).from();
  }

  /** All that is known of a step. */
  public Summary summary(int index) {
    return steps.get(index).summary();
  }

  @Override
  public double value(int index) {
    return median[index];
  }

  /** The shortest time that passed, in milliseconds; NaN for none. */
  double shortest(int index) {
    return counts[index].length == 0 ? Double.NaN : summary(index).shortest().toNanos() / 1e6;
  }

  /** The longest time that passed, in milliseconds; NaN for none. */
  double longest(int index) {
    return counts[index].length == 0 ? Double.NaN : summary(index).longest().toNanos() / 1e6;
  }

  short[] buckets(int index) {
    return buckets[index];
  }

  int[] counts(int index) {
    return counts[index];
  }

  /** Milliseconds of each phase, added up over all times that passed. */
  double[] phases(int index) {
    return phases[index];
  }

  @Override
  public boolean failed(int index) {
    return summary(index).runs().getOrDefault(Verdict.DOWN, 0L) > 0;
  }

  @Override
  public int firstAtOrAfter(long time) {
    int low = 0;
    int high = steps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.get(middle).from() < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first step that is not over before a time. */
  int firstEndingAfter(long time) {
    return firstAtOrAfter(time - length + 1);
  }
}
