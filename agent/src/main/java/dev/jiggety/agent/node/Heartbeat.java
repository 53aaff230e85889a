package dev.jiggety.agent.node;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.NodeRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Writes what the node says of itself to the hub. Logs when it begins to fail and when it works. */
final class Heartbeat {
  private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

  private final NodeRepository nodes;
  private final Supplier<NodeStatus> status;
  private boolean failing;

  Heartbeat(NodeRepository nodes, Supplier<NodeStatus> status) {
    this.nodes = nodes;
    this.status = status;
  }

  /** One beat; for one thread at a time. */
  void beat() {
    try {
      nodes.report(status.get());
      if (failing) {
        LOG.log(Level.INFO, "the hub takes heartbeats again");
      }
      failing = false;
    } catch (HubException e) {
      if (!failing) {
        LOG.log(Level.WARNING, "the hub takes no heartbeat: {0}", e.getMessage());
      }
      failing = true;
    }
  }
}
