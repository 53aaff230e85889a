package dev.jiggety.desktop.testing;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Time that stands still until a test lets it pass; ticks come as it passes, on the test's thread.
 * Others may ask for the time and for ticks from any thread.
 */
public final class FakeClock implements InstantSource, Ticker {
  /** When it begins. */
  public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private final List<Timer> timers = new ArrayList<>();
  private Instant now = START;

  private static final class Timer {
    final Duration period;
    final Runnable action;
    Instant next;

    Timer(Duration period, Runnable action, Instant next) {
      this.period = period;
      this.action = action;
      this.next = next;
    }
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Pin every(Duration period, Runnable action) {
    Timer timer = new Timer(period, action, now.plus(period));
    timers.add(timer);
    return () -> stop(timer);
  }

  /** How many timers run: what was opened and not closed. */
  public synchronized int timers() {
    return timers.size();
  }

  /** Lets time pass, tick by tick in the right order. */
  public void pass(Duration span) {
    Instant end = instant().plus(span);
    for (Optional<Runnable> due = next(end); due.isPresent(); due = next(end)) {
      due.get().run();
    }
  }

  private synchronized void stop(Timer timer) {
    timers.remove(timer);
  }

  /** Goes on to the next tick that is due before the end, or to the end. */
  private synchronized Optional<Runnable> next(Instant end) {
    Optional<Timer> due =
        timers.stream()
            .filter(timer -> !timer.next.isAfter(end))
            .min(Comparator.comparing(timer -> timer.next));
    now = due.map(timer -> timer.next).orElse(end);
    due.ifPresent(timer -> timer.next = timer.next.plus(timer.period));
    return due.map(timer -> timer.action);
  }
}
