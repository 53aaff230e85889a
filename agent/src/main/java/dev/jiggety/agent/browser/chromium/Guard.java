package dev.jiggety.agent.browser.chromium;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a Chromium while it runs: kills what draws a page when that takes too much memory,
 * and all of it when its time is long over, so that nobody waits for it for ever.
 */
final class Guard implements AutoCloseable {
  /** What one renderer may have in memory, in KiB. */
  static final long MOST_MEMORY = 1024 << 10;

  private static final long EVERY_MILLIS = 400;
  private static final long GRACE = TimeUnit.SECONDS.toNanos(4);

  private final DriverProcess process;
  private final long deadline;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Guard(DriverProcess process, long deadline) {
    this.process = process;
    this.deadline = deadline;
  }

  /** Begins to. */
  static Guard over(DriverProcess process, long deadline) {
    Guard guard = new Guard(process, deadline);
    Thread.ofVirtual().name("guard of Chromium").start(guard::watch);
    return guard;
  }

  private void watch() {
    try {
      while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        if (System.nanoTime() - deadline > GRACE) {
          process.close();
          return;
        }
        process.processes().stream().filter(Guard::tooBig).forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On systems without {@code /proc} nothing is. */
  private static boolean tooBig(ProcessHandle process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    try {
      String command = Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return command.contains("--type=renderer")
          && Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .anyMatch(kibibytes -> kibibytes > MOST_MEMORY);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
