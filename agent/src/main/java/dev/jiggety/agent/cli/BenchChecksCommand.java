package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.checks.BareProgram;
import dev.jiggety.agent.bench.checks.BlackboxExporter;
import dev.jiggety.agent.bench.checks.ChecksBench;
import dev.jiggety.agent.bench.checks.Rival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench checks}. */
@Command(
    name = "checks",
    description = {
      "What does a check cost a node, with ten tests and with ten thousand? Node, hub and site are",
      "processes of their own on this machine. Takes about nine minutes. Ends with 1 when a goal is",
      "not met."
    },
    footer = {"%nExamples:", "  jiggety bench checks", "  jiggety bench checks --compare blackbox"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchChecksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = DurationConverter.class,
      description = "How long each load counts (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "70s",
      converter = DurationConverter.class,
      description = {
        "How long each load goes on before, so that each test of a minute has run once",
        "(default: ${DEFAULT-VALUE})."
      })
  private Duration warmUp;

  @Option(
      names = "--load",
      paramLabel = "NAME",
      description = "Only this load, or these: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<ChecksBench.Load> loads = EnumSet.allOf(ChecksBench.Load.class);

  @Option(
      names = "--compare",
      paramLabel = "NAME",
      description = {
        "Measure this beside: blackbox, the exporter of Prometheus (Debian's package",
        "prometheus-blackbox-exporter); bare, a program that does nothing but ask, by OkHttp and by",
        "a socket."
      })
  private @Nullable String compare;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Optional<Rival> rival = Optional.ofNullable(compare).map(BenchChecksCommand::rival);
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-bench");
    try (BenchEnd end = BenchEnd.begin()) {
      end.atEnd(() -> Folders.remove(folder));
      return BenchHub.print(
          spec,
          ChecksBench.run(
              ThisProgram.get(), folder, new ChecksBench.Setting(loads, warmUp, time), rival),
          json);
    }
  }

  private static Rival rival(String name) {
    return switch (name) {
      case "bare" -> new BareProgram(ThisProgram.get());
      case "blackbox" -> new BlackboxExporter(exporter());
      default ->
          throw new CliException(ExitCode.USAGE, "--compare knows bare and blackbox, not " + name);
    };
  }

  private static Path exporter() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .flatMap(folder ->
            Stream.of("prometheus-blackbox-exporter", "blackbox_exporter")
                .map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "there is no blackbox exporter here; Debian has it as"
                    + " prometheus-blackbox-exporter"));
  }
}
