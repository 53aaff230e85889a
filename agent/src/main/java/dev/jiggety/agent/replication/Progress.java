package dev.jiggety.agent.replication;

import java.util.function.UnaryOperator;

/** Counts what a replication does; written by its two halves, read by whoever wants to know. */
final class Progress {
  private ReplicationStats stats = ReplicationStats.NONE;

  synchronized void update(UnaryOperator<ReplicationStats> change) {
    stats = change.apply(stats);
  }

  synchronized ReplicationStats stats() {
    return stats;
  }
}
