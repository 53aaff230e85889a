package dev.jiggety.agent.bench.checks;

import dev.jiggety.agent.bench.timing.TruthProcess;
import dev.jiggety.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Another program that asks the same site as often as the node with 10,000 tests a minute. */
public sealed interface Rival permits BlackboxExporter, BareProgram {
  /** The time between two of its requests. */
  Duration EVERY = Duration.ofMinutes(1).dividedBy(10_000);

  /**
   * Measures it, and adds the figures.
   *
   * @param folder for what it needs
   * @param time how long it counts
   * @param ours the CPU of a check of the node, in milliseconds
   */
  void measure(BenchReport report, Path folder, TruthProcess site, Duration time, double ours)
      throws IOException, InterruptedException;
}
