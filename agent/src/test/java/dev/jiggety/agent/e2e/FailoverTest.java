package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.bench.Installed;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.IdRange;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Check;
import dev.jiggety.model.Run;
import dev.jiggety.model.RunKey;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.repository.couch.Standby;
import dev.jiggety.testing.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub is killed with results on its disk alone, and comes back: nothing is lost or doubled. */
class FailoverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;

  @TempDir private Path folder;

  @Test
  void aNodeGoesOnWithTheOtherHubAndBothHaveAllInTheEnd() {
    int port = Ports.free();
    JiggetyProcess first = hub("a", port);
    int otherPort = Ports.free();
    try (JiggetyProcess _ = hub("b", otherPort);
        Hub one = open(port);
        Hub other = open(otherPort)) {
      new Provisioner(one, NAMES).provision(Instant.now());
      new Provisioner(other, NAMES).provision(Instant.now());
      TestDefinition test =
          TestDefinition.builder("self", Check.Http.get(other.address() + "/"))
              .schedule(new Schedule.Every(Duration.ofSeconds(1)))
              .build();
      Installed.put(one, NAMES, List.of(test));
      Set<RunKey> made = ConcurrentHashMap.newKeySet();
      NodeConfig config =
          NodeConfig.of("north", List.of(one.address(), other.address()), folder.resolve("node"));
      try (TestingNode node = TestingNode.start(config, run -> made.add(run.key()))) {
        // Nothing replicates yet: these results are on the first hub's disk alone.
        await().atMost(PATIENCE).until(() -> runs(one).size() >= 2);
        first.kill();
        await().atMost(PATIENCE).until(() -> node.hub().equals(other.address()));
        await().atMost(PATIENCE).until(() -> runs(other).size() >= 4);
        assertThat(runs(other)).as("what the dead hub had is sent again").contains(oldest(made));
        first = hub("a", port);
        new Standby(one, other, NAMES).set(false);
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(runs(one)).doesNotHaveDuplicates().containsAll(made);
            assertThat(runs(other)).doesNotHaveDuplicates().containsAll(made);
          });
    } finally {
      first.kill();
    }
  }

  private JiggetyProcess hub(String name, int port) {
    JiggetyProcess hub =
        JiggetyProcess.start(
            "hub",
            "--admin-party",
            "--port",
            String.valueOf(port),
            "--data",
            folder.resolve(name).toString());
    try (Hub client = open(port)) {
      await().atMost(PATIENCE).until(() -> client.welcome().isOk());
    }
    return hub;
  }

  private static Hub open(int port) {
    return Hub.open(
        HubAddress.parse("http://127.0.0.1:" + port, Optional.empty()), HubOptions.DEFAULT);
  }

  private static RunKey oldest(Set<RunKey> made) {
    return made.stream().min(Comparator.comparing(RunKey::plannedAt)).orElseThrow();
  }

  private static List<RunKey> runs(Hub hub) {
    List<RunKey> keys = new ArrayList<>();
    for (String name : NAMES.live(Instant.now().minus(Duration.ofHours(1)), Instant.now())) {
      for (DocumentRow row :
          hub.database(name).allDocs(IdRange.startingWith("batch:")).ok().orElse(List.of())) {
        if (row.document() != null) {
          BatchDocument.TYPE.read(row.document()).runs().stream().map(Run::key).forEach(keys::add);
        }
      }
    }
    return keys;
  }
}
