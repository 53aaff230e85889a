package dev.jiggety.agent.bench.checks;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.bench.timing.TruthProcess;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.bench.ProcessCost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The {@link BareLoad} on the same Java with the same options as the node, in processes of their
 * own: what of a check is the price of a request, and what is ours.
 */
public record BareProgram(Program program) implements Rival {
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  @Override
  public void measure(
      BenchReport report, Path folder, TruthProcess site, Duration time, double ours)
      throws IOException, InterruptedException {
    for (BareLoad load : BareLoad.values()) {
      double each = measure(load, site, time);
      String name = "a bare request by " + load.name().toLowerCase(Locale.ROOT);
      report
          .figure("CPU of " + name, each, "ms")
          .figure("CPU a check against " + name, ours / each, "×");
    }
  }

  private double measure(BareLoad load, TruthProcess site, Duration time)
      throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + site.port() + "/1";
    List<String> command = program.with(List.of("bench", "bare", load.name(), url));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Thread.sleep(WARM_UP);
      long before = site.answered();
      Duration cpu = cpu(process);
      Thread.sleep(time);
      Duration used = cpu(process).minus(cpu);
      long requests = site.answered() - before;
      if (requests == 0) {
        throw new IOException("the bare load reached nothing");
      }
      return used.toNanos() / 1e6 / requests;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Duration cpu(Process process) throws IOException {
    return ProcessCost.of(process.toHandle())
        .cpu()
        .orElseThrow(() -> new IOException("the bare load did not start or has ended"));
  }
}
