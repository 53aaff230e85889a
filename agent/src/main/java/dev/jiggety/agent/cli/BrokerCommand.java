package dev.jiggety.agent.cli;

import dev.jiggety.agent.queue.BrokerConfig;
import dev.jiggety.agent.queue.EmbeddedBroker;
import dev.jiggety.couch.Credentials;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety broker}: the line of patches on a machine of its own. */
@Command(
    name = "broker",
    description = {
      "Keep the line of patches for managers on other machines.",
      "Not needed where one manager keeps its own. Reached from elsewhere it wants a certificate",
      "and a password."
    },
    footer = {
      "%nExample:",
      "  jiggety broker --data /var/lib/jiggety/queue --bind 0.0.0.0 \\",
      "    --tls-certificate /etc/jiggety/broker.pem --tls-key /etc/jiggety/broker.key \\",
      "    --credentials /etc/jiggety/broker-password"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BrokerCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Where it keeps the line, on a local disk.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "61616",
      description = "TCP port (default: ${DEFAULT-VALUE}).")
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
      description = "PEM file: its certificate, followed by those that sign it.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file: the key of the certificate, PKCS #8, not encrypted.")
  private @Nullable Path key;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = {
        "File of two lines, user and password, that managers must give;",
        "or set JIGGETY_BROKER_USER and JIGGETY_BROKER_PASSWORD."
      })
  private @Nullable Path credentials;

  @Override
  public void run() {
    BrokerConfig.Listener listener = new BrokerConfig.Listener(bind, port, tls(), known());
    try (Lifetime lifetime = Lifetime.begin();
        EmbeddedBroker _ = EmbeddedBroker.start(BrokerConfig.listening(data, listener))) {
      spec.commandLine().getOut().println("broker is listening on " + listener.url());
      spec.commandLine().getOut().flush();
      lifetime.await(null);
    }
  }

  private Optional<BrokerConfig.Certificate> tls() {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new CliException(
          ExitCode.USAGE, "give both --tls-certificate and --tls-key, or neither");
    }
    return Optional.of(new BrokerConfig.Certificate(certificate, key));
  }

  private Optional<Credentials> known() {
    if (credentials != null) {
      return Optional.of(Credentials.fromFile(credentials));
    }
    String user = System.getenv("JIGGETY_BROKER_USER");
    String password = System.getenv("JIGGETY_BROKER_PASSWORD");
    if (user == null && password == null) {
      return Optional.empty();
    }
    if (user == null || password == null) {
      throw new CliException(
          ExitCode.USAGE, "set both JIGGETY_BROKER_USER and JIGGETY_BROKER_PASSWORD, or neither");
    }
    return Optional.of(Credentials.of(user, password));
  }
}
