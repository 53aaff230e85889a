package dev.jiggety.desktop.chart;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;

/**
 * The single samples of one line at one moment, in the order of time. Immutable: it shares its
 * columns with the buffer that made it, which never touches the first {@link #size} places again.
 * Some fifty bytes a sample, so that a million fits beside everything else.
 */
public final class Samples implements LineData {
  private static final Verdict[] VERDICTS = Verdict.values();
  private static final ErrorKind[] KINDS = ErrorKind.values();
  private static final int PHASES = Phase.values().length;

  private final String name;
  private final SampleColumns columns;
  private final Pyramid pyramid;
  private final int size;

  Samples(String name, SampleColumns columns, Pyramid pyramid, int size) {
    this.name = name;
    this.columns = columns;
    this.pyramid = pyramid;
    this.size = size;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  /** When a sample began, in milliseconds since 1970. */
  @Override
  public long time(int index) {
    return columns.times[index];
  }

  /** When the schedule wanted its run, in milliseconds since 1970. */
  public long planned(int index) {
    return columns.times[index] - columns.lags[index];
  }

  /** The whole time in milliseconds. */
  @Override
  public double value(int index) {
    return columns.values[index];
  }

  /** Its place in {@link dev.jiggety.model.Histogram}. */
  int bucket(int index) {
    return columns.buckets[index];
  }

  /**
   * The milliseconds of a phase, by the order of {@link Phase}; below 0 where it did not happen.
   */
  float phase(int index, int phase) {
    return columns.phases[index * PHASES + phase];
  }

  /** Whether it failed, or its run counts against the site: it gets a mark. */
  @Override
  public boolean failed(int index) {
    return columns.errors[index] != 0 || verdict(index) == Verdict.DOWN;
  }

  /** Whether it failed, so that its time says nothing about the site. */
  boolean isError(int index) {
    return columns.errors[index] != 0;
  }

  /** Whether it is the first one of its run. */
  boolean beginsRun(int index) {
    return index == 0 || planned(index) != planned(index - 1);
  }

  /** The verdict of its run. */
  public Verdict verdict(int index) {
    return VERDICTS[columns.verdicts[index]];
  }

  /** The sample as it came; times are those of a float, so off by a ten-millionth. */
  public Point point(int index) {
    long[] nanos = new long[PHASES];
    for (int phase = 0; phase < PHASES; phase++) {
      float millis = phase(index, phase);
      nanos[phase] = millis < 0 ? Phases.ABSENT : Math.round(millis * 1e6);
    }
    int error = columns.errors[index];
    return new Point(
        Instant.ofEpochMilli(planned(index)),
        Instant.ofEpochMilli(time(index)),
        Duration.ofNanos(Math.round(value(index) * 1e6)),
        Phases.ofNanos(nanos),
        columns.statuses[index],
        verdict(index),
        error == 0 ? null : KINDS[error - 1]);
  }

  /** Adds what the samples of a range of places say together. */
  void collect(int from, int to, Range range) {
    pyramid.collect(this, from, to, range);
  }

  @Override
  public int firstAtOrAfter(long time) {
    return firstAtOrAfter(time, 0);
  }

  /** The same, where it is known that it is not before a place. */
  int firstAtOrAfter(long time, int start) {
    int step = 16;
    int low = start;
    while (low + step < size && columns.times[low + step] < time) {
      low += step;
      step <<= 1;
    }
    int high = Math.min(size, low + step + 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (columns.times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
