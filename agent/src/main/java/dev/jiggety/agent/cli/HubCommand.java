package dev.jiggety.agent.cli;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.agent.hub.HubConfig.Wire;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.TlsTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety hub}: the embedded hub. */
@Command(
    name = "hub",
    description = {
      "Be the hub: CouchDB's API on an embedded store, for one machine, a trial, a small site.",
      "It wants an administrator: give JIGGETY_ADMIN_USER and JIGGETY_ADMIN_PASSWORD at the first",
      "start, or --admin FILE. For a trial, --admin-party does without."
    },
    footer = {
      "%nExample:",
      "  jiggety hub --data /var/lib/jiggety/hub --admin /etc/jiggety/hub-admin",
      "  jiggety hub --data /var/lib/jiggety/hub --admin /etc/jiggety/hub-admin --bind 0.0.0.0 \\",
      "    --tls-certificate /etc/jiggety/tls/hub.pem --tls-key /etc/jiggety/tls/hub.key"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class HubCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private MetricsOption metrics;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Where it keeps its databases.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "5984",
      description = "TCP port, 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  private String bind;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = {
        "Speak TLS: PEM file with its certificate, followed by those that sign it. Read again",
        "whenever it changes. 'jiggety provision --tls' makes one."
      })
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file with the key of the certificate, PKCS #8, not encrypted.")
  private @Nullable Path key;

  @Option(
      names = "--plain-http",
      description = {
        "Speak plain HTTP also at an address that others reach: something in front of the hub",
        "encrypts, or the network does."
      })
  private boolean plainHttp;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = {
        "PEM file of authorities to believe besides those of this machine, when it replicates with",
        "other hubs (default: JIGGETY_CA)."
      })
  private @Nullable Path authority;

  @Option(
      names = "--admin",
      paramLabel = "FILE",
      description = {
        "File of two lines, user and password; used once, kept as a hash.",
        "Default: JIGGETY_ADMIN, where that file is there."
      })
  private @Nullable Path admin;

  @Option(
      names = "--admin-party",
      description = {
        "While there is no administrator, everybody on this machine is one;",
        "only at a loopback address."
      })
  private boolean adminParty;

  @ArgGroup(exclusive = false, heading = "%nA status page for everybody:%n")
  private HubStatusPage statusPage = new HubStatusPage();

  @Override
  public void run() {
    try (Lifetime lifetime = Lifetime.begin();
        EmbeddedHub server = EmbeddedHub.start(config());
        HubStatusPage page = statusPage.start(server.url(), administrator(), trustOfItself());
        Closing _ = metrics.serve(() -> HubMetrics.of(server));
        Closing _ = Vigils.over(server)) {
      spec.commandLine().getOut().println("hub is listening on " + server.url());
      page.url().ifPresent(url -> spec.commandLine().getOut().println("status page at " + url));
      spec.commandLine().getOut().flush();
      lifetime.await(null);
    }
  }

  private HubConfig config() {
    HubConfig at =
        HubConfig.at(bind, port, data)
            .withWire(wire())
            .withTrust(
                HubOption.authority(authority)
                    .map(TlsTrust::platformAnd)
                    .orElse(TlsTrust.PLATFORM));
    HubConfig config = adminParty ? at.withAdminParty() : at;
    return administrator()
        .map(known -> config.withAdmin(known.user(), known.password()))
        .orElse(config);
  }

  private Wire wire() {
    if (certificate == null && key == null) {
      return plainHttp ? new Wire.PlainForAll() : new Wire.PlainHere();
    }
    if (certificate == null || key == null) {
      throw new CliException(
          ExitCode.USAGE, "give both --tls-certificate and --tls-key, or neither");
    }
    if (plainHttp) {
      throw new CliException(
          ExitCode.USAGE, "--plain-http and --tls-certificate exclude each other: leave one out");
    }
    return new Wire.Tls(certificate, key);
  }

  /** The hub's own status page believes the certificate that it shows, and no other. */
  private TlsTrust trustOfItself() {
    return certificate == null ? TlsTrust.PLATFORM : TlsTrust.only(certificate);
  }

  private Optional<Credentials> administrator() {
    if (admin != null) {
      return Optional.of(Credentials.fromFile(admin));
    }
    String file = System.getenv("JIGGETY_ADMIN");
    if (file != null && Files.exists(Path.of(file))) { // systemd makes none where there is none
      return Optional.of(Credentials.fromFile(Path.of(file)));
    }
    String user = System.getenv("JIGGETY_ADMIN_USER");
    String password = System.getenv("JIGGETY_ADMIN_PASSWORD");
    if (user == null && password == null) {
      return Optional.empty();
    }
    if (user == null || password == null) {
      throw new CliException(
          ExitCode.USAGE, "set both JIGGETY_ADMIN_USER and JIGGETY_ADMIN_PASSWORD, or neither");
    }
    return Optional.of(Credentials.of(user, password));
  }
}
