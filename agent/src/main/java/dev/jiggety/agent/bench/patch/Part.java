package dev.jiggety.agent.bench.patch;

import dev.jiggety.bench.ProcessCost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of an installation as a process of its own, that can be killed, frozen, and started again.
 * All that it prints, in all its lives, is in one file. For one thread.
 */
final class Part implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int STOP_SECONDS = 10;

  private final String name;
  private final List<String> command;
  private final Path log;
  private final Pattern ready;
  private @Nullable Process process;
  private long begun;
  private boolean isFrozen;

  /**
   * A part that does not run yet.
   *
   * @param log what it prints is added to this file
   * @param ready what it prints when it is there
   */
  Part(String name, List<String> command, Path log, Pattern ready) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.ready = ready;
  }

  String name() {
    return name;
  }

  /** All that it printed. */
  Path log() {
    return log;
  }

  /** Starts it; returns at once. */
  void start() throws IOException {
    begun = Files.exists(log) ? Files.size(log) : 0;
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /**
   * Waits until it is there.
   *
   * @return what it said then
   * @throws IOException when it ends before, or takes too long; the message has its last words
   */
  Matcher awaitReady(Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      String printed = printed();
      Matcher said = ready.matcher(printed);
      if (said.find()) {
        return said;
      }
      if (process == null || !process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "%s did not start (%s):%n%s".formatted(name, String.join(" ", command), tail(printed)));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /** What it has started itself, and runs now. */
  Stream<ProcessHandle> children() {
    return process == null ? Stream.empty() : process.children();
  }

  /** Whether it runs, frozen or not. */
  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** What it has used in this life; empty where it does not run. */
  Optional<ProcessCost> cost() {
    return Optional.ofNullable(process).map(running -> ProcessCost.of(running.toHandle()));
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
      isFrozen = false;
    }
  }

  /** SIGSTOP. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
    isFrozen = true;
  }

  /** SIGCONT. */
  void thaw() throws IOException, InterruptedException {
    if (isFrozen && isAlive()) {
      signal("CONT");
    }
    isFrozen = false;
  }

  /** The last line that it printed; empty for none. */
  String lastWords() throws IOException {
    return Files.exists(log) ? printed().strip().lines().reduce("", (_, last) -> last) : "";
  }

  /** SIGQUIT: it prints what its threads do. */
  void dump() throws IOException, InterruptedException {
    if (isAlive()) {
      signal("QUIT");
    }
  }

  /** SIGTERM, and SIGKILL where that does not help in time. */
  @Override
  public void close() throws IOException {
    if (process == null) {
      return;
    }
    try {
      thaw();
      process.toHandle().destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) throws IOException, InterruptedException {
    if (process != null) {
      String pid = String.valueOf(process.pid());
      new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    }
  }

  private String printed() throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(begun);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String tail(String text) {
    return text.length() <= 2_000 ? text : "…" + text.substring(text.length() - 2_000);
  }
}
