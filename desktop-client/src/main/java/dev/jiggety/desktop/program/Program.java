package dev.jiggety.desktop.program;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The headless program on this machine. Immutable, for any thread; what it does blocks, so never on
 * the FX thread.
 *
 * @param executable what starts it
 */
public record Program(Path executable) {
  /** The system property that says where it is; whoever starts the desktop sets it. */
  public static final String PROPERTY = "jiggety.launcher";

  /** The name that is looked for on the path where nobody says anything. */
  public static final String NAME = "jiggety";

  /**
   * What came of a call.
   *
   * @param exit its exit code: 0 fine, 1 what was asked about is bad, 2 usage, 3 hub unreachable
   * @param out what it wrote to its standard output
   * @param errors what it wrote to its standard error
   */
  public record Result(int exit, String out, String errors) {}

  /** It, where it is installed. */
  public static Optional<Program> find() {
    return find(System.getProperty(PROPERTY, ""), System.getenv());
  }

  static Optional<Program> find(String said, Map<String, String> environment) {
    if (!said.isEmpty()) {
      return Optional.of(Path.of(said)).filter(Files::isExecutable).map(Program::new);
    }
    String path = environment.getOrDefault("PATH", "");
    return List.of(path.split(File.pathSeparator, -1)).stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Program::new);
  }

  /**
   * Calls it, hands it {@code input}, and waits for its end. When the time is over or the thread is
   * interrupted it is killed with all that it has started.
   *
   * @throws IOException when it does not start, or not end in time; for people
   */
  public Result call(List<String> arguments, String input, Duration atMost)
      throws IOException, InterruptedException {
    return call(arguments, input, Map.of(), atMost);
  }

  /**
   * The same with more in its environment, which is the place for who we are: command lines can be
   * read by everybody on the machine.
   */
  public Result call(
      List<String> arguments, String input, Map<String, String> environment, Duration atMost)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(arguments);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      CompletableFuture<String> out = reading(process.getInputStream());
      CompletableFuture<String> errors = reading(process.getErrorStream());
      Thread.ofVirtual().start(() -> write(process, input)); // it may never read it
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            NAME + " " + arguments.getFirst() + " did not end within " + atMost.toSeconds() + " s");
      }
      return new Result(process.exitValue(), out.join(), errors.join());
    } finally {
      kill(process);
    }
  }

  /** How to start it for longer. */
  public ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** Ends a process and all that it has started. */
  public static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void write(Process process, String input) {
    try (var to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it does not want to read all of it; its exit code says why
    }
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    CompletableFuture<String> all = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            all.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException | UncheckedIOException e) {
            all.complete("");
          }
        });
    return all;
  }
}
