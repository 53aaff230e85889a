package dev.jiggety.agent.node;

import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.base.Backoff;
import java.time.Duration;

/** How a node's replications behave on the line to the hub. */
final class Lines {
  /** As usual, but a hub that is back is noticed within half a minute: people watch. */
  static final ReplicationOptions OPTIONS = options(ReplicationOptions.defaults());

  private Lines() {}

  private static ReplicationOptions options(ReplicationOptions usual) {
    return usual.withBackoff(
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30)), usual.deniedBackoff());
  }
}
