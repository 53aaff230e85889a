package dev.jiggety.desktop.feed;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one test on one node, by planned time: each at most once, the newest of them. Which
 * runs remain does not depend on the order in which they came. Of all but the last only numbers are
 * kept, so that tens of thousands of logs fit into memory. Not thread-safe.
 */
final class RunLog {
  private static final byte FAILED = 1;
  private static final byte DISTORTED = 2;
  private static final long FARTHEST_SECOND = 9_000_000_000L;

  private long[] planned = new long[4];
  private long[] started = new long[4];
  private long[] total = new long[4];
  private byte[] flags = new byte[4];
  private int size;
  private @Nullable RunPoint last;

  /**
   * Takes a run; false when it was known already or is older than all that is kept.
   *
   * @param cap how many runs are kept
   */
  boolean add(RunPoint point, int cap) {
    long key = nanos(point.plannedAt());
    int found = Arrays.binarySearch(planned, 0, size, key);
    if (found >= 0) {
      return false;
    }
    int at = -found - 1;
    if (size >= cap && at == 0) {
      return false;
    }
    insert(at, point, key);
    if (at == size - 1) {
      last = point;
    }
    if (size > cap) {
      drop(size - cap);
    }
    return true;
  }

  private void insert(int at, RunPoint point, long key) {
    if (size == planned.length) {
      int room = size * 2;
      planned = Arrays.copyOf(planned, room);
      started = Arrays.copyOf(started, room);
      total = Arrays.copyOf(total, room);
      flags = Arrays.copyOf(flags, room);
    }
    int behind = size - at;
    System.arraycopy(planned, at, planned, at + 1, behind);
    System.arraycopy(started, at, started, at + 1, behind);
    System.arraycopy(total, at, total, at + 1, behind);
    System.arraycopy(flags, at, flags, at + 1, behind);
    planned[at] = key;
    started[at] = nanos(point.startedAt());
    total[at] = point.total().toNanos();
    flags[at] = (byte) ((point.failed() ? FAILED : 0) | (point.distorted() ? DISTORTED : 0));
    size++;
  }

  /** Forgets what was planned before {@code limit}; true when anything was. */
  boolean forgetBefore(Instant limit) {
    int found = Arrays.binarySearch(planned, 0, size, nanos(limit));
    int old = found >= 0 ? found : -found - 1;
    if (old > 0) {
      drop(old);
    }
    return old > 0;
  }

  private void drop(int oldest) {
    size -= oldest;
    System.arraycopy(planned, oldest, planned, 0, size);
    System.arraycopy(started, oldest, started, 0, size);
    System.arraycopy(total, oldest, total, 0, size);
    System.arraycopy(flags, oldest, flags, 0, size);
    if (size == 0) {
      last = null;
    }
  }

  /** The newest run; null for none. */
  @Nullable RunPoint last() {
    return last;
  }

  int size() {
    return size;
  }

  /** When a run was planned, in nanoseconds since 1970; 0 is the oldest that is kept. */
  long planned(int index) {
    return planned[index];
  }

  /** When a run began, in nanoseconds since 1970. */
  long started(int index) {
    return started[index];
  }

  /** How long it took, in nanoseconds. */
  long total(int index) {
    return total[index];
  }

  boolean failed(int index) {
    return (flags[index] & FAILED) != 0;
  }

  /** Whether the node itself stood still. */
  boolean distorted(int index) {
    return (flags[index] & DISTORTED) != 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Nanoseconds since 1970; what lies centuries away counts as far away. */
  static long nanos(Instant time) {
    long seconds = Math.clamp(time.getEpochSecond(), -FARTHEST_SECOND, FARTHEST_SECOND);
    return seconds * 1_000_000_000L + time.getNano();
  }
}
