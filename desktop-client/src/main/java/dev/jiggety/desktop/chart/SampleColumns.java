package dev.jiggety.desktop.chart;

import dev.jiggety.model.Histogram;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import java.util.Arrays;

/** Samples, a column for each of their parts. Written by one {@link SamplesBuffer} alone. */
final class SampleColumns {
  private static final Phase[] PHASES = Phase.values();

  final long[] times;
  final int[] lags;
  final float[] values;
  final short[] buckets;
  final byte[] verdicts;
  final byte[] errors;
  final short[] statuses;
  final float[] phases;

  SampleColumns(int capacity) {
    times = new long[capacity];
    lags = new int[capacity];
    values = new float[capacity];
    buckets = new short[capacity];
    verdicts = new byte[capacity];
    errors = new byte[capacity];
    statuses = new short[capacity];
    phases = new float[capacity * PHASES.length];
  }

  private SampleColumns(SampleColumns from, int begin, int end, int capacity) {
    int cut = Math.min(end, begin + capacity);
    times = Arrays.copyOf(Arrays.copyOfRange(from.times, begin, cut), capacity);
    lags = Arrays.copyOf(Arrays.copyOfRange(from.lags, begin, cut), capacity);
    values = Arrays.copyOf(Arrays.copyOfRange(from.values, begin, cut), capacity);
    buckets = Arrays.copyOf(Arrays.copyOfRange(from.buckets, begin, cut), capacity);
    verdicts = Arrays.copyOf(Arrays.copyOfRange(from.verdicts, begin, cut), capacity);
    errors = Arrays.copyOf(Arrays.copyOfRange(from.errors, begin, cut), capacity);
    statuses = Arrays.copyOf(Arrays.copyOfRange(from.statuses, begin, cut), capacity);
    int width = PHASES.length;
    phases =
        Arrays.copyOf(
            Arrays.copyOfRange(from.phases, begin * width, cut * width), capacity * width);
  }

  /** A part of these in larger columns. */
  SampleColumns copy(int begin, int end, int capacity) {
    return new SampleColumns(this, begin, end, capacity);
  }

  int capacity() {
    return times.length;
  }

  @SuppressWarnings("EnumOrdinal") // lives as long as the program; nothing is stored
  void put(int index, Point point) {
    times[index] = point.startedAt().toEpochMilli();
    lags[index] = (int) (times[index] - point.plannedAt().toEpochMilli());
    values[index] = (float) (point.total().toNanos() / 1e6);
    buckets[index] = (short) Histogram.bucket(point.total());
    verdicts[index] = (byte) point.verdict().ordinal();
    errors[index] = (byte) (point.error() == null ? 0 : point.error().ordinal() + 1);
    statuses[index] = (short) point.status();
    for (int phase = 0; phase < PHASES.length; phase++) {
      long nanos = point.phases().nanos(PHASES[phase]);
      phases[index * PHASES.length + phase] = nanos == Phases.ABSENT ? -1 : (float) (nanos / 1e6);
    }
  }

  void copyFrom(SampleColumns from, int there, int here) {
    times[here] = from.times[there];
    lags[here] = from.lags[there];
    values[here] = from.values[there];
    buckets[here] = from.buckets[there];
    verdicts[here] = from.verdicts[there];
    errors[here] = from.errors[there];
    statuses[here] = from.statuses[there];
    System.arraycopy(
        from.phases, there * PHASES.length, phases, here * PHASES.length, PHASES.length);
  }

  boolean isAt(int index, long time, long planned) {
    return times[index] == time && times[index] - lags[index] == planned;
  }
}
