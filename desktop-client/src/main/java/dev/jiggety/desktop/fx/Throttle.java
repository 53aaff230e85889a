package dev.jiggety.desktop.fx;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns any number of signals into at most one action a period. Nothing happens while there is no
 * signal. The action runs on the ticker's thread; {@link #signal} may be called from any.
 */
public final class Throttle implements AutoCloseable {
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final Runnable action;
  private final Pin ticks;

  public Throttle(Ticker ticker, Duration period, Runnable action) {
    this.action = action;
    this.ticks = ticker.every(period, this::tick);
  }

  /** Asks for the action at the next tick. */
  public void signal() {
    signalled.set(true);
  }

  private void tick() {
    if (signalled.compareAndSet(true, false)) {
      action.run();
    }
  }

  @Override
  public void close() {
    ticks.close();
  }
}
