package dev.jiggety.agent.schedule;

import java.time.Duration;
import java.time.Instant;

/** Two clocks that move when told to. */
public final class FakeClock implements NodeClock {
  private Instant wall;
  private long nanos = 77;

  public FakeClock(String wall) {
    this.wall = Instant.parse(wall);
  }

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  /** Time passes. */
  public synchronized void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the wall clock, or the machine sleeps. */
  public synchronized void set(Duration by) {
    wall = wall.plus(by);
  }
}
