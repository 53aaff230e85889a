package dev.jiggety.desktop.chart;

/**
 * A line of a chart at one moment: points in the order of time. Immutable: it shares its arrays
 * with the buffer that made it, which never touches the first {@link #size} places again.
 *
 * @param <T> what stands behind a point
 */
public final class Series<T> {
  private final String name;
  private final long[] times;
  private final double[] values;
  private final boolean[] failed;
  private final Object[] items;
  private final int size;

  Series(String name, long[] times, double[] values, boolean[] failed, Object[] items, int size) {
    this.name = name;
    this.times = times;
    this.values = values;
    this.failed = failed;
    this.items = items;
    this.size = size;
  }

  /** What the line is called. */
  public String name() {
    return name;
  }

  /** How many points it has. */
  public int size() {
    return size;
  }

  /** The time of a point, in milliseconds since 1970. */
  public long time(int index) {
    return times[index];
  }

  /** The value of a point. */
  public double value(int index) {
    return values[index];
  }

  /** Whether the point is marked as a failure. */
  public boolean failed(int index) {
    return failed[index];
  }

  /** What stands behind a point. */
  @SuppressWarnings("unchecked") // the buffer takes nothing but T
  public T item(int index) {
    return (T) items[index];
  }

  /** The first point at or after a time; {@link #size} when there is none. */
  public int firstAtOrAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
