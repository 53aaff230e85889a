package dev.jiggety.agent.cli;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Verdicts;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last word of every node on every test, gathered from a feed or from reading. Thread-safe;
 * remembers one run for each test and node, however much it is told.
 */
final class Overview implements HubFeed.Listener {
  private final Map<String, TestDefinition> tests = new TreeMap<>();
  private final Map<String, Map<String, Run>> latest = new TreeMap<>();
  private final Map<String, NodeStatus> nodes = new TreeMap<>();
  private HubFeed.Connection connection =
      new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "not connected yet");

  /**
   * A test and what is known of it.
   *
   * @param verdict over its nodes
   * @param runs the last run of each node, by the node's name
   */
  record Row(TestDefinition test, Verdict verdict, Map<String, Run> runs) {}

  @Override
  public synchronized void test(Stored<TestDefinition> test) {
    tests.put(test.value().id(), test.value());
  }

  @Override
  public synchronized void testDeleted(String testId) {
    tests.remove(testId);
    latest.remove(testId);
  }

  @Override
  public synchronized void node(NodeStatus node) {
    nodes.put(node.name(), node);
  }

  @Override
  public synchronized void batch(Batch batch) {
    for (Run run : batch.runs()) {
      latest
          .computeIfAbsent(run.testId(), _ -> new TreeMap<>())
          .merge(run.node(), run, (a, b) -> a.plannedAt().isAfter(b.plannedAt()) ? a : b);
    }
  }

  @Override
  public synchronized void connection(HubFeed.Connection state) {
    connection = state;
  }

  /** Whether the hub is heard. */
  synchronized HubFeed.Connection connection() {
    return connection;
  }

  /** Every test, by id, as things stand at {@code now}. */
  synchronized List<Row> rows(Instant now) {
    return tests.values().stream().map(test -> row(test, now)).toList();
  }

  /** Every node, by name. */
  synchronized List<NodeStatus> nodes() {
    return List.copyOf(nodes.values());
  }

  private Row row(TestDefinition test, Instant now) {
    Map<String, Run> runs = new TreeMap<>(latest.getOrDefault(test.id(), Map.of()));
    Collection<Verdicts.Vote> votes =
        runs.values().stream()
            .map(run -> new Verdicts.Vote(run.verdict(), run.startedAt()))
            .toList();
    return new Row(
        test, Verdicts.overNodes(votes, test.quorum(), now, Freshness.ofRun(test, now)), runs);
  }
}
