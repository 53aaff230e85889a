package dev.jiggety.repository;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps everything that a feed told, in order. */
public class Heard implements HubFeed.Listener {
  public final List<Stored<TestDefinition>> tests = new CopyOnWriteArrayList<>();
  public final List<String> deleted = new CopyOnWriteArrayList<>();
  public final List<NodeStatus> nodes = new CopyOnWriteArrayList<>();
  public final List<Batch> batches = new CopyOnWriteArrayList<>();
  public final List<HubFeed.Connection> connections = new CopyOnWriteArrayList<>();

  @Override
  public void test(Stored<TestDefinition> test) {
    tests.add(test);
  }

  @Override
  public void testDeleted(String testId) {
    deleted.add(testId);
  }

  @Override
  public void node(NodeStatus node) {
    nodes.add(node);
  }

  @Override
  public void batch(Batch batch) {
    batches.add(batch);
  }

  @Override
  public void connection(HubFeed.Connection connection) {
    connections.add(connection);
  }
}
