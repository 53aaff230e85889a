package dev.jiggety.desktop.program;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hub, a patch manager, a node and a sample shop on this machine, as a child process. It ends
 * with us, also when we are killed: it watches its standard input. Safe for any thread.
 */
public final class Trial implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Process process;
  private volatile boolean closed;

  /**
   * It is under way.
   *
   * @param hub where its hub is
   * @param operatorKey the file of the key that its manager trusts
   */
  public record Ready(String hub, Path operatorKey) {}

  private Trial(Process process) {
    this.process = process;
  }

  /**
   * Starts it; that takes a moment.
   *
   * @param data where it keeps everything; what an earlier one left there goes on
   * @param port of the hub, 0 for any
   * @throws IOException when the program does not start; for people
   */
  public static Trial start(Program program, Path data, int port) throws IOException {
    List<String> command = List.of("demo", "trial", "--data=" + data, "--port=" + port);
    return new Trial(program.builder(command).start());
  }

  /**
   * Waits until it is under way.
   *
   * @param stages is told how far it is, on this thread: hub, databases, manager, nodes, tests
   * @throws IOException with what it said last when it ends before; for people
   */
  public Ready await(Consumer<String> stages) throws IOException {
    LastLine complaints = new LastLine(process.errorReader(StandardCharsets.UTF_8));
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject told = read(line);
      if (told.has("hub")) {
        drain(lines);
        return new Ready(
            told.get("hub").getAsString(), Path.of(told.get("operatorKey").getAsString()));
      }
      if (told.has("stage")) {
        stages.accept(told.get("stage").getAsString());
      }
    }
    throw new IOException(closed ? "stopped" : complaints.get());
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once, as a loss of power would. */
  public void kill() {
    closed = true;
    Program.kill(process);
  }

  /** Ends it, in peace where that is quick. */
  @Override
  public void close() {
    closed = true;
    try {
      process.outputWriter().close();
      if (process.waitFor(PATIENCE)) {
        return;
      }
    } catch (IOException e) {
      // its end of the pipe is gone, and it with it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Program.kill(process);
  }

  private static JsonObject read(String line) {
    try {
      JsonElement element = JsonParser.parseString(line);
      return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException e) {
      return new JsonObject(); // a word of the launcher
    }
  }

  /** It must never wait for us to read. */
  private static void drain(BufferedReader lines) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (lines.readLine() != null) {
              // nothing more is of interest
            }
          } catch (IOException e) {
            // it is gone
          }
        });
  }

  /** The last line of a stream, for saying why. */
  private static final class LastLine {
    private final Thread reader;
    private volatile @Nullable String last;

    LastLine(BufferedReader lines) {
      reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                      last = line;
                    }
                  }
                } catch (IOException e) {
                  // it is gone
                }
              });
    }

    String get() {
      try {
        reader.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      String said = last;
      return said == null ? "the program ended at once and said nothing" : said;
    }
  }
}
