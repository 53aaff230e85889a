package dev.jiggety.agent.cli;

import dev.jiggety.agent.manager.ManagerConfig;
import dev.jiggety.agent.manager.ManagerStatus;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.manager.companion.UsualCompanions;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.agent.queue.QueueConfig;
import dev.jiggety.agent.service.LogReport;
import dev.jiggety.agent.vitals.Beat;
import dev.jiggety.couch.Credentials;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety manager}: the patch manager. */
@Command(
    name = "manager",
    description = {
      "Be a patch manager: carry patches out one after the other, and turn bad ones back.",
      "Of several managers with one line of patches one is active."
    },
    footer = {
      "%nExample:",
      "  jiggety manager --data /var/lib/jiggety/manager --trust /etc/jiggety/operators.pub"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ManagerCommand implements Runnable {
  private static final Duration LOOK = Duration.ofMillis(250);

  @Mixin private HubOption hub;
  @Mixin private MetricsOption metrics;
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "manager",
      description = "Whose key it makes at its first start (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Its own folder: its key, and the line of patches unless that is elsewhere.")
  private Path data;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its private key; made at the first start (default: manager.key in --data).")
  private @Nullable Path key;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = {
        "Public keys that are believed from the beginning, as jiggety key show prints them;",
        "without effect once it has believed a head. Can be given several times."
      })
  private List<Path> trust = List.of();

  @Option(
      names = "--accept-older-head",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = {
        "Go on from the head of that version although a newer one was there: the hub was put back",
        "to a backup. Without effect on any other head."
      })
  private long acceptedHead;

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description = {
        "The line of patches at a broker elsewhere: tcp://HOST:PORT or ssl://HOST:PORT",
        "(default: its own, in --data)."
      })
  private @Nullable String queue;

  @Option(
      names = "--queue-credentials",
      paramLabel = "FILE",
      description = "File of two lines, user and password, for the broker elsewhere.")
  private @Nullable Path queueCredentials;

  @Option(
      names = "--queue-ca",
      paramLabel = "FILE",
      description = "PEM file with the certificates that sign the broker's.")
  private @Nullable Path queueAuthority;

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description = {
        "Folder with the secrets that channels refer to, one private file each (mode 0600).",
        "By default $CREDENTIALS_DIRECTORY, else the folder secrets in --data."
      })
  private @Nullable Path secrets;

  @Option(
      names = "--commands",
      paramLabel = "DIR",
      description = {
        "Folder of the programs that channels of the kind command may run; nothing else is run.",
        "By default the folder commands in --data."
      })
  private @Nullable Path commands;

  @Option(names = "--json", description = "Print one JSON object whenever something changes.")
  private boolean json;

  @Override
  public void run() {
    ManagerConfig config = config();
    PrintWriter out = spec.commandLine().getOut();
    try (Lifetime lifetime = Lifetime.begin();
        PatchManager manager = PatchManager.start(config, CouchBoards::on, companions());
        Closing _ = metrics.serve(() -> ManagerMetrics.of(manager));
        Beat _ =
            LogReport.start(
                LogExcerpt.manager(manager.key().trusted().name()), manager.logs()::report);
        Closing _ = Vigils.over(manager)) {
      TrustedKey own = manager.key().trusted();
      if (!json) {
        out.println("manager " + own.name() + " for " + hub.inWords());
        out.println("key of this manager: " + KeyFile.line(own));
        out.flush();
      }
      ManagerText text = new ManagerText(json);
      do {
        ManagerStatus status = manager.status();
        text.update(status).forEach(out::println);
        out.flush();
      } while (!lifetime.await(LOOK));
    }
  }

  private UsualCompanions companions() {
    return new UsualCompanions(
        NotifySettings.of(
            SecretFiles.of(secrets, System.getenv(), data),
            commands == null ? data.resolve("commands") : commands));
  }

  private ManagerConfig config() {
    List<TrustedKey> trusted = new ArrayList<>();
    trust.forEach(file -> trusted.addAll(KeyFile.readTrusted(file)));
    ManagerConfig config =
        ManagerConfig.of(name, hub.addresses(), data)
            .withHubOptions(hub.options())
            .withNames(hub.names())
            .withTrusted(trusted)
            .withAcceptedHead(acceptedHead);
    if (key != null) {
      config = config.withKeyFile(key);
    }
    return queue().map(config::withQueue).orElse(config);
  }

  private Optional<QueueConfig> queue() {
    if (queue == null) {
      if (queueCredentials != null || queueAuthority != null) {
        throw new CliException(ExitCode.USAGE, "say which broker is meant: --queue URL");
      }
      return Optional.empty();
    }
    QueueConfig.Remote remote = QueueConfig.at(queue);
    if (queueAuthority != null) {
      remote = remote.withAuthority(queueAuthority);
    }
    if (queueCredentials != null) {
      remote = remote.withCredentials(Credentials.fromFile(queueCredentials));
    }
    return Optional.of(remote);
  }
}
