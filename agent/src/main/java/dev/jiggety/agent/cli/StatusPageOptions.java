package dev.jiggety.agent.cli;

import dev.jiggety.agent.report.PublicChoice;
import dev.jiggety.agent.report.PublicReader;
import dev.jiggety.agent.report.SiteOptions;
import dev.jiggety.agent.report.StatusSite;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a status page shows, and as what; the same for its files and for the hub's own. */
final class StatusPageOptions {
  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "What the page is called (default: Service status).")
  private String title = "Service status";

  @Option(
      names = "--public-tag",
      paramLabel = "TAG",
      description = "Tests with this tag are shown, no others (default: public).")
  private String tag = "public";

  @Option(
      names = {"--all", "--all-tests"},
      description = "Show all tests, whatever their tags.")
  private boolean all;

  @Option(
      names = "--groups-by-tag",
      paramLabel = "TAG[=NAME]",
      split = ",",
      description = "Tags that make groups, in order; a test belongs to the first that it has.")
  private List<String> groups = List.of();

  @Option(
      names = "--show-addresses",
      description = "Show what http tests look at: host and path, nothing more.")
  private boolean addresses;

  @Option(
      names = "--page-url",
      paramLabel = "URL",
      description = "Where the page will be found, for links in its feeds.")
  private @Nullable String url;

  /** The page, not made yet. */
  StatusSite site(CouchRepositories repositories, StatusSite.Target target, Duration every) {
    PublicChoice choice =
        new PublicChoice(
            all ? null : tag, groups.stream().map(PublicChoice.Group::parse).toList(), addresses);
    return new StatusSite(
        () -> InForce.read(repositories),
        new PublicReader(repositories.history(), repositories.incidents(), choice),
        new SiteOptions(title, base(), every),
        target,
        InstantSource.system());
  }

  private String base() {
    if (url == null) {
      return "";
    }
    if (!url.matches("https?://[^\\s\"<>]+")) {
      throw new CliException(
          ExitCode.USAGE, "--page-url must be like https://status.example.org/, is " + url);
    }
    return url.endsWith("/") ? url : url + "/";
  }
}
