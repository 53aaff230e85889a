package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.patch.FootprintBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench footprint}. */
@Command(
    name = "footprint",
    description = {
      "Measure what an installation takes: installed and download size, memory of hub, manager and",
      "node at rest, and how soon each is ready. In a checkout the image that packaging/build has",
      "made is measured, if there is one. Ends with 1 when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench footprint --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchFootprintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "100",
      description = "Tests of the node, each once a minute (default: ${DEFAULT-VALUE}).")
  private int tests;

  @Option(
      names = "--rest",
      paramLabel = "DURATION",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "How long they run before their memory is read (default: ${DEFAULT-VALUE}).")
  private Duration rest;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (tests < 1) {
      throw new CliException(ExitCode.USAGE, "--tests must be at least 1");
    }
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-footprint");
    try {
      Optional<Path> image = image();
      Program program =
          image
              .map(found -> new Program(List.of(found.resolve("bin/jiggety").toString())))
              .orElseGet(ThisProgram::get);
      return BenchHub.print(
          spec, FootprintBench.run(program, folder, tests, rest, image, download()), json);
    } finally {
      Folders.remove(folder);
    }
  }

  /** The folder of the packaged program: that which runs, or what a checkout has built. */
  private static Optional<Path> image() {
    return launcher()
        .flatMap(launcher ->
            List.of(
                    launcher.resolveSibling("../lib/runtime").normalize(),
                    launcher.resolveSibling("packaging/target/image/jiggety-agent/lib/runtime"))
                .stream()
                .filter(Files::isDirectory)
                .findFirst())
        .map(runtime -> runtime.resolve("../..").normalize());
  }

  private static Optional<Path> download() throws IOException {
    Optional<Path> folder =
        launcher()
            .map(launcher -> launcher.resolveSibling("packaging/target/packages"))
            .filter(Files::isDirectory);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try (var packages = Files.newDirectoryStream(folder.get(), "jiggety-agent_*.deb")) {
      for (Path found : packages) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> launcher() {
    return Optional.ofNullable(System.getProperty("jiggety.launcher")).map(Path::of);
  }
}
