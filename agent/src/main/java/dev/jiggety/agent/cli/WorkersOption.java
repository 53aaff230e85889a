package dev.jiggety.agent.cli;

import dev.jiggety.agent.worker.WorkerOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many scripts and pages may be measured at a time, and what of memory each may take. */
@SuppressWarnings({"NullAway.Init", "UnusedMethod"}) // picocli fills and calls
final class WorkersOption {
  private static final int LEAST_MEGABYTES = 32;

  @Spec private CommandSpec spec;

  private int count = Math.max(1, Runtime.getRuntime().availableProcessors());

  // A field, not a second method: Java gives methods in any order, and so would the manual.
  @Option(
      names = "--worker-memory",
      paramLabel = "MB",
      description = "How many megabytes a script or page may take; 256 where nothing is said.")
  private int megabytes = WorkerOptions.USUAL_MEGABYTES;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = {
        "How many scripts and pages it tests at the same time, each in a process of its own;",
        "one for each processor where nothing is said."
      })
  private void setCount(int value) {
    if (value < 1) {
      throw new ParameterException(spec.commandLine(), "--workers must be at least 1");
    }
    count = value;
  }

  int count() {
    return count;
  }

  int megabytes() {
    if (megabytes < LEAST_MEGABYTES) {
      throw new ParameterException(
          spec.commandLine(), "--worker-memory must be at least " + LEAST_MEGABYTES);
    }
    return megabytes;
  }
}
