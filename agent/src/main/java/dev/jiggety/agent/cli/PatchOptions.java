package dev.jiggety.agent.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a patch is to be carried out. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchOptions {
  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = "swift",
      description =
          "How: swift, waves, instant, careful, release, or one of your own (default: ${DEFAULT-VALUE}).")
  String strategy;

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      description = "Why, for the record (default: what was asked for).")
  @Nullable String comment;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description =
          "It must have been begun by then, or it is not carried out (default: ${DEFAULT-VALUE}).")
  Duration expires;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;
}
