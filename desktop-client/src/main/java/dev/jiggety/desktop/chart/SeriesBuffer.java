package dev.jiggety.desktop.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the points of a line. New points at the end are cheap; points in between are merged in,
 * all at once. A point that is there already (same time, equal item) is ignored. Not thread-safe;
 * the {@link Series} that it gives out are.
 *
 * @param <T> what stands behind a point
 */
public final class SeriesBuffer<T> {
  private final String name;
  private final int cap;
  private long[] times = new long[64];
  private double[] values = new double[64];
  private boolean[] failed = new boolean[64];
  private Object[] items = new Object[64];
  private int size;

  /**
   * A point on its way in.
   *
   * @param time milliseconds since 1970
   */
  public record Point<T>(long time, double value, boolean failed, T item) {}

  /**
   * An empty line.
   *
   * @param cap how many points are kept, the newest
   */
  public SeriesBuffer(String name, int cap) {
    this.name = name;
    this.cap = cap;
  }

  /** Takes points in any order; true when at least one was new. */
  public boolean add(List<Point<T>> points) {
    List<Point<T>> fresh = new ArrayList<>(points.size());
    points.stream()
        .sorted(Comparator.comparingLong(Point::time))
        .filter(point -> !contains(point))
        .forEach(point -> {
          if (fresh.isEmpty() || !fresh.getLast().equals(point)) {
            fresh.add(point);
          }
        });
    if (fresh.isEmpty()) {
      return false;
    }
    if (size == 0 || fresh.getFirst().time() >= times[size - 1]) {
      append(fresh);
    } else {
      merge(fresh);
    }
    return true;
  }

  /** The line as it is now. */
  public Series<T> snapshot() {
    return new Series<>(name, times, values, failed, items, size);
  }

  private boolean contains(Point<T> point) {
    int index = snapshot().firstAtOrAfter(point.time());
    while (index < size && times[index] == point.time()) {
      if (items[index].equals(point.item())) {
        return true;
      }
      index++;
    }
    return false;
  }

  private void append(List<Point<T>> fresh) {
    int needed = size + fresh.size();
    if (needed > times.length) {
      // What falls out at the front falls out here, so that shared places are never written again.
      int keep = Math.clamp((long) cap - fresh.size(), 0, size);
      resize(size - keep, keep, Math.max(needed, Math.min(cap, times.length) * 2));
    }
    for (Point<T> point : fresh) {
      put(size++, point);
    }
  }

  private void resize(int from, int keep, int capacity) {
    times = Arrays.copyOf(Arrays.copyOfRange(times, from, from + keep), capacity);
    values = Arrays.copyOf(Arrays.copyOfRange(values, from, from + keep), capacity);
    failed = Arrays.copyOf(Arrays.copyOfRange(failed, from, from + keep), capacity);
    items = Arrays.copyOf(Arrays.copyOfRange(items, from, from + keep), capacity);
    size = keep;
  }

  private void merge(List<Point<T>> fresh) {
    Series<T> old = snapshot();
    int capacity = old.size() + fresh.size();
    times = new long[capacity];
    values = new double[capacity];
    failed = new boolean[capacity];
    items = new Object[capacity];
    int i = 0;
    int j = 0;
    for (size = 0; size < capacity; size++) {
      if (j == fresh.size() || (i < old.size() && old.time(i) <= fresh.get(j).time())) {
        put(size, new Point<>(old.time(i), old.value(i), old.failed(i), old.item(i)));
        i++;
      } else {
        put(size, fresh.get(j++));
      }
    }
    if (size > cap) {
      resize(size - cap, cap, cap);
    }
  }

  private void put(int index, Point<T> point) {
    times[index] = point.time();
    values[index] = point.value();
    failed[index] = point.failed();
    items[index] = point.item();
  }
}
