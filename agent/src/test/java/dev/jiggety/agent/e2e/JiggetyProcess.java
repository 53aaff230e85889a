package dev.jiggety.agent.e2e;

import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program as its users start it: a process of its own, with the class path of the tests. */
final class JiggetyProcess implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private JiggetyProcess(Process process) {
    this.process = process;
    // Of the platform: a read of a pipe holds a carrier, and there are only as many as processors.
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static JiggetyProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  static JiggetyProcess start(Map<String, String> environment, String... arguments) {
    return startOf(Main.class, environment, arguments);
  }

  /** The same for another program of the tests. */
  static JiggetyProcess startOf(
      Class<?> main, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return startCommand(command, environment);
  }

  /** The same for any program. */
  static JiggetyProcess startCommand(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("JIGGETY_"));
    builder.environment().putAll(environment);
    try {
      return new JiggetyProcess(builder.start());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until a line holds {@code text} and gives the line. */
  String awaitLine(String text) {
    return await("\"" + text + "\" in the output of a process")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              List<String> found = lines.stream().filter(line -> line.contains(text)).toList();
              if (found.isEmpty() && !process.isAlive() && !reader.isAlive()) {
                throw new AssertionError("ended without \"" + text + "\":\n" + output());
              }
              return found;
            },
            found -> !found.isEmpty())
        .getFirst();
  }

  /** SIGKILL: the process gets no chance to tidy up. */
  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  /** Another signal, like {@code STOP} and {@code CONT}. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its id. */
  long pid() {
    return process.pid();
  }

  /** SIGTERM, as a service manager stops it. */
  int terminate() {
    process.toHandle().destroy(); // Process.destroy would close its output before its last words
    return waitFor();
  }

  /** Processes that it has started and that run. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  int waitFor() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("does not end:\n" + output());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String output() {
    return lines.stream().collect(Collectors.joining("\n"));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader out = process.inputReader()) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output cut: " + e.getMessage() + ")");
    }
  }
}
