package dev.jiggety.agent.vitals;

import dev.jiggety.model.Vitals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What this process and its machine have and take. Safe for any thread. */
public final class Machine {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  /**
   * How they are now.
   *
   * @param data the folder whose disk counts
   * @param notices what else people should look at; a disk that fills is put in front
   */
  public static Vitals look(Path data, List<String> notices) {
    Long free = diskFree(data);
    Vitals vitals = new Vitals(free, memory(), notices);
    if (free == null || !vitals.isDiskLow()) {
      return vitals;
    }
    List<String> more = new ArrayList<>(notices);
    more.addFirst("the disk has %d MiB left; make room".formatted(free >> 20));
    return new Vitals(free, vitals.memory(), more);
  }

  /** The program's version, from the manifest of its jar. */
  public static String version() {
    return Objects.requireNonNullElse(
        Machine.class.getPackage().getImplementationVersion(), "development");
  }

  private static @Nullable Long diskFree(Path data) {
    try {
      return Files.getFileStore(data).getUsableSpace();
    } catch (IOException e) {
      return null;
    }
  }

  /** Resident memory, in bytes; where the machine does not tell, the heap in use. */
  static long memory() {
    try {
      return Files.readString(STATUS, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException | NumberFormatException e) {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }
}
