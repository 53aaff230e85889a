package dev.jiggety.agent.cli;

import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.service.ServiceHome;
import dev.jiggety.agent.service.ServiceSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code jiggety service}: a role as a service of this machine, where no package has made it one.
 */
@Command(
    name = "service",
    description = {
      "Make a role a service of this machine, where no package has done it.",
      "By systemd on Linux, launchd on macOS, WinSW on Windows. As root for the whole machine, else",
      "for the user who asks."
    },
    footer = {
      "%nExamples:",
      "  jiggety service install --role node --data /srv/jiggety/north -- --metrics 9464",
      "  jiggety service status --role node --data /srv/jiggety/north",
      "  jiggety service follow --data /srv/jiggety/north https://new-hub.example.org:6984"
    },
    subcommands = {
      ServiceCommand.Install.class,
      ServiceCommand.Status.class,
      ServiceCommand.Uninstall.class,
      ServiceCommand.Follow.class
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ServiceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Which service is meant. */
  static final class Which {
    @Option(
        names = "--role",
        paramLabel = "ROLE",
        defaultValue = "node",
        description = "node, hub or manager (default: ${DEFAULT-VALUE}).")
    ServiceSpec.Role role = ServiceSpec.Role.NODE;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Its data folder (default: /var/lib/jiggety/ROLE, or ~/.jiggety/ROLE).")
    @Nullable Path data;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Who runs it, where it is for the whole machine (default: who installs it).")
    String user = "";

    ServiceSpec of(ServiceHome home, List<String> options) {
      String label = role.label().toLowerCase(Locale.ROOT);
      Path folder =
          data != null
              ? data
              : home.isSystem()
                  ? Path.of("/var/lib/jiggety", label)
                  : home.home().resolve(".jiggety").resolve(label);
      return new ServiceSpec(
          role, ThisProgram.get().command(), folder.toAbsolutePath().normalize(), options, user);
    }
  }

  @Command(
      name = "install",
      description = {
        "Write what starts the role, and start it now and with the machine.",
        "Put no password into the options: name a file by --credentials."
      },
      footer = {"%nExample:", "  jiggety service install --role node -- --hub URL --name north"})
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  static final class Install implements Runnable {
    @picocli.CommandLine.Mixin private Which which;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "OPTION", description = "Options of the role, behind --.")
    private List<String> options = List.of();

    @Override
    public void run() {
      ServiceHome home = ServiceHome.here();
      print(spec, home.install(which.of(home, options)));
    }
  }

  @Command(
      name = "status",
      description = "Say how the service is. Ends with 1 when it does not run.",
      footer = {"%nExample:", "  jiggety service status --role node"})
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  static final class Status implements java.util.concurrent.Callable<Integer> {
    @picocli.CommandLine.Mixin private Which which;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      ServiceHome home = ServiceHome.here();
      ServiceHome.State state = home.status(which.of(home, List.of()));
      print(spec, state.lines());
      return state.isRunning() ? ExitCode.FINE : ExitCode.BAD;
    }
  }

  @Command(
      name = "uninstall",
      description = "Stop the role and remove what starts it. Its data stay.",
      footer = {"%nExample:", "  jiggety service uninstall --role node"})
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  static final class Uninstall implements Runnable {
    @picocli.CommandLine.Mixin private Which which;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      ServiceHome home = ServiceHome.here();
      print(spec, home.uninstall(which.of(home, List.of())));
    }
  }

  @Command(
      name = "follow",
      description = {
        "Tell an enrolled node on this machine where its hubs are, the preferred one first;",
        "as after jiggety move. It counts from its next start on."
      },
      footer = {
        "%nExample:",
        "  jiggety service follow --data /var/lib/jiggety/node https://hub.example.org:6984"
      })
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  static final class Follow implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "The node's data folder.")
    private Path data;

    @Option(
        names = "--ca",
        paramLabel = "FILE",
        description = "Certificates that the new hub's go back to, in the place of those before.")
    private @Nullable Path authority;

    @Parameters(paramLabel = "URL", arity = "1..*", description = "The hubs.")
    private List<String> hubs;

    @Override
    public void run() {
      hubs.forEach(hub -> dev.jiggety.couch.HubAddress.parse(hub, Optional.empty()));
      NodeIdentity before = NodeIdentity.read(data);
      try {
        new NodeIdentity(
                before.name(),
                before.tags(),
                hubs,
                before.names(),
                before.account(),
                before.trust(),
                before.sealing(),
                authority == null ? before.authority() : Files.readString(authority))
            .write(data);
      } catch (IOException e) {
        throw new CliException(
            ExitCode.BAD, "cannot write the identity in " + data + ": " + e.getMessage());
      }
      print(
          spec,
          List.of(
              "the node " + before.name() + " follows " + String.join(", ", hubs),
              "next: restart it (systemctl restart jiggety-node)"));
    }
  }

  private static void print(CommandSpec spec, List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
  }
}
