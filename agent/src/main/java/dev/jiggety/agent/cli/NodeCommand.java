package dev.jiggety.agent.cli;

import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.model.Run;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
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
      "  jiggety node --name north --tags eu,prod --data /var/lib/jiggety/north"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class NodeCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Its name, unlike that of every other node.")
  private String name;

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
  public void run() {
    NodeConfig config =
        NodeConfig.of(name, hub.address(), data)
            .withTags(tags)
            .withNames(hub.names())
            .withVersion(Version.text())
            .withSecrets(secrets)
            .withWorkers(new NodeConfig.Workers(workers.count(), workers.megabytes()))
            .withTrust(trust == null ? Trust.NONE : Trust.of(KeyFile.readTrusted(trust)));
    NodeMetrics figures = new NodeMetrics(metrics.mostTests());
    Consumer<Run> listener = metrics.isWanted() ? figures::observe : _ -> {};
    try (Lifetime lifetime = Lifetime.begin();
        TestingNode node = TestingNode.start(config, listener);
        Closing _ = metrics.serve(() -> figures.of(node))) {
      spec.commandLine()
          .getOut()
          .println("node " + node.status().name() + " is testing for " + hub.address());
      spec.commandLine().getOut().flush();
      lifetime.await(null);
    }
  }
}
