package dev.jiggety.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kill does not show what a power cut would: the system keeps what it has not written yet. So
 * here the system calls are counted, as strace sees them.
 */
class SyncTest {
  private static final int PATCHES = 50;

  @TempDir Path folder;

  /** Puts patches, each by itself; tells before and after. Arguments: the folder. */
  static final class Putting {
    public static void main(String[] args) {
      try (PatchQueue queue = ArtemisQueue.open(QueueConfig.embedded(Path.of(args[0], "queue")))) {
        queue.put(new QueuedPatch("first", 1));
        Path trace = Path.of(args[0], "trace");
        long before = syncs(trace);
        for (int n = 2; n < PATCHES + 2; n++) {
          queue.put(new QueuedPatch("p" + n, n));
        }
        System.out.println("syncs " + (syncs(trace) - before));
      }
    }
  }

  @Test
  void everyConfirmationIsBehindASyncOfTheDisk() throws Exception {
    assumeTrue(
        straceWorks(), "counting system calls needs strace (Debian: apt-get install strace)");
    List<String> strace =
        List.of("strace", "-f", "-e", "trace=fdatasync", "-o", folder.resolve("trace").toString());
    try (Child child = Child.start(strace, Putting.class.getName(), folder.toString())) {
      long syncs = Long.parseLong(child.awaitLine("syncs ").substring("syncs ".length()));
      assertThat(syncs).isGreaterThanOrEqualTo(PATCHES);
    }
  }

  static long syncs(Path trace) {
    try (var lines = Files.lines(trace)) {
      return lines.filter(line -> line.contains("fdatasync(")).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean straceWorks() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false; // not installed
    }
  }
}
