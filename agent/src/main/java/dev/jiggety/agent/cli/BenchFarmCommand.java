package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.patch.Farm;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench farm}: light nodes, for {@code jiggety bench chaos} to play with. */
@Command(
    name = "farm",
    hidden = true,
    description = {
      "Be several nodes that follow the head as nodes do and only pretend to test. Used by",
      "jiggety bench chaos."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchFarmCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Option(names = "--nodes", paramLabel = "NAME", split = ",", required = true)
  private List<String> nodes;

  @Option(names = "--data", paramLabel = "DIR", required = true)
  private Path data;

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    HubOptions options = hub.options().withMaxConnections(2 * nodes.size() + 10);
    try (Lifetime lifetime = Lifetime.begin();
        Hub open = Hub.open(hub.address(), options);
        Farm _ =
            Farm.printing(
                open,
                hub.names(),
                nodes,
                data,
                line -> {
                  synchronized (out) {
                    out.println(line);
                    out.flush();
                  }
                })) {
      out.println("farm of " + nodes.size() + " nodes is up");
      out.flush();
      lifetime.await(null);
    }
  }
}
