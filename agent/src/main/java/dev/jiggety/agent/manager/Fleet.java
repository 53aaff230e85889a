package dev.jiggety.agent.manager;

import dev.jiggety.model.NodeStatus;
import java.util.List;
import java.util.function.Consumer;

/** The nodes as the manager hears of them. */
public interface Fleet {

  /**
   * What all nodes said last.
   *
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked
   */
  List<NodeStatus> nodes();

  /**
   * Tells what nodes say from now on, on one thread, until it is closed. What was said while the
   * hub was away is told later; of several things that a node said only the last one.
   */
  AutoCloseable follow(Consumer<NodeStatus> listener);
}
