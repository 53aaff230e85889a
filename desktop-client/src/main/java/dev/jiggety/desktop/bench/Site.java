package dev.jiggety.desktop.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.desktop.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A hub that is full of data, as a process of its own. Ends with us, whatever becomes of us. */
final class Site implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer wishes;
  private final String hub;

  private Site(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.wishes = process.outputWriter(StandardCharsets.UTF_8);
    this.hub = answer().get("hub").getAsString();
  }

  /** Starts and fills it, which takes a minute or two for a year. */
  static Site start(Program program, Scale scale) throws IOException {
    List<String> command =
        List.of(
            "bench",
            "site",
            "--tests=" + scale.tests(),
            "--nodes=" + scale.nodes(),
            "--days=" + scale.days());
    Process process =
        program.builder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new Site(process);
    } catch (IOException e) {
      Program.kill(process);
      throw e;
    }
  }

  /** Where the hub is. */
  String hub() {
    return hub;
  }

  /** Begins to let results come in. */
  void pour(int perSecond, Duration length) throws IOException {
    wishes.write(perSecond + " " + length.toSeconds() + "\n");
    wishes.flush();
  }

  /** Waits until they have come; how many a second there were. */
  double poured() throws IOException {
    return answer().get("rate").getAsDouble();
  }

  private JsonObject answer() throws IOException {
    String line = answers.readLine();
    try {
      if (line != null) {
        return JsonParser.parseString(line).getAsJsonObject();
      }
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("the hub of the benchmark said: " + line, e);
    }
    throw new IOException("the hub of the benchmark did not start; see above");
  }

  @Override
  public void close() throws IOException {
    try {
      wishes.close();
      if (!process.waitFor(Duration.ofSeconds(20))) {
        Program.kill(process);
      }
    } catch (InterruptedException e) {
      Program.kill(process);
      Thread.currentThread().interrupt();
    }
  }
}
