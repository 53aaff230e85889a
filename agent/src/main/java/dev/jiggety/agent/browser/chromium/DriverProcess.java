package dev.jiggety.agent.browser.chromium;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chromedriver with all that it starts, in a folder of its own. A shell stands between: it waits
 * for the end of its input, which comes when this program closes it or dies, kills the whole group
 * of processes and removes the folder.
 */
final class DriverProcess implements AutoCloseable {
  private static final String SHELL =
      """
      trap : INT TERM HUP
      driver=$1; shift
      if command -v setsid >/dev/null; then
        setsid "$driver" --port=0 --log-path=/dev/null </dev/null 2>/dev/null & group=-$!
      else
        "$driver" --port=0 --log-path=/dev/null </dev/null 2>/dev/null & group=$!
      fi
      while read -r line; do :; done
      kill -s KILL -- "$group"
      wait
      for again in 1 2 3 4 5; do
        rm -rf -- "$@"
        sleep 0.3
        [ -e "$1" ] || [ -e "$2" ] || exit 0
      done
      """;

  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");

  /** Names of sockets have at most 107 bytes; Chromium adds 45 to the temporary folder. */
  private static final int LONGEST_TEMPORARY = 61;

  private static final long LONGEST_END_SECONDS = 5;

  private static final List<String> KEPT =
      List.of("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH");

  private final Process shell;
  private final Path folder;
  private final Path temporary;
  private final int port;

  private DriverProcess(Process shell, Path folder, Path temporary, int port) {
    this.shell = shell;
    this.folder = folder;
    this.temporary = temporary;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param parent where its folder is made
   */
  static DriverProcess start(Path program, Path parent, Duration timeout) throws IOException {
    Path folder = Files.createTempDirectory(parent, "cr");
    Path inside = folder.resolve("t");
    Path temporary =
        inside.toString().length() <= LONGEST_TEMPORARY
            ? Files.createDirectory(inside)
            : Files.createTempDirectory(shortest(), "jc");
    Files.createDirectories(home(folder));
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh",
            "-c",
            SHELL,
            "sh",
            program.toString(),
            folder.toString(),
            temporary.toString());
    Map<String, String> environment = builder.environment();
    // Nothing of this program's environment that might be secret, nothing of its user's settings.
    environment.keySet().retainAll(KEPT);
    environment.put("HOME", home(folder).toString());
    environment.put("TMPDIR", temporary.toString());
    builder.directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process shell = builder.start();
    try {
      return new DriverProcess(shell, folder, temporary, port(shell, timeout));
    } catch (IOException e) {
      new DriverProcess(shell, folder, temporary, 0).close();
      throw e;
    }
  }

  /** A worker's own temporary folder may be as long as the one that did not do. */
  private static Path shortest() {
    Path usual = Path.of("/tmp");
    return Files.isWritable(usual) ? usual : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** What Chromium takes for the home of its user. */
  static Path home(Path folder) {
    return folder.resolve("home");
  }

  /** Where it listens, on loopback. */
  int port() {
    return port;
  }

  /** Its own; removed by {@link #close()}. */
  Path folder() {
    return folder;
  }

  /** The processes that it consists of, without the shell. */
  List<ProcessHandle> processes() {
    return shell.descendants().toList();
  }

  boolean alive() {
    return shell.isAlive() && shell.descendants().findAny().isPresent();
  }

  /** Kills all of it, without a word; its folder goes too. */
  @Override
  public void close() {
    List<ProcessHandle> all = processes();
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    if (!ended(shell)) {
      all.forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    // One that holds much memory takes a while to go, and its files come back until it has gone.
    CompletableFuture<?>[] ends =
        all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log("Processes of Chromium do not end");
    }
    remove(folder);
    remove(temporary);
  }

  private static void log(String what) {
    System.getLogger(DriverProcess.class.getName()).log(System.Logger.Level.WARNING, what);
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int port(Process shell, Duration timeout) throws IOException {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    // Reading from a process holds on to the carrier of a virtual thread, for as long as it runs.
    Thread.ofPlatform().daemon().name("chromedriver output").start(() -> read(shell, port));
    try {
      return port.get(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("chromedriver did not start in " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("chromedriver did not start: " + cause.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** To the end, so that it never waits for somebody to read what it prints. */
  private static void read(Process shell, CompletableFuture<Integer> port) {
    String last = "it printed nothing";
    try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        Matcher matcher = PORT.matcher(line);
        if (matcher.find()) {
          port.complete(Integer.valueOf(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      last = String.valueOf(e.getMessage());
    }
    port.completeExceptionally(new IOException(last));
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Remover());
    } catch (IOException e) {
      log("A folder of Chromium is left over: " + e.getMessage());
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
