package dev.jiggety.agent.schedule;

import java.time.Instant;
import java.time.InstantSource;

/** The two clocks of a machine: one that can be set, and one that only runs. */
public interface NodeClock extends InstantSource {

  /** Nanoseconds of a monotonic clock with an arbitrary origin, as {@link System#nanoTime}. */
  long nanos();

  /** Those of this machine. */
  static NodeClock system() {
    return new NodeClock() {
      private final InstantSource wall = InstantSource.system();

      @Override
      public Instant instant() {
        return wall.instant();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
