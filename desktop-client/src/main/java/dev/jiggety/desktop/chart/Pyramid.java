package dev.jiggety.desktop.chart;

import dev.jiggety.model.Verdict;
import java.util.Arrays;

/**
 * Smallest and largest value, failures and verdicts of blocks of 32 samples, of blocks of 32 such
 * blocks, and so on. What any range says is put together of few blocks, so that a view of a million
 * samples takes as long as one of a thousand. Holds whole blocks only; what is left at the end is
 * looked at sample by sample. Immutable to those who hold one.
 */
final class Pyramid {
  /** Of nothing. */
  static final Pyramid EMPTY = new Pyramid(new Level[0]);

  private static final int BITS = 5;
  private static final int FAN = 1 << BITS;
  private static final int VERDICTS = Verdict.values().length;

  private final Level[] levels;

  private Pyramid(Level[] levels) {
    this.levels = levels;
  }

  /** Whole blocks of one size; the columns may be longer than their count. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and there are many
  private record Level(
      int count, float[] min, float[] max, float[] passed, boolean[] failed, int[] runs) {

    /** The same blocks with room for so many. */
    Level grown(int wanted) {
      if (wanted <= min.length) {
        return new Level(wanted, min, max, passed, failed, runs);
      }
      int room = wanted + wanted / 2;
      return new Level(
          wanted,
          Arrays.copyOf(min, room),
          Arrays.copyOf(max, room),
          Arrays.copyOf(passed, room),
          Arrays.copyOf(failed, room),
          Arrays.copyOf(runs, room * VERDICTS));
    }

    void put(int block, Range range) {
      min[block] = range.min;
      max[block] = range.max;
      passed[block] = range.largestPassed;
      failed[block] = range.failed;
      System.arraycopy(range.runs, 0, runs, block * VERDICTS, VERDICTS);
    }

    void addTo(Range range, int block) {
      range.min = Math.min(range.min, min[block]);
      range.max = Math.max(range.max, max[block]);
      range.largestPassed = Math.max(range.largestPassed, passed[block]);
      range.failed |= failed[block];
      for (int verdict = 0; verdict < VERDICTS; verdict++) {
        range.runs[verdict] += runs[block * VERDICTS + verdict];
      }
    }
  }

  private static Level nothing() {
    return new Level(0, new float[0], new float[0], new float[0], new boolean[0], new int[0]);
  }

  /**
   * The pyramid of a line that begins with what this one was made of. Blocks that are there already
   * are not made again; places of new ones were never handed out.
   */
  Pyramid over(Samples samples) {
    int depth = 0;
    for (int blocks = samples.size() >> BITS; blocks > 0; blocks >>= BITS) {
      depth++;
    }
    Level[] made = new Level[depth];
    Range range = new Range();
    for (int level = 0; level < depth; level++) {
      Level before = level < levels.length ? levels[level] : nothing();
      Level now = before.grown(samples.size() >> (BITS * (level + 1)));
      for (int block = before.count(); block < now.count(); block++) {
        range.clear();
        for (int part = block << BITS; part < (block + 1) << BITS; part++) {
          if (level == 0) {
            range.add(samples, part);
          } else {
            made[level - 1].addTo(range, part);
          }
        }
        now.put(block, range);
      }
      made[level] = now;
    }
    return new Pyramid(made);
  }

  /** Adds what the samples from one place up to another say. */
  void collect(Samples samples, int from, int to, Range range) {
    int at = from;
    while (at < to) {
      int level = -1;
      while (level + 1 < levels.length && fits(level + 1, at, to)) {
        level++;
      }
      if (level < 0) {
        range.add(samples, at++);
      } else {
        int shift = BITS * (level + 1);
        levels[level].addTo(range, at >> shift);
        at += 1 << shift;
      }
    }
  }

  private boolean fits(int level, int at, int to) {
    int shift = BITS * (level + 1);
    int length = 1 << shift;
    return (at & (length - 1)) == 0 && at + length <= to && at >> shift < levels[level].count();
  }

  /** How many samples a block of the lowest level holds. */
  static int fan() {
    return FAN;
  }
}
