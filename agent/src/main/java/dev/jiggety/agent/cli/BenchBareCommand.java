package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.checks.BareLoad;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jiggety bench bare}: what {@code jiggety bench checks --compare bare} measures beside. */
@Command(
    name = "bare",
    hidden = true,
    description = {
      "Ask a site again and again, 10,000 times a minute, and do nothing else. Goes on until it is",
      "ended. Used by jiggety bench checks."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchBareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "HOW", description = "${COMPLETION-CANDIDATES}.")
  private BareLoad load;

  @Parameters(index = "1", paramLabel = "URL", description = "What it asks for.")
  private URI site;

  @Override
  public Integer call() throws Exception {
    load.run(site);
    return ExitCode.FINE;
  }
}
