package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.agent.demo.Demo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety demo trial}: what the desktop starts for "try it on this computer". */
@Command(
    name = "trial",
    description = {
      "Start a hub, a patch manager, one node and the sample shop for the desktop, which starts",
      "this by itself. Prints an object for each stage, the last with the hub's address and the",
      "file of the operator's key. Ends with its standard input, and leaves the folder as it is."
    },
    footer = {"%nExample:", "  jiggety demo trial --data trial"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DemoTrialCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "What is kept.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "TCP port of the hub (default: any free one).")
  private int port;

  @Override
  public Integer call() throws IOException {
    Logging.hush();
    Files.createDirectories(data);
    try (Lifetime lifetime = watchingInput();
        Demo demo = Demo.startForTrial(data, port, this::stage)) {
      JsonObject ready = new JsonObject();
      ready.addProperty("hub", demo.url().toString());
      ready.addProperty("operatorKey", demo.operatorKeyFile().toAbsolutePath().toString());
      say(ready);
      lifetime.await(null);
    } catch (BindException e) {
      throw new CliException(
          ExitCode.BAD, "port " + port + " is taken: end the other program, or use another --port");
    }
    return ExitCode.FINE;
  }

  private void stage(Demo.Stage stage) {
    JsonObject line = new JsonObject();
    line.addProperty("stage", stage.name().toLowerCase(Locale.ROOT));
    say(line);
  }

  private void say(JsonObject line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** From the start on: whoever started us may be gone before we are under way. */
  private static Lifetime watchingInput() {
    Lifetime lifetime = Lifetime.begin();
    Thread.ofPlatform().daemon().name("standard-input").start(() -> endWith(System.in, lifetime));
    return lifetime;
  }

  /** Whoever started us holds the other end: it closes when that process is gone, however. */
  private static void endWith(InputStream input, Lifetime lifetime) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // gone as well
    }
    lifetime.end();
  }
}
