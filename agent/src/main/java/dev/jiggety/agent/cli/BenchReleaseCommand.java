package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.patch.PackedClasses;
import dev.jiggety.agent.bench.patch.ReleaseBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench release}. */
@Command(
    name = "release",
    description = {
      "Measure how long nodes run no test while releases of the agent are rolled out, good ones and",
      "bad ones, and while agents are killed at each step. Hub, manager and nodes are processes of",
      "their own. Takes ten minutes and 100 MB of memory a node. Ends with 1 when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench release --nodes 20 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchReleaseCommand implements Callable<Integer> {
  /** As the packages start a node, with less memory. */
  private static final List<String> LIGHT =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx128m",
          "--enable-native-access=ALL-UNNAMED",
          "-Djdk.virtualThreadScheduler.parallelism=8",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dsun.net.inetaddr.ttl=0");

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--boot",
      paramLabel = "FILE",
      description = "The boot script (default: that of the package, or of the checkout).")
  private @Nullable Path boot;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (nodes < 1) {
      throw new CliException(ExitCode.USAGE, "--nodes must be at least 1");
    }
    Path script = boot == null ? found() : boot;
    Logging.hush();
    Path folder = Files.createTempDirectory("jiggety-release");
    try {
      return BenchHub.print(
          spec, ReleaseBench.run(program(folder), script.toAbsolutePath(), folder, nodes), json);
    } finally {
      Folders.remove(folder);
    }
  }

  private static Program program(Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LIGHT);
    command.addAll(List.of("-cp", PackedClasses.path(folder), Main.class.getName()));
    return new Program(command);
  }

  private static Path found() {
    String launcher = System.getProperty("jiggety.launcher", "bin/jiggety");
    Path home = Path.of(launcher).toAbsolutePath().resolve("../..").normalize();
    return Stream.of(
            home.resolve("boot"),
            home.resolve("packaging/common/boot"),
            Path.of("packaging/common/boot"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new CliException(ExitCode.USAGE, "the boot script is not here; name it by --boot"));
  }
}
