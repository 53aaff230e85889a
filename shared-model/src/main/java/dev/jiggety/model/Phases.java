package dev.jiggety.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a time splits into phases, in nanoseconds of a monotonic clock. A phase that did not happen
 * (no TLS on plain http, a name that is an address) is absent, which is not the same as zero: HAR
 * writes -1 for it, and so do {@link #nanos(Phase)} and our documents.
 */
public final class Phases {
  /** What stands for a phase that did not happen. */
  public static final long ABSENT = -1;

  /** No phase happened. */
  public static final Phases NONE = new Phases(emptySlots());

  private final long[] nanos;

  private Phases(long[] nanos) {
    this.nanos = nanos;
  }

  /** From a map of what happened; phases without an entry are absent. Negative values throw. */
  public static Phases of(Map<Phase, Duration> happened) {
    long[] slots = emptySlots();
    happened.forEach((phase, time) -> slots[slot(phase)] = notNegative(time.toNanos()));
    return new Phases(slots);
  }

  /**
   * From one value per phase, in the order of {@link Phase}, {@link #ABSENT} for what did not
   * happen.
   *
   * @throws IllegalArgumentException when there are not exactly seven, or one is below -1
   */
  public static Phases ofNanos(long... perPhase) {
    if (perPhase.length != Phase.values().length) {
      throw new IllegalArgumentException(
          "expected " + Phase.values().length + " phases, got " + perPhase.length);
    }
    for (long value : perPhase) {
      if (value != ABSENT) {
        notNegative(value);
      }
    }
    return new Phases(perPhase.clone());
  }

  /** Nanoseconds of one phase, or {@link #ABSENT}. */
  public long nanos(Phase phase) {
    return nanos[slot(phase)];
  }

  /** The time of one phase; empty when it did not happen. */
  public Optional<Duration> time(Phase phase) {
    long value = nanos(phase);
    return value == ABSENT ? Optional.empty() : Optional.of(Duration.ofNanos(value));
  }

  /** The sum of all phases that happened. */
  public Duration sum() {
    return Duration.ofNanos(Arrays.stream(nanos).filter(value -> value != ABSENT).sum());
  }

  /** Phase by phase the sum of two; absent only where both are. Used to add up redirect hops. */
  public Phases plus(Phases other) {
    long[] sum = emptySlots();
    for (int i = 0; i < sum.length; i++) {
      if (nanos[i] != ABSENT || other.nanos[i] != ABSENT) {
        sum[i] = Math.max(0, nanos[i]) + Math.max(0, other.nanos[i]);
      }
    }
    return new Phases(sum);
  }

  /** What happened, in the order of {@link Phase}. */
  public Map<Phase, Duration> happened() {
    Map<Phase, Duration> map = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      time(phase).ifPresent(value -> map.put(phase, value));
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Phases that && Arrays.equals(nanos, that.nanos);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nanos);
  }

  @Override
  public String toString() {
    return happened().toString();
  }

  private static long[] emptySlots() {
    long[] slots = new long[Phase.values().length];
    Arrays.fill(slots, ABSENT);
    return slots;
  }

  /** The order of the constants is the order of the documents: HAR's, and fixed. */
  @SuppressWarnings("EnumOrdinal")
  private static int slot(Phase phase) {
    return phase.ordinal();
  }

  private static long notNegative(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("a phase cannot take " + value + " ns");
    }
    return value;
  }
}
