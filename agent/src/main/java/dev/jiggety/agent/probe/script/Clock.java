package dev.jiggety.agent.probe.script;

import dev.jiggety.model.ErrorKind;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that a run has. */
final class Clock {
  private final LongSupplier nanos;
  private final Pause pause;
  private final Duration timeout;
  private long deadline;

  /** Waits. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /** A clock that starts now. */
  Clock(LongSupplier nanos, Pause pause, Duration timeout) {
    this.nanos = nanos;
    this.pause = pause;
    this.timeout = timeout;
    this.deadline = nanos.getAsLong() + timeout.toNanos();
  }

  /** The script begins now: that its browser had to start is not its time. */
  void begin() {
    deadline = nanos.getAsLong() + timeout.toNanos();
  }

  long now() {
    return nanos.getAsLong();
  }

  /** On the scale of {@link #now}. */
  long deadline() {
    return deadline;
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - now()));
  }

  /** Ends the script when its time is over or the thread was told to stop. */
  void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw stopped();
    }
    if (left().isZero()) {
      throw timedOut("not run: the script had taken its " + timeout.toMillis() + " ms");
    }
  }

  /** After a page that may have come too late. */
  void checkInTime() {
    if (now() - deadline > 0) {
      throw timedOut("was there after the script had taken its " + timeout.toMillis() + " ms");
    }
  }

  /** Waits; what would outlast the script ends it at once. */
  void sleep(Duration time) {
    if (time.compareTo(left()) >= 0) {
      throw timedOut(
          "longer than what is left of the test's timeout, " + left().toMillis() + " ms");
    }
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private static ScriptFailure timedOut(String text) {
    return new ScriptFailure(ErrorKind.TIMEOUT, null, text);
  }

  private static ScriptFailure stopped() {
    return new ScriptFailure(ErrorKind.INTERNAL, null, "was told to stop");
  }
}
