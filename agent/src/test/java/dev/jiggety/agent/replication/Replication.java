package dev.jiggety.agent.replication;

import dev.jiggety.agent.replication.ReplicationOptions.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A source and a target in memory, and a replicator between them. */
final class Replication {
  final MemoryPeer sourceDatabase = new MemoryPeer("source");
  final MemoryPeer targetDatabase = new MemoryPeer("target");
  final FaultyPeer source = new FaultyPeer(sourceDatabase);
  final FaultyPeer target = new FaultyPeer(targetDatabase);
  final MemoryQuarantine quarantine = new MemoryQuarantine();
  final List<QuarantinedDocument> alarms = new ArrayList<>();
  final FakeClock clock = new FakeClock();
  ReplicationOptions options =
      ReplicationOptions.defaults().withBatches(new Batches(10, 4, 1 << 20, false));

  /** A new one each time, as after a restart of the program. */
  Replicator replicator() {
    return new Replicator(
        source, target, options, id -> quarantine, alarms::add, clock, new Random(7));
  }

  /** Runs until a run succeeds; says how many it took. */
  int runUntilDone(Replicator replicator, int atMost) throws InterruptedException {
    for (var run = 1; run <= atMost; run++) {
      try {
        replicator.run();
        return run;
      } catch (PeerException e) {
        // The next run goes on.
      }
    }
    throw new AssertionError("still failing after " + atMost + " runs");
  }
}
