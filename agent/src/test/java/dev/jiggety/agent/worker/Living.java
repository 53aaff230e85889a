package dev.jiggety.agent.worker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is there of workers on this machine, as the system says. */
final class Living {
  private Living() {}

  /** Processes, other than those that wait to be buried, whose workers' folders are below that. */
  static List<Long> processes(Path folder) {
    String mark = ProcessTree.MARK + "=" + folder.toAbsolutePath();
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> environment(pid).contains(mark))
        .toList();
  }

  /** Folders of workers. */
  static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until a worker has begun to loop after it made offspring, and gives its process. */
  static long awaitMeasuring(Path folder) throws IOException {
    Path worker =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    folders(folder).stream()
                        .filter(one -> Files.exists(one.resolve("tmp/child")))
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    return Long.parseLong(Files.readString(worker.resolve("process")));
  }

  static void signal(long pid, String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("kill -" + name + " " + pid + " failed");
    }
  }

  private static String environment(long pid) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc/" + pid + "/environ")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // gone, or not ours
    }
  }
}
