package dev.jiggety.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that speaks CouchDB's HTTP API and shares no code with ours (PouchDB's, on Node.js), in
 * a process of its own on a free port of the loopback address. What it stores is in memory: after
 * {@link #kill} and {@link #restart} it is there again on the same port, and empty.
 *
 * <p>The build installs it ({@code shared-model/src/test/npm}) before the tests. Not thread-safe.
 */
public final class NpmCouch implements AutoCloseable {
  private static final long START_SECONDS = 60;
  private static final String READY = "listening ";

  private final Path directory;
  private final Map<String, String> environment;
  private Running running;

  private NpmCouch(Map<String, String> environment) {
    this.directory = findInstallation();
    this.environment = environment;
    this.running = launch(0);
  }

  /** Starts a server where everyone is administrator, and returns when it answers. */
  public static NpmCouch start() {
    return new NpmCouch(Map.of());
  }

  /**
   * Starts a server with one administrator, and returns when it answers. An anonymous request that
   * wants a right gets no answer at all from this server: give the name with each.
   */
  public static NpmCouch start(String user, String password) {
    return new NpmCouch(Map.of("COUCH_ADMIN_USER", user, "COUCH_ADMIN_PASSWORD", password));
  }

  /** The address, with a slash at its end; the same for the life of this object. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + running.port + "/");
  }

  /** Ends the process at once, as a crash would. Does nothing if it has ended. */
  public void kill() {
    running.process.destroyForcibly().onExit().join();
  }

  /** Starts it again, empty, on the same port; ends it first if it still runs. */
  public void restart() {
    kill();
    running = launch(running.port);
  }

  @Override
  public void close() {
    kill();
  }

  private record Running(Process process, int port) {}

  private Running launch(int port) {
    var builder = new ProcessBuilder(List.of("node", "server.js", Integer.toString(port)));
    builder
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .environment()
        .putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start node: is Node.js on the PATH?", e);
    }
    var ready = new CompletableFuture<Integer>();
    Thread.ofVirtual().name("npm-couch-output").start(() -> follow(process, ready));
    try {
      return new Running(process, ready.get(START_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("the CouchDB server for the tests did not start", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the CouchDB server was starting", e);
    }
  }

  /** Reads all that the server prints, so that its pipe never fills; finds its port in it. */
  private static void follow(Process process, CompletableFuture<Integer> ready) {
    var printed = new ConcurrentLinkedQueue<String>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          ready.complete(Integer.parseInt(line.substring(READY.length())));
        } else if (!ready.isDone()) {
          printed.add(line);
        }
      }
      ready.completeExceptionally(new IOException("it ended and said: " + printed));
    } catch (IOException e) {
      // Its pipe breaks when it is killed: only of interest where it was not yet ready.
      ready.completeExceptionally(e);
    }
  }

  private static Path findInstallation() {
    Path here = Path.of("").toAbsolutePath();
    for (Path up = here; up != null; up = up.getParent()) {
      Path candidate = up.resolve("shared-model/target/npm");
      if (Files.exists(candidate.resolve("installed-lock.json"))) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "no shared-model/target/npm above " + here + ": run mvn -pl shared-model test-compile");
  }
}
