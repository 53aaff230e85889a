package dev.jiggety.installers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, all that it says in one text. */
record Command(List<String> words, Map<String, String> environment) {
  private static final long PATIENCE_MINUTES = 8;

  static Command of(String... words) {
    return new Command(List.of(words), Map.of());
  }

  Command with(Map<String, String> more) {
    return new Command(words, more);
  }

  /** Runs it; it has to end well. */
  String run() {
    Result result = attempt();
    assertThat(result.exit()).as("%s%n%s", String.join(" ", words), result.said()).isZero();
    return result.said();
  }

  /**
   * What came of it.
   *
   * @param said its standard output and error
   */
  record Result(int exit, String said) {}

  /** Runs it, however it ends. */
  Result attempt() {
    try {
      Path said = Files.createTempFile("command", ".log");
      try {
        Process process = start(said);
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new AssertionError("no end of " + String.join(" ", words) + ": " + text(said));
        }
        return new Result(process.exitValue(), text(said));
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it; what it says goes into a file. */
  Process start(Path said) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
