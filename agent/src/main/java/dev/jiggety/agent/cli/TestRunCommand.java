package dev.jiggety.agent.cli;

import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.probe.RunExecutor;
import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.agent.worker.WorkerOptions;
import dev.jiggety.agent.worker.WorkerPool;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
      "Run tests now, and draw the phases of every request as a waterfall.",
      "They run here, or on nodes beside what those run; nothing is kept of it.",
      "Ends with 1 when one of them is down, was not run, or a node does not answer."
    },
    footer = {
      "%nExamples:",
      "  jiggety test run tests/home.yaml",
      "  jiggety test run shop-home --hub http://127.0.0.1:5984",
      "  jiggety test run tests/home.yaml --on paris,oslo",
      "  jiggety test run shop-home --all --json",
      "  cat home.yaml | jiggety test run - --json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestRunCommand implements Callable<Integer> {
  /** Of standard input, in bytes. */
  private static final int LARGEST = 12_000_000;

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE-or-ID",
      description = "A YAML file, the id of a test on the hub, or - for standard input.")
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

  @ArgGroup private @Nullable Nodes nodes;
  @Mixin private KeyOption key;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "How long to wait for nodes (default: as long as the test may take, and 15 s more).")
  private @Nullable Duration within;

  /** Where to run it instead of here. */
  static final class Nodes {
    @Option(
        names = "--on",
        paramLabel = "NODE",
        split = ",",
        description = "Run it on these nodes, beside what they run. Needs your key.")
    private @Nullable List<String> on;

    @Option(names = "--all", description = "Run it on every node that it would run on.")
    private boolean all;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (nodes != null) {
      return onNodes(nodes, out);
    }
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
          out.println(RunText.json(run));
        } else {
          RunText.lines(test, run).forEach(out::println);
        }
      }
    }
    return down ? ExitCode.BAD : ExitCode.FINE;
  }

  private int onNodes(Nodes where, PrintWriter out) throws InterruptedException {
    SigningKey mine = key.open();
    Set<String> names = where.on == null || where.all ? Set.of() : new TreeSet<>(where.on);
    int exit = ExitCode.FINE;
    List<TestDefinition> tests = tests();
    try (Hub open = hub.open()) {
      CouchRepositories there = new CouchRepositories(open, hub.names());
      for (TestDefinition test : tests) {
        AskedNodes asked =
            new AskedNodes(there.trials(), there.nodes(), mine, out, json, Ansi.detect());
        exit = Math.max(exit, asked.run(test, names, within));
      }
    }
    return exit;
  }

  /** Made when a worker is needed; the last worker removes it. */
  private static Path temporaryFolder() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "jiggety-test-" + ProcessHandle.current().pid());
  }

  private List<TestDefinition> tests() {
    if (what.equals("-")) {
      return fromInput();
    }
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

  /** {@code -}: the tests on standard input, as an editor hands them over. */
  private static List<TestDefinition> fromInput() {
    try {
      byte[] read = System.in.readNBytes(LARGEST + 1);
      if (read.length > LARGEST) {
        throw new CliException(
            ExitCode.BAD, "standard input is larger than any test: " + LARGEST + " bytes");
      }
      return TestYaml.readText("stdin", new String(read, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CliException(ExitCode.BAD, "cannot read standard input: " + e.getMessage());
    }
  }
}
