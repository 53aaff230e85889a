package dev.jiggety.agent.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a manager says how it is, and what it notices, under a clock of the test's own. */
class ManagerHealthTest {
  private final List<ManagerReport> reports = new ArrayList<>();
  private final Hub hub = new Hub();
  private Instant now = Instant.parse("2026-03-05T12:00:00Z");
  private ManagerStatus status = status(0);
  private HubException refusal;
  private int asked;

  @TempDir private Path folder;

  @Test
  void itReportsAtOnceWhatIsNewAndElseOnceInAWhile() {
    ManagerHealth health = health();
    health.tell();
    pass(1);
    health.tell();
    assertThat(reports).hasSize(1);

    status = status(3);
    pass(1);
    health.tell();
    assertThat(reports).hasSize(2).last().satisfies(it -> assertThat(it.waiting()).isEqualTo(3));

    pass(14);
    health.tell();
    assertThat(reports).hasSize(2);
    pass(1);
    health.tell();
    assertThat(reports)
        .hasSize(3)
        .last()
        .satisfies(it -> assertThat(it.heartbeatAt()).isEqualTo(now));
  }

  @Test
  void aHubThatIsAwayIsTriedAgainSoonAndOneThatDeniesItSeldom() {
    ManagerHealth health = health();
    refusal = new HubException(HubException.Kind.UNAVAILABLE, "away");
    assertThatThrownBy(health::tell).isSameAs(refusal);
    pass(4);
    health.tell();
    assertThat(asked).isEqualTo(1);
    pass(1);
    refusal = new HubException(HubException.Kind.UNAUTHORIZED, "no");
    assertThatThrownBy(health::tell).isSameAs(refusal);
    pass(119);
    health.tell();
    assertThat(asked).isEqualTo(2);

    pass(1);
    refusal = null;
    health.tell();
    assertThat(reports).hasSize(1);
  }

  @Test
  void whoIsMissingStandsInItsReport() {
    ManagerHealth health = health();
    health.look();
    assertThat(health.report().vitals().notices())
        .containsExactly(
            "the queue is away", "the node north is silent since 2026-03-05T11:00:00Z");
  }

  private ManagerHealth health() {
    return new ManagerHealth(hub, hub, null, () -> status, folder, () -> now);
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private static ManagerStatus status(int waiting) {
    return new ManagerStatus(
        "m1",
        ManagerStatus.Stand.ACTIVE,
        Instant.EPOCH,
        "",
        1,
        new ManagerStatus.Release(4, 2, 1),
        waiting,
        null,
        List.of("the queue is away"),
        List.of(),
        List.of());
  }

  /** A hub that does what the test wants. */
  private final class Hub implements HealthRepository, NodeRepository {
    @Override
    public List<ManagerReport> managers() {
      return List.of();
    }

    @Override
    public List<HubReport> hubs() {
      return List.of();
    }

    @Override
    public void report(ManagerReport manager) {
      asked++;
      if (refusal != null) {
        throw refusal;
      }
      reports.add(manager);
    }

    @Override
    public List<NodeStatus> all() {
      return List.of(Samples.node("north", now.minus(Duration.ofHours(1))));
    }

    @Override
    public void report(NodeStatus node) {
      throw new UnsupportedOperationException("a manager is no node");
    }
  }
}
