package dev.jiggety.desktop.trial;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run on this computer, by the headless program. Used once; can be cancelled from any thread. */
final class HereCall {
  private final Program program;
  private final TestDefinition test;
  private final Duration atMost;
  private @Nullable Thread worker;
  private boolean cancelled;

  HereCall(Program program, TestDefinition test, Duration atMost) {
    this.program = program;
    this.test = test;
    this.atMost = atMost;
  }

  /**
   * Runs it and waits.
   *
   * @param node what it is called in the run
   * @throws IOException when there is no run; for people
   * @throws InterruptedException when it was cancelled
   */
  Run run(String node) throws IOException, InterruptedException {
    begin();
    Program.Result result;
    try {
      result = program.call(List.of("test", "run", "-", "--json"), TestYaml.write(test), atMost);
    } finally {
      end();
    }
    String line = result.out().lines().filter(it -> it.startsWith("{")).findFirst().orElse("");
    if (line.isEmpty()) {
      throw new IOException(
          result.errors().isBlank()
              ? Program.NAME + " ended with " + result.exit() + " and said nothing"
              : result.errors().strip());
    }
    try {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      return BatchDocument.readRun(json, node);
    } catch (JsonParseException | IllegalStateException | DocumentException e) {
      throw new IOException("cannot read what " + Program.NAME + " said: " + e.getMessage(), e);
    }
  }

  /** Ends it, with all that it has started. */
  synchronized void cancel() {
    cancelled = true;
    if (worker != null) {
      worker.interrupt();
    }
  }

  private synchronized void begin() throws InterruptedException {
    if (cancelled) {
      throw new InterruptedException("cancelled");
    }
    worker = Thread.currentThread();
  }

  private synchronized void end() {
    worker = null;
  }
}
