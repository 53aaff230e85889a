package dev.jiggety.desktop.chart;

import dev.jiggety.model.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the samples of a line. New ones at the end are cheap; those in between are merged in,
 * all at once. A sample that is there already (same planned time, same beginning) is ignored,
 * whichever tier it comes from. Not thread-safe; the {@link Samples} that it gives out are.
 */
public final class SamplesBuffer {
  private final String name;
  private final int cap;
  private SampleColumns columns = new SampleColumns(64);
  private Pyramid pyramid = Pyramid.EMPTY;
  private int size;

  /**
   * An empty line.
   *
   * @param cap how many samples are kept at least, the newest; at most twice as many
   */
  public SamplesBuffer(String name, int cap) {
    this.name = name;
    this.cap = cap;
  }

  /** Takes samples in any order; true when at least one was new. */
  public boolean add(Collection<Point> points) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparing(Point::startedAt).thenComparing(Point::plannedAt));
    List<Point> fresh = new ArrayList<>(sorted.size());
    for (Point point : sorted) {
      if (!contains(point) && (fresh.isEmpty() || !isSame(fresh.getLast(), point))) {
        fresh.add(point);
      }
    }
    if (fresh.isEmpty()) {
      return false;
    }
    if (size == 0 || fresh.getFirst().startedAt().toEpochMilli() >= columns.times[size - 1]) {
      append(fresh);
    } else {
      merge(fresh);
    }
    return true;
  }

  /** The line as it is now. */
  public Samples snapshot() {
    Samples bare = new Samples(name, columns, Pyramid.EMPTY, size);
    pyramid = pyramid.over(bare);
    return new Samples(name, columns, pyramid, size);
  }

  /** How many samples there are. */
  public int size() {
    return size;
  }

  private boolean contains(Point point) {
    long time = point.startedAt().toEpochMilli();
    if (size == 0 || time > columns.times[size - 1]) {
      return false;
    }
    int index = new Samples(name, columns, Pyramid.EMPTY, size).firstAtOrAfter(time);
    for (; index < size && columns.times[index] == time; index++) {
      if (columns.isAt(index, time, point.plannedAt().toEpochMilli())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Point one, Point other) {
    return one.startedAt().toEpochMilli() == other.startedAt().toEpochMilli()
        && one.plannedAt().toEpochMilli() == other.plannedAt().toEpochMilli();
  }

  private void append(List<Point> fresh) {
    int needed = size + fresh.size();
    if (needed > columns.capacity()) {
      // What falls out at the front falls out here, so that shared places are never written again.
      int keep = Math.clamp((long) cap - fresh.size(), 0, size);
      int room = keep + fresh.size();
      if (keep < size) {
        pyramid = Pyramid.EMPTY;
      }
      columns = columns.copy(size - keep, size, room + room / 2);
      size = keep;
    }
    for (Point point : fresh) {
      columns.put(size++, point);
    }
  }

  private void merge(List<Point> fresh) {
    SampleColumns old = columns;
    int before = size;
    columns = new SampleColumns(before + fresh.size());
    pyramid = Pyramid.EMPTY;
    int i = 0;
    int j = 0;
    for (size = 0; size < columns.capacity(); size++) {
      if (j == fresh.size()
          || (i < before && old.times[i] <= fresh.get(j).startedAt().toEpochMilli())) {
        columns.copyFrom(old, i++, size);
      } else {
        columns.put(size, fresh.get(j++));
      }
    }
    if (size > cap) {
      columns = columns.copy(size - cap, size, cap);
      size = cap;
    }
  }
}
