package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.schedule.ScheduleBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jiggety bench schedule}. */
@Command(
    name = "schedule",
    description = {
      "Let a node make many checks a second of a site on this machine; how late do they begin?",
      "The site is a process of its own. Ends with 1 when a goal is not met."
    },
    footer = {"%nExample:", "  jiggety bench schedule --rate 200 --for 10m"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchScheduleCommand implements Callable<Integer> {
  @Mixin private BenchHub hub;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Checks a second (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = DurationConverter.class,
      description = "How long (default: ${DEFAULT-VALUE}).")
  private Duration time;

  @Override
  public Integer call() throws Exception {
    return hub.measure(
        (folder, client) -> ScheduleBench.run(ThisProgram.get(), folder, client, rate, time));
  }
}
