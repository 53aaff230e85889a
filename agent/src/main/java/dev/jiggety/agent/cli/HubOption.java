package dev.jiggety.agent.cli;

import dev.jiggety.agent.service.LogRing;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which hub, and as whom. Credentials come from a file or the environment, never from the command
 * line, where every user of the machine could read them.
 */
final class HubOption {
  /** Of several hubs the first one that answers is taken. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final String AUTHORITY_VARIABLE = "JIGGETY_CA";

  @Option(
      names = "--hub",
      paramLabel = "URL",
      defaultValue = "${env:JIGGETY_HUB:-http://127.0.0.1:5984}",
      description = {
        "The hub (default: JIGGETY_HUB, else http://127.0.0.1:5984), or several that replicate with",
        "each other, separated by commas, the preferred one first."
      })
  String hub = "";

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      defaultValue = "${env:JIGGETY_CREDENTIALS}",
      description = {
        "File of two lines, user and password, readable by you alone",
        "(default: JIGGETY_CREDENTIALS, else JIGGETY_USER and JIGGETY_PASSWORD)."
      })
  @Nullable Path credentials;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "PEM file of the authorities that the certificate of an https hub must go back to; no",
        "others are believed (default: JIGGETY_CA, else those that this machine believes)."
      })
  @Nullable Path authority;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = DatabaseNames.DEFAULT_PREFIX,
      description = "What the names of all databases begin with (default: ${DEFAULT-VALUE}).")
  String prefix = "";

  /** All hubs that were named, the preferred one first. */
  List<HubAddress> addresses() {
    Optional<Credentials> known =
        credentials == null
            ? Credentials.fromEnvironment(System.getenv())
            : Optional.of(Credentials.fromFile(credentials));
    known.ifPresent(account -> LogRing.shared().hide(account.password()));
    return HubAddress.parseAll(hub, known);
  }

  /** Them in words. */
  String inWords() {
    return addresses().stream().map(HubAddress::toString).collect(Collectors.joining(", "));
  }

  /** The preferred one. */
  HubAddress address() {
    return addresses().getFirst();
  }

  DatabaseNames names() {
    return new DatabaseNames(prefix);
  }

  /** How the hub is talked to: whom TLS believes. */
  HubOptions options() {
    return HubOptions.DEFAULT.withTrust(trust());
  }

  private TlsTrust trust() {
    return authority(authority).map(TlsTrust::only).orElse(TlsTrust.PLATFORM);
  }

  /** The file that was given, else that of the environment. */
  static Optional<Path> authority(@Nullable Path given) {
    String known = System.getenv(AUTHORITY_VARIABLE);
    return given != null
        ? Optional.of(given)
        : Optional.ofNullable(known).filter(it -> !it.isBlank()).map(it -> Path.of(it.strip()));
  }

  Hub open() {
    DatabaseNames names = names();
    Hub open =
        Hub.open(
            addresses(), options(), List.of(names.config(), names.patches(), names.incidents()));
    open.settle(PATIENCE);
    return open;
  }
}
