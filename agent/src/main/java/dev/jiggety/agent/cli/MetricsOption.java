package dev.jiggety.agent.cli;

import dev.jiggety.agent.metrics.Metrics;
import dev.jiggety.agent.metrics.OtlpConfig;
import dev.jiggety.agent.metrics.Source;
import dev.jiggety.agent.metrics.Who;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whether a role shows its figures, and where. Headers for a receiver come from a file or the
 * environment, never from the command line, where every user of the machine could read them.
 */
final class MetricsOption {
  private static final String HEADERS = "JIGGETY_OTLP_HEADERS";

  @Option(
      names = "--metrics",
      paramLabel = "[HOST:]PORT",
      description = {
        "Answer Prometheus at /metrics there, and say at /-/healthy and /-/ready whether all is",
        "well; on 127.0.0.1 unless a host is named. Off where nothing is said."
      })
  private @Nullable String metrics;

  @Option(
      names = "--metrics-tests",
      paramLabel = "N",
      defaultValue = "2000",
      description = "So many tests have figures of their own (default: ${DEFAULT-VALUE}).")
  private int mostTests = 2000;

  @Option(
      names = "--otlp",
      paramLabel = "URL",
      description = "Push the same figures by OTLP over HTTP, as to http://127.0.0.1:4318.")
  private @Nullable String otlp;

  @Option(
      names = "--otlp-headers",
      paramLabel = "FILE",
      description = {
        "File of headers for that, \"name: value\" on each line, readable by you alone",
        "(default: " + HEADERS + ", name=value separated by commas)."
      })
  private @Nullable Path headers;

  @Option(
      names = "--otlp-every",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Time between two pushes, 1s or more (default: 60s).")
  private @Nullable Duration every;

  /**
   * Whose figures, and what is asked for them.
   *
   * @param lacks why it is not ready, a line each; empty when it is
   * @param close ends what was begun for them
   */
  record Role(Who who, List<Source> sources, Supplier<List<String>> lacks, Closing close) {}

  /** Whether anybody wants figures: else nothing is begun for them. */
  boolean isWanted() {
    return metrics != null || otlp != null;
  }

  int mostTests() {
    return mostTests;
  }

  /** Shows the figures of a role until it is closed; nothing at all where nobody wants them. */
  Closing serve(Supplier<Role> role) {
    if (!isWanted()) {
      return Closing.NOTHING;
    }
    Optional<Metrics.Listen> listen = Optional.ofNullable(metrics).map(Metrics.Listen::parse);
    Optional<OtlpConfig> push = Optional.ofNullable(otlp).map(this::push);
    Role shown = role.get();
    Metrics running = Metrics.start(shown.who(), listen, push, shown.sources(), shown.lacks());
    return () -> {
      running.close();
      shown.close().close();
    };
  }

  private OtlpConfig push(String url) {
    OtlpConfig config =
        OtlpConfig.at(url)
            .withHeaders(
                OtlpConfig.headers(
                    Optional.ofNullable(headers), Optional.ofNullable(System.getenv(HEADERS))));
    if (every == null) {
      return config;
    }
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new CliException(ExitCode.USAGE, "--otlp-every must be 1s or more");
    }
    return config.withEvery(every);
  }
}
