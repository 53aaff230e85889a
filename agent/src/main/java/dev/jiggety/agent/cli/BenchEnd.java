package dev.jiggety.agent.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a benchmark leaves behind is removed at its end, also when that comes by Ctrl-C. */
final class BenchEnd implements AutoCloseable {
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Thread hook = new Thread(this::tidyUp, "bench-end");

  /** Removes something. */
  interface Step {
    void run() throws Exception;
  }

  private BenchEnd() {}

  static BenchEnd begin() {
    BenchEnd end = new BenchEnd();
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  /** Notes what to do; the last one noted is done first. */
  synchronized void atEnd(Step step) {
    steps.push(step);
  }

  private synchronized void tidyUp() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (Exception e) {
        System.err.println("jiggety: the benchmark left something behind: " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    tidyUp();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown is under way: the hook finds nothing left to do.
    }
  }
}
