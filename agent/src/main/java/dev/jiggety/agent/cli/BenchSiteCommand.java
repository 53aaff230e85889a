package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.agent.bench.site.BenchSite;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench site}: what {@code jiggety bench desktop} looks at. */
@Command(
    name = "site",
    hidden = true,
    description = {
      "Be a hub with tests and results; prints its address as a JSON object when it is filled.",
      "Each line of standard input, like \"500 10\", lets so many results a second come in for so",
      "many seconds, and is answered by a JSON object. Ends with its standard input."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchSiteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--tests", paramLabel = "N", defaultValue = "5000", description = "Tests.")
  private int tests;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "10", description = "Nodes.")
  private int nodes;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "How far back the first test's results reach.")
  private int days;

  @Override
  public Integer call() throws Exception {
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-site");
    try (BenchEnd end = BenchEnd.begin()) {
      end.atEnd(() -> Folders.remove(folder));
      BenchSite site = BenchSite.start(folder, new BenchSite.Scale(tests, nodes, days));
      end.atEnd(site::close);
      PrintWriter out = spec.commandLine().getOut();
      JsonObject ready = new JsonObject();
      ready.addProperty("hub", site.url().toString());
      say(out, ready);
      serve(site, out);
    }
    return ExitCode.FINE;
  }

  private static void serve(BenchSite site, PrintWriter out) throws Exception {
    var wishes = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String wish = wishes.readLine(); wish != null; wish = wishes.readLine()) {
      String[] words = wish.split(" ", 2);
      JsonObject poured = new JsonObject();
      poured.addProperty(
          "rate",
          site.pour(
              Integer.parseInt(words[0]), Duration.ofSeconds(Integer.parseInt(words[1].strip()))));
      say(out, poured);
    }
  }

  private static void say(PrintWriter out, JsonObject line) {
    out.println(line);
    out.flush();
  }
}
