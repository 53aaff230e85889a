package dev.jiggety.agent.browser.htmlunit;

import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.base.Durations;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a page may take: time, requests, bytes, windows. The first one that it oversteps ends it:
 * from then on nothing is requested and no script runs. Safe for any thread, since timers of pages
 * run on a thread of their own.
 */
final class Limits {
  /** The largest answer, over the wire or unpacked. */
  static final long LARGEST_ANSWER = 16L << 20;

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("page-deadlines").factory());

  private static final int MOST_REQUESTS = 1000;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_WINDOWS = 100;
  private static final int MOST_REFRESHES = 20;

  private final long end;
  private final LongConsumer scriptMillis;
  private Duration timeout = Duration.ofDays(1);
  private Deadline deadline;
  private int requests;
  private long bytes;
  private int windows;
  private int refreshes;
  private @Nullable Failure overstepped;
  private @Nullable ScheduledFuture<?> watch;

  /** Thrown into HtmlUnit to get out of it. */
  static final class WireException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    WireException(Failure failure) {
      super(failure.text());
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /**
   * The limits of a browser.
   *
   * @param end when all of it has to be over, on {@link System#nanoTime}
   * @param scriptMillis told how long a script may run, 0 for as long as it likes
   */
  Limits(long end, LongConsumer scriptMillis) {
    this.end = end;
    this.scriptMillis = scriptMillis;
    this.deadline = new Deadline(end, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  synchronized void timeout(Duration value) {
    timeout = value.isZero() ? Duration.ofDays(1) : value;
  }

  /** A new page begins. */
  synchronized void begin() {
    long now = System.nanoTime();
    long left = Math.max(0, end - now);
    long may = Math.min(left, timeout.toNanos());
    deadline = new Deadline(now + may, Duration.ofNanos(may));
    requests = 0;
    bytes = 0;
    windows = 0;
    refreshes = 0;
    overstepped = left == 0 ? tooLate("the time for all of it is over") : null;
    end();
    watch();
  }

  synchronized Deadline deadline() {
    return deadline;
  }

  /** What is left for the page, at least a millisecond. */
  synchronized long leftMillis() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.at() - System.nanoTime()));
  }

  /** Why the page was ended; null when it was not. */
  synchronized @Nullable Failure overstepped() {
    return overstepped;
  }

  /** Ends the page, unless it was ended before. */
  synchronized void overstep(Failure failure) {
    if (overstepped == null) {
      overstepped = failure;
    }
    scriptMillis.accept(1);
  }

  /** Before a script runs: whether it may. */
  synchronized boolean script() {
    if (deadline.at() - System.nanoTime() <= 0) {
      wantsMore();
    }
    return overstepped == null;
  }

  /** The page is there, or is not: no deadline until the next one begins. */
  synchronized void end() {
    if (watch != null) {
      watch.cancel(false);
    }
  }

  /**
   * HtmlUnit counts the time of each script from its own beginning. What ends all of them when the
   * time of the page is over is that from then on they may take none.
   */
  private void watch() {
    scriptMillis.accept(0);
    watch = WATCH.schedule(() -> scriptMillis.accept(1), leftMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void scriptTookTooLong() {
    overstep(tooLate("a script of the page still runs"));
  }

  /** Before a request. */
  synchronized void request() throws WireException {
    requests++;
    if (requests > MOST_REQUESTS) {
      overstep(limit("more than " + MOST_REQUESTS + " requests for one page"));
    }
    if (deadline.at() - System.nanoTime() <= 0) {
      wantsMore();
    }
    Failure failure = overstepped;
    if (failure != null) {
      throw new WireException(failure);
    }
  }

  /** The time is over, and the page asks for something else still. */
  synchronized Failure wantsMore() {
    Failure failure = tooLate("the page still asks for more");
    overstep(failure);
    return failure;
  }

  /** After a request. */
  synchronized void received(long more) {
    bytes += more;
    if (bytes > MOST_BYTES) {
      overstep(limit("more than " + (MOST_BYTES >> 20) + " MiB for one page"));
    }
  }

  synchronized void windowOpened() {
    windows++;
    if (windows > MOST_WINDOWS) {
      overstep(limit("more than " + MOST_WINDOWS + " windows and frames in one page"));
    }
  }

  /** Whether another meta refresh may be followed. */
  synchronized boolean refresh() {
    refreshes++;
    if (refreshes > MOST_REFRESHES) {
      overstep(
          new Failure(
              ErrorKind.PROTOCOL, null, "more than " + MOST_REFRESHES + " refreshes in a row"));
    }
    return overstepped == null;
  }

  static Failure limit(String what) {
    return new Failure(ErrorKind.LIMIT, null, what);
  }

  private Failure tooLate(String doing) {
    String after = Durations.format(deadline.timeout());
    return new Failure(ErrorKind.TIMEOUT, null, "not done after " + after + ", " + doing);
  }
}
