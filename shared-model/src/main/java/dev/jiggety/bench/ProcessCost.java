package dev.jiggety.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a process on this machine has used until now.
 *
 * @param cpu time of all its threads; empty where the system does not tell
 * @param residentMiB memory that it holds; empty where the system does not tell
 * @param peakMiB the most that it ever held; empty where the system does not tell
 */
public record ProcessCost(
    Optional<Duration> cpu, Optional<Double> residentMiB, Optional<Double> peakMiB) {

  /** Asks for it. */
  public static ProcessCost of(ProcessHandle process) {
    return new ProcessCost(
        process.info().totalCpuDuration(), status(process, "VmRSS:"), status(process, "VmHWM:"));
  }

  /** Adds the figures to a report. */
  public void report(BenchReport report, String whose) {
    cpu.ifPresent(used -> report.figure("CPU, " + whose, (double) used.toMillis() / 1e3, "s"));
    residentMiB.ifPresent(held -> report.figure("RSS, " + whose, held, "MiB"));
  }

  private static Optional<Double> status(ProcessHandle process, String what) {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(what))
          .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
