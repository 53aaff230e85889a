package dev.jiggety.desktop.bench;

import dev.jiggety.bench.ProcessCost;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What it costs to follow a busy hub with the overview in sight: how busy the FX thread is, how
 * long it ever stands still, and the memory of the program with all that was opened before.
 */
final class Following implements Figure {
  /** Until the JVM has compiled what it will. */
  private static final int WARMING = 10;

  @Override
  public void measure(Room room, Told told) throws Exception {
    Scale scale = room.scale();
    told.pour(scale.updates(), WARMING);
    told.poured();
    long thread = Room.fx(() -> Thread.currentThread().threadId());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Stalls stalls = Stalls.begin()) {
      long began = System.nanoTime();
      long cpu = threads.getThreadCpuTime(thread);
      told.pour(scale.updates(), (int) scale.watched().toSeconds());
      double rate = told.poured();
      double busy =
          (threads.getThreadCpuTime(thread) - cpu) * 100.0 / (double) (System.nanoTime() - began);
      told.figure("updates from the hub", rate, "1/s");
      told.figure("UI thread busy", busy, "%");
      told.figure("longest stall of the UI thread", stalls.longestMillis(), "ms");
    }
    ProcessCost cost = ProcessCost.of(ProcessHandle.current());
    cost.residentMiB().ifPresent(held -> told.figure("RSS", held, "MiB"));
    cost.peakMiB().ifPresent(held -> told.figure("RSS, peak", held, "MiB"));
  }
}
