package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.release.Boot;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release reaches twenty nodes wave by wave; each is opened anew where a process would end. */
class ReleaseWavesTest {
  private static final int NODES = 20;

  @TempDir Path folder;
  private ReleaseSite site;
  private final List<Seat> seats = new ArrayList<>();

  /** A place where one agent runs after the other, as the boot script has it. */
  private final class Seat implements AutoCloseable {
    private final String name;
    private final Path data;
    private TestingNode node;
    private boolean closed;

    Seat(String name) {
      this.name = name;
      this.data = folder.resolve(name);
      this.node = start();
    }

    private TestingNode start() {
      String slot = word(data.resolve("releases/pointer"), "installed");
      String id = word(data.resolve("releases").resolve(slot).resolve(".release"), "");
      return TestingNode.start(
          NodeConfig.of(name, site.address, data)
              .withVersion(site.versions.getOrDefault(id, "1"))
              .withPace(Duration.ofSeconds(1), Duration.ofSeconds(2))
              .withSuccession(
                  new NodeConfig.Succession(
                      new Boot(slot),
                      () -> Thread.ofVirtual().start(this::again),
                      Duration.ofSeconds(1),
                      Duration.ofSeconds(2))));
    }

    private synchronized void again() {
      if (!closed) {
        node.close();
        node = start();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      node.close();
    }

    private static String word(Path file, String absent) {
      try {
        return Files.exists(file) ? Files.readString(file).strip().split(" ", 2)[0] : absent;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    site = new ReleaseSite(folder);
    for (int i = 0; i < NODES; i++) {
      seats.add(new Seat("n" + (10 + i)));
    }
    site.awaitVersion(NODES, "1");
  }

  @AfterEach
  void stop() {
    seats.parallelStream().forEach(Seat::close);
    site.close();
  }

  @Test
  void aGoodOneReachesAllInWavesAndABadOneNobody() throws IOException {
    AgentChoice good = publish("2", "echo '{\"version\":\"2\"}'");
    Rollout rollout = site.awaitEnd(site.rollOut(good, ReleaseSite.brisk(Duration.ofMillis(500))));
    assertThat(rollout.state())
        .as(rollout.transitions().toString())
        .isEqualTo(RolloutState.COMPLETED);
    assertThat(rollout.waves()).extracting(Set::size).containsExactly(1, 1, 8, 10);
    site.awaitVersion(NODES, "2");

    AgentChoice bad = publish("3", "exit 1");
    Rollout back = site.awaitEnd(site.rollOut(bad, ReleaseSite.brisk(Duration.ofMillis(500))));
    assertThat(back).matches(ReleaseSite::isBack);
    assertThat(site.repositories.nodes().all())
        .extracting(NodeStatus::version)
        .hasSize(NODES)
        .containsOnly("2");
    await()
        .atMost(ReleaseSite.PATIENCE)
        .until(() ->
            seats.stream().allMatch(seat -> Files.exists(seat.data.resolve("releases/confirmed"))));
  }

  private AgentChoice publish(String version, String script) throws IOException {
    return site.publish(version, site.script(version, script), site.rita);
  }
}
