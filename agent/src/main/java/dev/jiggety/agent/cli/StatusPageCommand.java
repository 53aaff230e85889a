package dev.jiggety.agent.cli;

import dev.jiggety.agent.report.StatusSite;
import dev.jiggety.couch.Hub;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety status-page}: how things stand, for everybody. */
@Command(
    name = "status-page",
    description = {
      "Write a public status page as files for any web server: pages, feeds, status.json.",
      "Only tests with the tag \"public\" are shown, by their names, with nothing of how they are",
      "tested."
    },
    footer = {
      "%nExamples:",
      "  jiggety status-page --out /var/www/status --title \"Shop status\" --every 60s",
      "  jiggety status-page --out site --groups-by-tag shop=Shop,api=APIs"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class StatusPageCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  @Mixin private HubOption hub;

  @ArgGroup(exclusive = false, heading = "%nWhat is shown:%n")
  private StatusPageOptions page = new StatusPageOptions();

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the files go; made if it is not there.")
  private Path out;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Make it again and again until stopped, like 60s (default: once).")
  private @Nullable Duration every;

  @Override
  public Integer call() throws IOException {
    if (every != null && every.compareTo(SHORTEST) < 0) {
      throw new CliException(ExitCode.USAGE, "--every must be 5s or more");
    }
    try (Hub open = hub.open();
        StatusSite site =
            page.site(
                new CouchRepositories(open, hub.names()),
                StatusSite.Target.folder(out),
                every == null ? Duration.ZERO : every)) {
      int shown = site.make();
      spec.commandLine()
          .getOut()
          .println(
              "the status page in " + out + " shows " + shown + (shown == 1 ? " test" : " tests"));
      if (shown == 0) {
        spec.commandLine()
            .getErr()
            .println("jiggety: nothing is shown: no active test has the tag for it (or use --all)");
      }
      spec.commandLine().getOut().flush();
      if (every != null) {
        keep(site, every);
      }
    }
    return ExitCode.FINE;
  }

  private static void keep(StatusSite site, Duration every) {
    try (Lifetime lifetime = Lifetime.begin()) {
      Thread maker = Thread.ofVirtual().name("status-page").start(() -> site.run(every));
      lifetime.await(null);
      site.close();
      maker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
