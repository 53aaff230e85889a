package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.history.HistoryBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jiggety bench history}. */
@Command(
    name = "history",
    description = {
      "Measure the archive: makes packed results of many days and asks for charts of them. Ends",
      "with 1 when a goal is not met. What a chart takes does not depend on how many other tests",
      "there are; a year of 100 tests on 10 nodes takes about an hour, and 30 GB of disk."
    },
    footer = {"%nExample:", "  jiggety bench history --tests 1 --days 365 --json"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchHistoryCommand implements Callable<Integer> {
  /** Archives, indexes, and the copy that a compaction makes of a month. */
  private static final long BYTES_A_RESULT = 55;

  @Mixin private BenchHub hub;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many tests, each once a minute (default: ${DEFAULT-VALUE}).")
  private int tests;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "10",
      description = "From how many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "Of how many days, the last two hours live (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Keep everything there and go on where the last run with it ended, so that it can be made",
        "in pieces and measured again; with an embedded hub, and the same numbers each time."
      })
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    Logging.hush();
    HistoryBench.Scale scale = new HistoryBench.Scale(tests, nodes, days);
    if (data != null) {
      return hub.measureIn(data, (folder, open) -> HistoryBench.goOn(folder, open, scale));
    }
    return hub.measure((folder, open) -> {
      requireRoom(folder);
      return HistoryBench.run(folder, open, scale);
    });
  }

  /** A disk that is full in the middle would be a poor end of an hour. */
  private void requireRoom(Path folder) throws IOException {
    long needed = BYTES_A_RESULT * tests * nodes * days * 1440;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed) {
      throw new CliException(
          ExitCode.BAD,
          "this takes about %,d MB in %s, and %,d MB are free; choose fewer --tests"
              .formatted(needed / 1_000_000, folder, free / 1_000_000));
    }
  }
}
