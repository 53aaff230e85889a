package dev.jiggety.agent.cli;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.repository.couch.Standby;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety provision}: what a hub needs before anything works. */
@Command(
    name = "provision",
    description = {
      "Make the databases on a hub: configuration, status, results of this week and the next ones.",
      "Can be repeated at any time; makes only what is missing. With --standby, two hubs replicate",
      "with each other from then on, and clients that are given both go on with the other one when",
      "one dies. With --tls, make certificates instead."
    },
    footer = {
      "%nExamples:",
      "  jiggety provision --hub http://127.0.0.1:5984",
      "  jiggety provision --hub https://hub-a:6984 --standby https://hub-b:6984",
      "  jiggety provision --tls /etc/jiggety/tls --host hub.example.org,10.0.0.5"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ProvisionCommand implements Runnable {
  @Mixin private HubOption hub;

  @ArgGroup(exclusive = false, heading = "%nCertificates:%n")
  private ProvisionTls tls = new ProvisionTls();

  @Spec private CommandSpec spec;

  @Option(
      names = "--standby",
      paramLabel = "URL",
      description = {
        "A second hub: the two replicate with each other. Its address as the first hub reaches it."
      })
  private @Nullable String standby;

  @Option(
      names = "--standby-credentials",
      paramLabel = "FILE",
      description = "File of two lines, user and password, for the second hub (default: the same).")
  private @Nullable Path standbyCredentials;

  @Option(
      names = "--no-accounts",
      description = {
        "With --standby: do not replicate accounts. Otherwise each hub keeps an administrator's",
        "password of the other one, where only its administrators can read it."
      })
  private boolean withoutAccounts;

  @Override
  public void run() {
    if (tls.run(spec.commandLine().getOut())) {
      return;
    }
    HubAddress first = hub.address();
    if (standby == null) {
      try (Hub open = hub.open()) {
        provision(open);
      }
      return;
    }
    Optional<Credentials> who =
        standbyCredentials == null
            ? first.credentials()
            : Optional.of(Credentials.fromFile(standbyCredentials));
    HubAddress second = HubAddress.parse(standby, who);
    if (second.base().equals(first.base())) {
      throw new CliException(ExitCode.USAGE, "--standby must be another hub than " + first);
    }
    try (Hub one = Hub.open(first, hub.options());
        Hub other = Hub.open(second, hub.options())) {
      provision(one);
      provision(other);
      PrintWriter out = spec.commandLine().getOut();
      new Standby(one, other, hub.names()).set(!withoutAccounts).forEach(out::println);
      out.println("from now on give clients both: --hub " + first + "," + second);
    }
  }

  private void provision(Hub open) {
    PrintWriter out = spec.commandLine().getOut();
    Provisioner.Report report = new Provisioner(open, hub.names()).provision(Instant.now());
    report.created().forEach(name -> out.println("created " + name));
    report.notes().forEach(note -> out.println("note: " + note));
    out.println(
        "the hub "
            + (standby == null ? "" : open.address() + " ")
            + "is ready: "
            + report.created().size()
            + " made, "
            + report.found().size()
            + " were there");
  }
}
