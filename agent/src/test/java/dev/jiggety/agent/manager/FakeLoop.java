package dev.jiggety.agent.manager;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** A loop that goes one step when it is told to, by a clock that the test sets. */
final class FakeLoop implements Loop {
  private final Supplier<Instant> clock;
  private final Deque<Runnable> ready = new ArrayDeque<>();
  private final Deque<Runnable> idle = new ArrayDeque<>();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::time).thenComparingLong(Planned::number));
  private long number;
  private boolean isRunning;

  private record Planned(Instant time, long number, Runnable task) {}

  FakeLoop(Supplier<Instant> clock) {
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.get();
  }

  @Override
  public void post(Runnable task) {
    ready.add(task);
  }

  @Override
  public Timer at(Instant time, Runnable task) {
    Planned entry = new Planned(time, number++, task);
    planned.add(entry);
    return () -> planned.remove(entry);
  }

  @Override
  public void whenIdle(Runnable task) {
    idle.add(task);
  }

  /** Whether it is in the middle of something: frozen there. */
  boolean isRunning() {
    return isRunning;
  }

  /** Does one thing; whether there was one. */
  boolean step() {
    Planned first = planned.peek();
    Runnable task = null;
    if (first != null && !first.time().isAfter(now())) {
      planned.poll();
      task = first.task();
    }
    task = task == null ? ready.poll() : task;
    task = task == null ? idle.poll() : task;
    if (task == null) {
      return false;
    }
    isRunning = true;
    try {
      task.run();
    } finally {
      isRunning = false;
    }
    return true;
  }
}
