package dev.jiggety.agent.exchange;

import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import java.util.Arrays;

/**
 * Splits the time of one hop into phases: at every moment one of them goes on, so that their sum is
 * the hop's time. Times are nanoseconds of a monotonic clock. For one thread.
 */
public final class PhaseClock {
  private final long[] nanos = new long[Phase.values().length];
  private Phase current = Phase.BLOCKED;
  private long since;

  /** Begins with {@link Phase#BLOCKED}. */
  public PhaseClock(long now) {
    Arrays.fill(nanos, Phases.ABSENT);
    since = now;
  }

  /** What goes on from now; a phase can go on several times. */
  public void enter(Phase phase, long now) {
    stop(now);
    current = phase;
  }

  /** Books the current phase up to now. */
  public void stop(long now) {
    int slot = Arrays.asList(Phase.values()).indexOf(current);
    nanos[slot] = Math.max(0, nanos[slot]) + (now - since);
    since = now;
  }

  /** What goes on. */
  public Phase current() {
    return current;
  }

  /** What was booked so far. */
  public Phases phases() {
    return Phases.ofNanos(nanos);
  }
}
