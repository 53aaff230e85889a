package dev.jiggety.agent.release;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tries whether a program starts: as a child process that has to open a copy of the node's data and
 * say who it is, within a time and an amount of memory. Nothing of it stays.
 */
final class StartCheck {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LAST_WORDS = 300;
  private static final int MOST_OUTPUT = 1 << 20;

  private final Limits limits;

  /**
   * What a program may take.
   *
   * @param time until it has said that it is well
   * @param memory of it and its children, in bytes; looked at where the system has {@code /proc}
   */
  record Limits(Duration time, long memory) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(90), 768L << 20);
  }

  StartCheck(Limits limits) {
    this.limits = limits;
  }

  /**
   * Tries it.
   *
   * @param program the folder of the program
   * @param data a copy of the node's data
   * @return how long that took
   * @throws UnfitReleaseException when it does not start; one line with its last words
   */
  Duration run(Path program, Path data, String version)
      throws IOException, InterruptedException, UnfitReleaseException {
    Path output = data.resolve("check.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                program.resolve(BundleWriter.PROGRAM).toString(),
                "release",
                "check",
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JIGGETY_") || name.startsWith("NOTIFY_SOCKET"));
    builder.environment().remove("WATCHDOG_USEC");
    long begun = System.nanoTime();
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UnfitReleaseException("its program cannot be run: " + e.getMessage());
    }
    try {
      await(process);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.waitFor();
    }
    judge(process.exitValue(), output, version);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void await(Process process) throws InterruptedException, UnfitReleaseException {
    long end = System.nanoTime() + limits.time().toNanos();
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      long taken =
          Stream.concat(Stream.of(process.toHandle()), process.descendants())
              .mapToLong(StartCheck::memory)
              .sum();
      if (taken > limits.memory()) {
        throw new UnfitReleaseException(
            "it takes more than %d MB of memory to start".formatted(limits.memory() >> 20));
      }
      if (System.nanoTime() - end > 0) {
        throw new UnfitReleaseException(
            "it does not start within %d s".formatted(limits.time().toSeconds()));
      }
    }
  }

  private static void judge(int exit, Path output, String version)
      throws IOException, UnfitReleaseException {
    List<String> lines;
    try (var in = Files.newInputStream(output)) {
      lines = new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8).lines().toList();
    }
    String last =
        lines.stream().filter(line -> !line.isBlank()).reduce("", (_, next) -> next).strip();
    if (exit != 0) {
      String words = last.length() > LAST_WORDS ? last.substring(0, LAST_WORDS) + "…" : last;
      throw new UnfitReleaseException(
          "it does not start (exit code %d)%s"
              .formatted(exit, words.isEmpty() ? "" : ": " + words));
    }
    try {
      JsonObject said = JsonParser.parseString(last).getAsJsonObject();
      String is = said.get("version").getAsString();
      if (!is.equals(version)) {
        throw new UnfitReleaseException("the release is %s, its program %s".formatted(version, is));
      }
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new UnfitReleaseException("its program does not say which version it is");
    }
  }

  /** Resident memory of a process in bytes; 0 where nobody says. */
  private static long memory(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // ended meanwhile, or another system
    }
  }
}
