package dev.jiggety.repository.couch;

import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.NodeRepository;
import java.util.List;
import java.util.function.Consumer;

/** The documents of nodes in the status database. */
final class CouchNodes implements NodeRepository {
  private final OwnDocuments<NodeStatus> nodes;

  CouchNodes(HubDatabase status) {
    nodes = new OwnDocuments<>(status, NodeDocument.TYPE);
  }

  @Override
  public List<NodeStatus> all() {
    return nodes.all();
  }

  @Override
  public void report(NodeStatus node) {
    nodes.report(node, _ -> {});
  }

  @Override
  public void report(NodeStatus node, Consumer<NodeStatus> other) {
    nodes.report(node, other);
  }
}
