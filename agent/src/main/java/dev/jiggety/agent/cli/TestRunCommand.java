package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.agent.worker.WorkerOptions;
import dev.jiggety.agent.worker.WorkerPool;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Hiccups;
import dev.jiggety.model.rules.Statistics;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety test run}: runs a test here and shows where the time went. */
@Command(
    name = "run",
    description = {
      "Run tests here, now, and draw the phases of every request as a waterfall.",
      "Ends with 1 when one of them is down."
    },
    footer = {
      "%nExamples:",
      "  jiggety test run tests/home.yaml",
      "  jiggety test run shop-home --hub http://127.0.0.1:5984"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestRunCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE-or-ID",
      description = "A YAML file, or the id of a test on the hub.")
  private String what;

  @Option(names = "--json", description = "Print one JSON object for each run.")
  private boolean json;

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description = {
        "Folder with the secrets that the tests refer to, one private file each (mode 0600).",
        "By default $CREDENTIALS_DIRECTORY, else the folder secrets where you are."
      })
  private @Nullable Path secrets;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    boolean down = false;
    try (HiccupMeter meter = new HiccupMeter();
        WorkerPool workers = WorkerPool.open(WorkerOptions.in(temporaryFolder()))) {
      InstantSource clock = InstantSource.system();
      RunExecutor executor =
          new RunExecutor(
              Probes::find,
              workers.places(1),
              meter,
              clock,
              1,
              RunExecutor.Pause.SLEEP,
              RunExecutor.Monitor.NONE,
              SecretFiles.of(secrets, System.getenv(), Path.of("")));
      for (TestDefinition test : tests()) {
        Run run = executor.run(test, "here", clock.instant());
        down |= run.verdict() == Verdict.DOWN;
        if (json) {
          out.println(toJson(run));
        } else {
          describe(test, run).forEach(out::println);
        }
      }
    }
    return down ? ExitCode.BAD : ExitCode.FINE;
  }

  /** Made when a worker is needed; the last worker removes it. */
  private static Path temporaryFolder() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "jiggety-test-" + ProcessHandle.current().pid());
  }

  private List<TestDefinition> tests() {
    Path file = Path.of(what);
    if (Files.exists(file)) {
      return TestYaml.readAll(List.of(file));
    }
    if (what.contains("/") || what.endsWith(".yaml") || what.endsWith(".yml")) {
      throw new CliException(ExitCode.BAD, what + ": there is no such file");
    }
    try (Hub open = hub.open()) {
      return new CouchRepositories(open, hub.names())
          .tests()
          .find(what)
          .map(stored -> List.of(stored.value()))
          .orElseThrow(() ->
              new CliException(ExitCode.BAD, "neither a file nor a test on the hub: " + what));
    }
  }

  private static JsonObject toJson(Run run) {
    JsonObject object = BatchDocument.write(run);
    object.addProperty("node", run.node());
    return object;
  }

  private static List<String> describe(TestDefinition test, Run run) {
    Ansi ansi = Ansi.detect();
    List<String> lines = new ArrayList<>();
    lines.add(ansi.bold(test.name()) + "  " + ansi.verdict(run.verdict()));
    String url = test.check() instanceof Check.Http http ? http.url() : test.id();
    run.retried().forEach(sample -> lines.addAll(sample(sample, url, "tried again", ansi)));
    run.samples().forEach(sample -> lines.addAll(sample(sample, url, "", ansi)));
    if (run.samples().size() > 1) {
      Statistics times =
          Statistics.of(Hiccups.leaveOut(run.samples()).stream().map(Sample::total).toList());
      lines.add(
          "  "
              + times.count()
              + " samples: min "
              + Times.millis(times.min())
              + ", median "
              + Times.millis(times.median())
              + ", max "
              + Times.millis(times.max())
              + ", deviation "
              + Times.millis(times.deviation()));
    }
    return lines;
  }

  private static List<String> sample(Sample sample, String url, String note, Ansi ansi) {
    List<String> lines = new ArrayList<>(Waterfall.of(sample, url));
    if (sample.failure() != null) {
      String retried = note.isEmpty() ? "" : " (" + note + ")";
      lines.add(
          "  "
              + ansi.red(sample.failure().kind().label() + ": " + sample.failure().text())
              + retried);
    }
    lines.addAll(FindingsText.of(sample, FindingsText.terminalWidth(System.getenv())));
    return lines;
  }
}
