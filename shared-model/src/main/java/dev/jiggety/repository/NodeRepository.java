package dev.jiggety.repository;

import dev.jiggety.model.NodeStatus;
import java.util.List;

/** What nodes say of themselves. Throws {@link HubException} when the hub cannot be asked. */
public interface NodeRepository {

  /** All nodes, by name. */
  List<NodeStatus> all();

  /** Writes a node's own document, over whatever stood there. */
  void report(NodeStatus status);
}
