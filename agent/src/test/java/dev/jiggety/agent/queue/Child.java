package dev.jiggety.agent.queue;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program in a process of its own that can be killed, frozen and thawed. */
final class Child implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private Child(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  static Child start(Class<?> main, String... arguments) {
    return start(List.of(), main.getName(), arguments);
  }

  /** The program as its users start it. */
  static Child jiggety(String... arguments) {
    return start(List.of(), "dev.jiggety.agent.cli.Main", arguments);
  }

  /**
   * Starts one.
   *
   * @param wrapper a command that runs another one, such as strace
   */
  static Child start(List<String> wrapper, String main, String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("JIGGETY_"));
    try {
      return new Child(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a line holds {@code text} and gives the last such line. */
  String awaitLine(String text) {
    return await("\"" + text + "\" in the output of a process")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              List<String> found = lines.stream().filter(line -> line.contains(text)).toList();
              if (found.isEmpty() && !process.isAlive() && !reader.isAlive()) {
                throw new AssertionError("ended without \"" + text + "\":\n" + lines);
              }
              return found;
            },
            found -> !found.isEmpty())
        .getLast();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** SIGKILL, and all that it had said until then. */
  void kill() {
    process.toHandle().destroyForcibly(); // unlike that of Process it leaves the stream to be read
    join();
  }

  /** SIGTERM; its exit code. */
  int terminate() {
    process.toHandle().destroy();
    return join();
  }

  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  int join() {
    try {
      int code = process.waitFor();
      reader.join();
      return code;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (BufferedReader out = process.inputReader()) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output cut: " + e.getMessage() + ")");
    }
  }
}
