package dev.jiggety.agent.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A clock that goes when told to, and timers that go by it. */
final class HandTimers implements Timers, Supplier<Moment> {
  private Moment now;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(long at, Runnable what) {}

  HandTimers(Instant start) {
    now = new Moment(start, 1_000);
  }

  @Override
  public synchronized Moment get() {
    return now;
  }

  @Override
  public synchronized Timer after(Duration wait, Runnable what) {
    Entry entry = new Entry(now.nanos() + Math.max(0, wait.toNanos()), what);
    entries.add(entry);
    return () -> {
      synchronized (this) {
        entries.remove(entry);
      }
    };
  }

  /** Time passes; what is due meanwhile is done. */
  void pass(Duration time) {
    long end = get().nanos() + time.toNanos();
    for (Optional<Entry> next = next(end); next.isPresent(); next = next(end)) {
      next.get().what().run();
    }
    set(end);
  }

  private synchronized Optional<Entry> next(long end) {
    Optional<Entry> next =
        entries.stream()
            .filter(entry -> entry.at() <= end)
            .min(Comparator.comparingLong(Entry::at));
    next.ifPresent(entry -> {
      entries.remove(entry);
      set(Math.max(now.nanos(), entry.at()));
    });
    return next;
  }

  private synchronized void set(long nanos) {
    now = now.plus(Duration.ofNanos(nanos - now.nanos()));
  }
}
