package dev.jiggety.agent.cli;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which hub, and as whom. Credentials come from a file or the environment, never from the command
 * line, where every user of the machine could read them.
 */
final class HubOption {
  @Option(
      names = "--hub",
      paramLabel = "URL",
      defaultValue = "${env:JIGGETY_HUB:-http://127.0.0.1:5984}",
      description = "The hub (default: JIGGETY_HUB, else http://127.0.0.1:5984).")
  String hub = "";

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "File of two lines, user and password, readable by you alone (default: JIGGETY_USER and JIGGETY_PASSWORD).")
  @Nullable Path credentials;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = DatabaseNames.DEFAULT_PREFIX,
      description = "What the names of all databases begin with (default: ${DEFAULT-VALUE}).")
  String prefix = "";

  HubAddress address() {
    Optional<Credentials> known =
        credentials == null
            ? Credentials.fromEnvironment(System.getenv())
            : Optional.of(Credentials.fromFile(credentials));
    return HubAddress.parse(hub, known);
  }

  DatabaseNames names() {
    return new DatabaseNames(prefix);
  }

  Hub open() {
    return Hub.open(address(), HubOptions.DEFAULT);
  }
}
