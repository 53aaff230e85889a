package dev.jiggety.agent.vitals;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Does something again and again on a thread of its own, whatever comes of it. That it fails is
 * said once, and once that it works again.
 */
public final class Beat implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Beat.class.getName());
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final String what;
  private final Duration every;
  private final Runnable work;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  private Beat(String what, Duration every, Runnable work) {
    this.what = what;
    this.every = every;
    this.work = work;
    this.thread = Thread.ofVirtual().name(what).unstarted(this::loop);
  }

  /**
   * Begins, at once.
   *
   * @param what it does, for the log, as in "reporting this manager"
   * @param every from the end of one time to the beginning of the next
   */
  public static Beat start(String what, Duration every, Runnable work) {
    Beat beat = new Beat(what, every, work);
    beat.thread.start();
    return beat;
  }

  /** Ends it; what is being done is waited for, for a moment. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(FAREWELL)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      do {
        once();
      } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to stop
    }
  }

  private void once() {
    try {
      work.run();
      if (failing) {
        LOG.log(Level.INFO, "{0} works again", what);
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing && closed.getCount() > 0) {
        LOG.log(Level.WARNING, "{0} fails: {1}", what, String.valueOf(e.getMessage()));
      }
      failing = true;
    }
  }
}
