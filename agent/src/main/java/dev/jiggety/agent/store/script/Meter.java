package dev.jiggety.agent.store.script;

import com.sun.management.ThreadMXBean;
import dev.jiggety.agent.store.script.ScriptException.Kind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts what one call has used. Begun, checked and ended by the thread that runs the function;
 * {@link #age} and {@link #cancel} are for other threads.
 */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Scripts.Limits limits;
  private volatile long began;
  private volatile boolean running;
  private volatile boolean cancelled;
  private long allocatedBefore;
  private long allowed;

  Meter(Scripts.Limits limits) {
    this.limits = limits;
  }

  /** Bytes that this thread has allocated since it began. */
  static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /** A call begins; what it is given to work on, in bytes, adds to what it may allocate. */
  void begin(long given) {
    check();
    allocatedBefore = allocated();
    allowed = limits.bytes() + given;
    began = System.nanoTime();
    running = true;
  }

  /** The call is given more to work on, in bytes. */
  void allow(long more) {
    allowed += more;
  }

  void end() {
    running = false;
  }

  /** Since when the call of now runs; zero where none does. */
  Duration age() {
    return running ? Duration.ofNanos(System.nanoTime() - began) : Duration.ZERO;
  }

  /** Ends this call and all that come. */
  void cancel() {
    cancelled = true;
  }

  /**
   * Lets the call go on.
   *
   * @throws LimitError where it has used up what it may
   */
  void check() {
    if (cancelled) {
      throw new LimitError(Kind.TIMEOUT, "the function was stopped, nobody waits for it");
    }
    if (running) {
      if (System.nanoTime() - began > limits.time().toNanos()) {
        throw timeout(limits);
      }
      checkBytes(0);
    }
  }

  /** As {@link #check}, with bytes that are to be allocated next. */
  void checkBytes(long wanted) {
    var used = allocated() - allocatedBefore;
    if (running && used + wanted > allowed) {
      throw new LimitError(
          Kind.MEMORY, "the function used more than " + (allowed >> 10) + " KiB in one call");
    }
  }

  static LimitError timeout(Scripts.Limits limits) {
    var seconds = limits.time().toMillis() / 1000.0;
    return new LimitError(
        Kind.TIMEOUT, String.format(Locale.ROOT, "the function ran longer than %s s", seconds));
  }
}
