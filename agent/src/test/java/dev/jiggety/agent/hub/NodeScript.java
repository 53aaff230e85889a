package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a script of {@code src/test/node} on Node.js, where the packages of the tests are. */
final class NodeScript implements AutoCloseable {
  private final String name;
  private final Process process;

  private NodeScript(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static NodeScript start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of("node", upTo("agent/src/test/node/" + name).toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(upTo("shared-model/target/npm").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new NodeScript(name, builder.start());
  }

  /** Runs it to its end; what it printed is one JSON object. */
  static JsonObject run(String name, Map<String, String> environment, String... arguments)
      throws Exception {
    try (var script = start(name, environment, arguments)) {
      return script.result();
    }
  }

  /** Waits for the line that says this, so that the test can do its part. */
  void await(String line) throws IOException {
    var reader = process.inputReader(StandardCharsets.UTF_8);
    for (var printed = reader.readLine(); !line.equals(printed); printed = reader.readLine()) {
      assertThat(printed).as("what %s prints before %s", name, line).isNotNull();
    }
  }

  /** Tells it to go on. */
  void tell(String line) throws IOException {
    var writer = process.outputWriter(StandardCharsets.UTF_8);
    writer.write(line + "\n");
    writer.flush();
  }

  /** What it printed last: one JSON object. */
  JsonObject result() throws Exception {
    var last = process.inputReader(StandardCharsets.UTF_8).lines().reduce("", (a, b) -> b);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("%s ends", name).isTrue();
    assertThat(process.exitValue()).as(last).isZero();
    return JsonParser.parseString(last).getAsJsonObject();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static Path upTo(String relative) {
    var here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, up -> up != null, Path::getParent)
        .map(up -> up.resolve(relative))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + relative + " above " + here));
  }
}
