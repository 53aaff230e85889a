package dev.jiggety.agent.cli;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a benchmark takes place: a temporary folder, and an embedded hub unless one is named. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchHub {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description = "Measure with this hub, a real CouchDB for example (default: an embedded one).")
  private @Nullable String url;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  /** A benchmark. */
  interface Bench {
    BenchReport run(Path folder, Hub hub) throws Exception;
  }

  /**
   * Measures, prints the report as one line, and says by the exit code whether all goals are met.
   */
  int measure(Bench bench) throws Exception {
    Path folder = Files.createTempDirectory("jiggety-bench");
    try {
      BenchReport report = url == null ? embedded(bench, folder) : against(url, bench, folder);
      return print(spec, report, json);
    } finally {
      Folders.remove(folder);
    }
  }

  /** The same with an embedded hub in a folder that stays. */
  int measureIn(Path folder, Bench bench) throws Exception {
    if (url != null) {
      throw new CliException(ExitCode.USAGE, "--data keeps an embedded hub; leave --hub out");
    }
    return print(spec, embedded(bench, Files.createDirectories(folder)), json);
  }

  /** Prints a report, its one line last; returns the exit code. */
  static int print(CommandSpec spec, BenchReport report, boolean lineAlone) {
    var out = spec.commandLine().getOut();
    if (!lineAlone) {
      report.lines().forEach(out::println);
    }
    out.println(report.toJson());
    return report.isMet() ? ExitCode.FINE : ExitCode.BAD;
  }

  private static BenchReport embedded(Bench bench, Path folder) throws Exception {
    try (EmbeddedHub hub =
        EmbeddedHub.start(HubConfig.loopback(0, Files.createDirectories(folder.resolve("hub"))))) {
      return against(hub.url().toString(), bench, folder);
    }
  }

  private static BenchReport against(String url, Bench bench, Path folder) throws Exception {
    Optional<Credentials> credentials = Credentials.fromEnvironment(System.getenv());
    try (Hub hub = Hub.open(HubAddress.parse(url, credentials), HubOptions.DEFAULT)) {
      return bench.run(Files.createDirectories(folder.resolve("node")), hub);
    }
  }
}
