package dev.jiggety.agent.cli;

import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.release.Boot;
import dev.jiggety.agent.service.LogReport;
import dev.jiggety.agent.service.LogRing;
import dev.jiggety.agent.vitals.Beat;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.model.Run;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.Trust;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety node}: a testing node. */
@Command(
    name = "node",
    description = {
      "Be a testing node: follow the hub's tests, run them on time, push the results back.",
      "Goes on while the hub is away, and needs none to start."
    },
    footer = {
      "%nExample:",
      "  jiggety node --data /var/lib/jiggety/node",
      "  jiggety node --name north --tags eu,prod --data /var/lib/jiggety/north"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NodeCommand implements Callable<Integer> {
  private static final Duration HEALTHY_AFTER = Duration.ofSeconds(10);
  private static final Duration ONE_AFTER_THE_OTHER = Duration.ofSeconds(15);

  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "Its name, unlike that of every other node. Not needed where it was enrolled: then it is",
        "known with all the rest."
      })
  private @Nullable String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Its own folder: replica of the tests, results until the hub has them.")
  private Path data;

  @Option(
      names = "--tags",
      paramLabel = "TAG",
      split = ",",
      description = "Tags by which tests choose it, separated by commas.")
  private List<String> tags = List.of();

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = {
        "Public keys of managers whose heads it believes, one a line.",
        "Without it the node keeps to the first manager that it sees."
      })
  private @Nullable Path trust;

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description = {
        "Folder with its secrets, one private file each (mode 0600).",
        "By default $CREDENTIALS_DIRECTORY, else the folder secrets in --data."
      })
  private @Nullable Path secrets;

  @Mixin private WorkersOption workers;
  @Mixin private MetricsOption metrics;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    AtomicBoolean makesWay = new AtomicBoolean();
    NodeConfig who =
        who(out)
            .withVersion(Version.text())
            .withSecrets(secrets)
            .withWorkers(new NodeConfig.Workers(workers.count(), workers.megabytes()));
    NodeMetrics figures = new NodeMetrics(metrics.mostTests());
    Consumer<Run> listener = metrics.isWanted() ? figures::observe : _ -> {};
    try (Lifetime lifetime = Lifetime.begin()) {
      NodeConfig config =
          who.withSuccession(
              new NodeConfig.Succession(
                  Boot.of(System.getenv()),
                  () -> {
                    makesWay.set(true);
                    lifetime.end();
                  },
                  HEALTHY_AFTER,
                  ONE_AFTER_THE_OTHER));
      try (TestingNode node = TestingNode.start(config, listener);
          Closing _ = metrics.serve(() -> figures.of(node));
          Beat _ = LogReport.start(node.status().name(), node.logs()::report);
          Closing _ = Vigils.over(node)) {
        out.println("node " + node.status().name() + " is testing for " + hubs(config));
        out.flush();
        lifetime.await(null);
      }
    }
    return makesWay.get() ? Boot.RESTART : ExitCode.FINE;
  }

  /** Who it is: as it was enrolled, but for what is said otherwise. */
  private NodeConfig who(PrintWriter out) {
    Trust named = trust == null ? Trust.NONE : Trust.of(KeyFile.readTrusted(trust));
    if (NodeIdentity.isIn(data)) {
      var given = new EnrolledNode.Given(spec, hub, name, tags, trust == null ? null : named);
      NodeIdentity identity = NodeIdentity.read(data);
      LogRing.shared().hide(identity.account().password());
      EnrolledNode enrolled = new EnrolledNode(identity, data);
      NodeConfig config = enrolled.config(given);
      enrolled.contradictions().forEach(line -> out.println("note: " + line));
      return config;
    }
    if (name == null) {
      throw new CliException(
          ExitCode.USAGE,
          "%s holds no identity of a node; enroll it with: jiggety enroll join URL TOKEN --data %s, or say its --name"
              .formatted(data, data));
    }
    return NodeConfig.of(name, hub.addresses(), data)
        .withHubOptions(hub.options())
        .withTags(tags)
        .withNames(hub.names())
        .withTrust(named);
  }

  private static String hubs(NodeConfig config) {
    return config.hubs().stream().map(HubAddress::toString).collect(Collectors.joining(", "));
  }
}
