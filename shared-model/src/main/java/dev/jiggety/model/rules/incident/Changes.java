package dev.jiggety.model.rules.incident;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How restless a test is: the changes between good and bad of the last {@link #STATES} intervals,
 * those of late with more weight than older ones, as Icinga and Nagios do it. Times are
 * milliseconds. Mutable; a part of one {@link Fold}.
 */
final class Changes {
  /** How many intervals are looked at. */
  static final int STATES = 20;

  /** From that share of the intervals on it is flapping. */
  private static final double HIGH = 0.30;

  /** Below that it is not any more. */
  private static final double LOW = 0.25;

  private static final double OLDEST = 0.8;
  private static final double NEWEST = 1.2;

  private final Deque<Long> times;

  Changes() {
    times = new ArrayDeque<>();
  }

  private Changes(Changes other) {
    times = new ArrayDeque<>(other.times);
  }

  Changes copy() {
    return new Changes(this);
  }

  void add(long at, long interval) {
    times.add(at);
    while (times.getFirst() < at - STATES * interval) {
      times.removeFirst();
    }
  }

  boolean areMany(long at, long interval) {
    return share(at, interval) >= HIGH;
  }

  boolean areFew(long at, long interval) {
    return share(at, interval) < LOW;
  }

  private double share(long at, long interval) {
    double span = (double) STATES * interval;
    double sum = 0;
    for (long time : times) {
      double age = (at - time) / span;
      if (age <= 1) {
        sum += NEWEST - (NEWEST - OLDEST) * age;
      }
    }
    return sum / STATES;
  }
}
