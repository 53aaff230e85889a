package dev.jiggety.agent.bench.couch;

import dev.jiggety.couch.HubAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server in a process of its own, that says in a line where it is listening. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("listening .*?(\\d+)/?$");
  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final Server server;

  private ServerProcess(Process process, Server server) {
    this.process = process;
    this.server = server;
  }

  /**
   * Starts it and returns when it listens.
   *
   * @param folder where it runs
   * @throws IOException when it does not start; the message says what it printed
   */
  public static ServerProcess start(Path folder, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder printed = new StringBuilder();
    Optional<String> port = port(out, printed);
    if (port.isEmpty()) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " did not start: " + printed);
    }
    // Whatever else it prints must not fill the pipe.
    Thread.ofVirtual().name("bench-server-output").start(() -> out.lines().forEach(_ -> {}));
    HubAddress address = HubAddress.parse("http://127.0.0.1:" + port.get(), Optional.empty());
    return new ServerProcess(process, new Server(address, Optional.of(process.toHandle())));
  }

  private static Optional<String> port(BufferedReader out, StringBuilder printed)
      throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      var said = PORT.matcher(line);
      if (said.find()) {
        return Optional.of(said.group(1));
      }
      printed.append(line).append('\n');
    }
    return Optional.empty();
  }

  /** What listens there. */
  public Server server() {
    return server;
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
