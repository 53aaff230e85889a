package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.timing.TimingBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench timing}. */
@Command(
    name = "timing",
    description = {
      "Measure a server that delays each phase by a time that it tells; how far off is the probe?",
      "The server is a process of its own on this machine. Ends with 1 when a goal is not met."
    },
    footer = {
      "%nExamples:",
      "  jiggety bench timing --concurrency 200 --json",
      "  jiggety bench timing --neighbour"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchTimingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "200",
      description = "Runs at a time (default: ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long it counts (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long before it counts (default: ${DEFAULT-VALUE}).")
  private Duration warmUp;

  @Option(
      names = "--down",
      description =
          "Go on with half as many runs at a time, down to one, to see up to how many this machine"
              + " can tell the truth.")
  private boolean down;

  @Option(
      names = "--neighbour",
      description = "Let a thread of the same process make garbage all the time meanwhile.")
  private boolean neighbour;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (concurrency < 1) {
      throw new CliException(ExitCode.USAGE, "--concurrency must be at least 1");
    }
    Logging.hush();
    return BenchHub.print(
        spec,
        TimingBench.run(
            ThisProgram.get(), new TimingBench.Setting(concurrency, warmUp, time, down, neighbour)),
        json);
  }
}
