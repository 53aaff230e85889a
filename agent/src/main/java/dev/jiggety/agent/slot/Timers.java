package dev.jiggety.agent.slot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things later. One thread watches the time for all nodes of a process. */
@FunctionalInterface
public interface Timers {

  /** Something that is to be done. */
  @FunctionalInterface
  interface Timer {
    /** Forgets it, unless it has begun. */
    void cancel();
  }

  /** Does it on a thread of its own after that time. */
  Timer after(Duration wait, Runnable what);

  /** The timers of this process. */
  static Timers system() {
    return OneThread.TIMERS;
  }

  /** Made when first asked for. */
  final class OneThread {
    private static final Timers TIMERS = make();

    private OneThread() {}

    private static Timers make() {
      ScheduledThreadPoolExecutor executor =
          new ScheduledThreadPoolExecutor(
              1, Thread.ofPlatform().daemon().name("slot-timers").factory());
      executor.setRemoveOnCancelPolicy(true);
      var threads = Executors.newVirtualThreadPerTaskExecutor();
      return (wait, what) -> {
        ScheduledFuture<?> future =
            executor.schedule(() -> threads.execute(what), wait.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      };
    }
  }
}
