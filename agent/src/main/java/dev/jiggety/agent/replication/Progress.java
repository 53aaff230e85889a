package dev.jiggety.agent.replication;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Counts what a replication does; written by its two halves, read by whoever wants to know. */
final class Progress {
  private final AtomicReference<ReplicationStats> stats =
      new AtomicReference<>(ReplicationStats.NONE);

  void update(UnaryOperator<ReplicationStats> change) {
    stats.updateAndGet(change);
  }

  ReplicationStats stats() {
    return stats.get();
  }
}
