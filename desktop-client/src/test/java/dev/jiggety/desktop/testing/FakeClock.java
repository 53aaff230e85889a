package dev.jiggety.desktop.testing;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Time that stands still until a test lets it pass; ticks come as it passes. */
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
  public Instant instant() {
    return now;
  }

  @Override
  public Pin every(Duration period, Runnable action) {
    Timer timer = new Timer(period, action, now.plus(period));
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  /** How many timers run: what was opened and not closed. */
  public int timers() {
    return timers.size();
  }

  /** Lets time pass, tick by tick in the right order. */
  public void pass(Duration span) {
    Instant end = now.plus(span);
    while (true) {
      Timer due = null;
      for (Timer timer : timers) {
        if (!timer.next.isAfter(end) && (due == null || timer.next.isBefore(due.next))) {
          due = timer;
        }
      }
      if (due == null) {
        break;
      }
      now = due.next;
      due.next = due.next.plus(due.period);
      due.action.run();
    }
    now = end;
  }
}
