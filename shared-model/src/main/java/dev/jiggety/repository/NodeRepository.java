package dev.jiggety.repository;

import dev.jiggety.model.NodeStatus;
import java.util.List;
import java.util.function.Consumer;

/** What nodes say of themselves. Throws {@link HubException} when the hub cannot be asked. */
public interface NodeRepository {

  /** All nodes, by name. */
  List<NodeStatus> all();

  /** Writes a node's own document, over whatever stood there. */
  void report(NodeStatus status);

  /**
   * The same for a node that goes on reporting.
   *
   * @param other is told what somebody else has written there since the last report
   */
  default void report(NodeStatus status, Consumer<NodeStatus> other) {
    report(status);
  }
}
