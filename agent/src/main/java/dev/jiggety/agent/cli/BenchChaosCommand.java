package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.ChaosBench;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench chaos}. */
@Command(
    name = "chaos",
    description = {
      "Kill, freeze and cut off managers, broker, hub and nodes, one thing after the other, under a",
      "stream of good and bad patches; then see that none was lost, doubled or reordered, that no bad",
      "one got further than its canary, and that every node runs what the head says. Ends with 1 when",
      "something is wrong; then the folder with all that was printed and kept stays."
    },
    footer = {"%nExample:", "  jiggety bench chaos --rounds 200 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchChaosCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many faults, one after the other (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many light nodes, at least 2 (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is by chance (default: another one each time, printed).")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (nodes < 2 || rounds < 1) {
      throw new CliException(ExitCode.USAGE, "--nodes must be at least 2 and --rounds at least 1");
    }
    Logging.hush();
    PrintWriter err = spec.commandLine().getErr();
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    Path folder = Files.createTempDirectory("jiggety-chaos");
    say(err, "seed " + chosen + ", everything in " + folder);
    ChaosBench.Result result =
        ChaosBench.run(
            ThisProgram.get(),
            folder,
            new ChaosBench.Scale(rounds, nodes, chosen),
            line -> say(err, line));
    result.violations().forEach(line -> err.println("WRONG: " + line));
    int exit = BenchHub.print(spec, result.report(), json);
    if (result.violations().isEmpty()) {
      Folders.remove(folder);
    } else {
      err.println("seed " + chosen + "; what they printed and kept is in " + folder);
    }
    err.flush();
    return exit;
  }

  private void say(PrintWriter err, String line) {
    if (!json) {
      err.println(line);
      err.flush();
    }
  }
}
