package dev.jiggety.agent.slot;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One thing that is to be done later; a new one takes the place of the last. For one thread. */
final class Later {
  private final Timers timers;
  private Timers.@Nullable Timer timer;

  Later(Timers timers) {
    this.timers = timers;
  }

  /** Does it after that time, and not what was to be done before. */
  void after(Duration wait, Runnable what) {
    cancel();
    timer = timers.after(wait, what);
  }

  /** Nothing is to be done any more. */
  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
