package dev.jiggety.document;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The samples of a pack as columns of few bits, in base64. Times of day are exact to the
 * millisecond; durations are told by the buckets of {@link dev.jiggety.model.Histogram}, which go
 * on beyond its last one here. See docs/documents/pack.md for the order of the bits.
 */
final class PointColumns {
  /** The first number: how to read the rest. */
  private static final int FORMAT = 1;

  private static final int MOST = 1_000_000;
  private static final int BUCKETS = 1_100;
  private static final int PHASES = Phase.values().length;

  /** In nanoseconds, by a mathematics that is the same on all machines. */
  private static final long[] BOUNDS = new long[BUCKETS];

  private static final long[] MIDDLES = new long[BUCKETS];

  static {
    for (int i = 0; i < BUCKETS; i++) {
      double bound = 100_000 * StrictMath.pow(1.02, i);
      BOUNDS[i] = (long) bound;
      MIDDLES[i] = i == 0 ? 100_000 : (long) (bound * 2 / 2.02 + 0.5);
    }
  }

  private PointColumns() {}

  /** The text of points, the samples of a run one after another; empty for none. */
  static String write(List<Point> points, Instant from) {
    if (points.isEmpty()) {
      return "";
    }
    int count = points.size();
    BitWriter out = new BitWriter();
    out.number(FORMAT);
    out.number(count);
    long[] steps = new long[count - 1];
    long[] late = new long[count];
    long[][] phases = new long[PHASES][count];
    long[] total = new long[count];
    long[] status = new long[count];
    long[] verdict = new long[count];
    long[] error = new long[count];
    for (int i = 0; i < count; i++) {
      Point point = points.get(i);
      long planned = point.plannedAt().toEpochMilli();
      if (i > 0) {
        steps[i - 1] = planned - points.get(i - 1).plannedAt().toEpochMilli();
      }
      late[i] = point.startedAt().toEpochMilli() - planned;
      for (Phase phase : Phase.values()) {
        long nanos = point.phases().nanos(phase);
        phases[slot(phase)][i] = nanos == Phases.ABSENT ? -1 : bucket(nanos);
      }
      total[i] = bucket(point.total().toNanos()) - expected(phases, i);
      status[i] = point.status();
      verdict[i] = number(point.verdict());
      ErrorKind kind = point.error();
      error[i] = kind == null ? 0 : 1 + number(kind);
    }
    out.signed(points.getFirst().plannedAt().toEpochMilli() - from.toEpochMilli());
    out.column(steps);
    out.column(late);
    for (long[] column : phases) {
      out.column(Arrays.stream(column).map(value -> value < 0 ? 0 : 1).toArray());
      out.column(Arrays.stream(column).filter(value -> value >= 0).toArray());
    }
    out.column(total);
    out.column(status);
    out.column(verdict);
    out.column(error);
    return Base64.getEncoder().withoutPadding().encodeToString(out.toBytes());
  }

  /**
   * The points of a text.
   *
   * @throws IllegalArgumentException when it is damaged, or of a later format
   */
  static List<Point> read(String text, Instant from) {
    if (text.isEmpty()) {
      return List.of();
    }
    BitReader in = new BitReader(Base64.getDecoder().decode(text));
    if (in.number() != FORMAT) {
      throw new IllegalArgumentException("is of a later version; update Jiggety");
    }
    long many = in.number();
    if (many < 1 || many > MOST) {
      throw new IllegalArgumentException("has " + many + " points");
    }
    int count = (int) many;
    long planned = from.toEpochMilli() + in.signed();
    long[] steps = in.column(count - 1);
    long[] late = in.column(count);
    long[][] phases = new long[PHASES][];
    for (int i = 0; i < PHASES; i++) {
      phases[i] = phase(in, count);
    }
    long[] total = in.column(count);
    long[] status = in.column(count);
    long[] verdict = in.column(count);
    long[] error = in.column(count);
    List<Point> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      planned += i == 0 ? 0 : steps[i - 1];
      points.add(
          new Point(
              Instant.ofEpochMilli(planned),
              Instant.ofEpochMilli(planned + late[i]),
              Duration.ofNanos(middle(total[i] + expected(phases, i))),
              phases(phases, i),
              (int) status[i],
              one(Verdict.values(), verdict[i]),
              error[i] == 0 ? null : one(ErrorKind.values(), error[i] - 1)));
    }
    return points;
  }

  private static long[] phase(BitReader in, int count) {
    long[] column = in.column(count);
    long[] values = in.column((int) Arrays.stream(column).filter(is -> is == 1).count());
    int next = 0;
    for (int i = 0; i < count; i++) {
      column[i] = column[i] == 1 ? values[next++] : -1;
    }
    return column;
  }

  private static Phases phases(long[][] columns, int index) {
    long[] nanos = new long[PHASES];
    for (int i = 0; i < PHASES; i++) {
      nanos[i] = columns[i][index] < 0 ? Phases.ABSENT : middle(columns[i][index]);
    }
    return Phases.ofNanos(nanos);
  }

  /** What the phases add up to: mostly the total, so that it needs to say next to nothing. */
  private static long expected(long[][] phases, int index) {
    long sum = 0;
    for (long[] column : phases) {
      sum += column[index] <= 0 ? 0 : middle(column[index]);
    }
    return bucket(sum);
  }

  private static long bucket(long nanos) {
    int found = Arrays.binarySearch(BOUNDS, nanos);
    return Math.min(BUCKETS - 1, found < 0 ? -found - 1 : found);
  }

  private static long middle(long bucket) {
    if (bucket < 0 || bucket >= BUCKETS) {
      throw new IllegalArgumentException("a time is out of bounds");
    }
    return MIDDLES[(int) bucket];
  }

  private static <T> T one(T[] values, long number) {
    if (number < 0 || number >= values.length) {
      throw new IllegalArgumentException("a value is out of bounds");
    }
    return values[(int) number];
  }

  /** The order of the constants is part of the format: new ones go to the end. */
  @SuppressWarnings("EnumOrdinal")
  private static int number(Enum<?> constant) {
    return constant.ordinal();
  }

  private static int slot(Phase phase) {
    return number(phase);
  }
}
