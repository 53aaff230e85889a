package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.Bed;
import dev.jiggety.agent.bench.patch.BenchFailedException;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What patches are measured on. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchBed {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description = {
        "Measure with this hub, a real CouchDB for example (default: an embedded one in a process",
        "of its own); JIGGETY_USER and JIGGETY_PASSWORD of an administrator."
      })
  private @Nullable String url;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many light nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--results",
      paramLabel = "N",
      defaultValue = "200",
      description = "Results that pour in a second meanwhile (default: ${DEFAULT-VALUE}).")
  private int results;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  /** A benchmark. */
  interface Bench {
    BenchReport run(Bed bed) throws IOException, InterruptedException, BenchFailedException;
  }

  /** Measures, prints the report, and says by the exit code whether all goals are met. */
  int measure(Bench bench) throws Exception {
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-bench");
    AtomicBoolean isKept = new AtomicBoolean();
    try (BenchEnd end = BenchEnd.begin()) {
      end.atEnd(() -> {
        if (!isKept.get()) {
          Folders.remove(folder);
        }
      });
      Optional<HubAddress> hub =
          Optional.ofNullable(url)
              .map(at -> HubAddress.parse(at, Credentials.fromEnvironment(System.getenv())));
      Bed bed = new Bed(ThisProgram.get(), folder, new Bed.Setting(nodes, results, hub));
      end.atEnd(bed::close);
      try {
        bed.begin();
        return BenchHub.print(spec, bench.run(bed), json);
      } catch (BenchFailedException e) {
        isKept.set(true);
        bed.notices().forEach(line -> spec.commandLine().getErr().println("nodes say: " + line));
        throw new CliException(
            ExitCode.BAD, e.getMessage() + "; what the parts printed is in " + folder);
      }
    }
  }
}
