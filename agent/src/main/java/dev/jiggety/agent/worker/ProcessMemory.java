package dev.jiggety.agent.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What processes take of the machine's memory for themselves; known on Linux alone. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** Of all of them together, in bytes: what they share with each other counts for none. */
  static long of(Collection<Long> processes) {
    return processes.stream().mapToLong(ProcessMemory::of).sum();
  }

  /** Of one, in bytes; 0 where it is gone or that is not known. */
  static long of(long process) {
    try {
      return Files.readString(Path.of("/proc/" + process + "/status"), StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
