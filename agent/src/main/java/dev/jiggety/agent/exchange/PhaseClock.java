package dev.jiggety.agent.exchange;

import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the time of one hop into phases: at every moment one of them goes on, so that their sum is
 * the hop's time. Times are nanoseconds of a monotonic clock. For one thread.
 *
 * <p>What this thread itself computes for a TLS handshake is no time of the site's: it is booked as
 * {@link Phase#BLOCKED}. Every look at the clock is noted, see {@link Moments}.
 */
public final class PhaseClock {
  private static final List<Phase> PHASES = List.of(Phase.values());

  private final long[] nanos = new long[PHASES.size()];
  private Phase current = Phase.BLOCKED;
  private long since;
  private long computed;

  /** Begins with {@link Phase#BLOCKED}. */
  public PhaseClock(long now) {
    Arrays.fill(nanos, Phases.ABSENT);
    since = now;
  }

  /** What goes on from now; a phase can go on several times. */
  public void enter(Phase phase, long now) {
    stop(now);
    current = phase;
    if (phase == Phase.SSL) {
      computed = OwnThread.cpu();
    }
  }

  /** Books the current phase up to now. */
  public void stop(long now) {
    Moments.note(now);
    long time = now - since;
    long own = current == Phase.SSL ? Math.clamp(OwnThread.cpu() - computed, 0, time) : 0;
    book(current, time - own);
    if (own > 0) {
      book(Phase.BLOCKED, own);
    }
    since = now;
  }

  private void book(Phase phase, long time) {
    int slot = PHASES.indexOf(phase);
    nanos[slot] = Math.max(0, nanos[slot]) + time;
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
