package dev.jiggety.agent.bench;

import dev.jiggety.agent.replication.HttpPeer;
import dev.jiggety.agent.replication.ReplicationOptions;
import dev.jiggety.agent.replication.Replicator;
import dev.jiggety.agent.replication.StorePeer;
import dev.jiggety.agent.replication.StoreQuarantine;
import dev.jiggety.agent.result.LocalBatches;
import dev.jiggety.agent.result.Outbox;
import dev.jiggety.agent.result.OutboxOptions;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.RunKey;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * How fast results become durable on a node, and how fast a backlog reaches a hub: what a node does
 * that was offline. Results are as the http probe makes them; two threads hand them over as fast as
 * the outbox takes them. What arrived is read back and counted.
 */
public final class OutboxBench {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String NODE = "bench";

  private OutboxBench() {}

  /**
   * Runs it.
   *
   * @param folder empty; for the outbox and the node's local databases
   * @param hub without results of a node named {@value #NODE}
   * @param results how many
   */
  public static BenchReport run(Path folder, Hub hub, int results) throws InterruptedException {
    BenchReport report = new BenchReport("outbox").parameter("results", results);
    Instant last = Instant.now();
    Instant first = last.minusMillis(results);
    DatabaseNames names = new DatabaseNames("jiggety-bench-");
    names.live(first, last).forEach(name -> hub.database(name).drop());
    try (Databases local = Databases.open(folder, Databases.Options.defaults())) {
      report.figure("made durable", durable(folder, local, names, first, results), "1/s");
      names.live(first, last).forEach(name -> hub.database(name).create());
      long begun = System.nanoTime();
      for (String name : names.live(first, last)) {
        local.find(name).ifPresent(store -> push(store, hub));
      }
      report.figure("backlog push", rate(results, begun), "1/s");
    }
    count(hub, names, first, last, results, report);
    names.live(first, last).forEach(name -> hub.database(name).drop());
    return report;
  }

  private static double durable(
      Path folder, Databases local, DatabaseNames names, Instant first, int results)
      throws InterruptedException {
    OutboxOptions options = OutboxOptions.defaults(NODE, names, InstantSource.system());
    long begun = System.nanoTime();
    try (Outbox outbox =
        Outbox.open(folder.resolve("outbox.sqlite"), options, new LocalBatches(local))) {
      AtomicLong next = new AtomicLong();
      List<Thread> threads =
          List.of(feeder(outbox, next, first, results), feeder(outbox, next, first, results));
      for (Thread thread : threads) {
        thread.join();
      }
      if (!outbox.drain(PATIENCE)) {
        throw new IllegalStateException("the outbox was not done after " + PATIENCE);
      }
      return rate(results, begun);
    }
  }

  private static Thread feeder(Outbox outbox, AtomicLong next, Instant first, int results) {
    return Thread.ofPlatform()
        .start(() -> {
          for (long i = next.getAndIncrement(); i < results; i = next.getAndIncrement()) {
            outbox.add(run(first.plusMillis(i), i));
          }
        });
  }

  private static void push(DocumentStore store, Hub hub) {
    Replicator replicator =
        new Replicator(
            new StorePeer(store),
            new HttpPeer(hub.database(store.name())),
            ReplicationOptions.defaults(),
            id -> new StoreQuarantine(store, id),
            refused -> {
              throw new IllegalStateException("the hub refused " + refused);
            },
            InstantSource.system(),
            RandomGenerator.getDefault());
    try {
      replicator.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void count(
      Hub hub, DatabaseNames names, Instant first, Instant last, int results, BenchReport report) {
    Set<RunKey> found = new HashSet<>(results * 2);
    AtomicLong all = new AtomicLong();
    new CouchRepositories(hub, names)
        .results()
        .read(
            first,
            last.plusSeconds(1),
            batch ->
                batch
                    .runs()
                    .forEach(run -> {
                      all.incrementAndGet();
                      found.add(run.key());
                    }));
    report.figure("lost", results - found.size(), "count");
    report.figure("doubled", (double) (all.get() - found.size()), "count");
  }

  private static Run run(Instant planned, long i) {
    Phases phases = Phases.ofNanos(12_000, 180_000, 240_000, -1, 30_000, 8_000_000 + i, 90_000);
    Sample sample =
        new Sample(planned, phases.sum(), phases, 200, 5_120, List.of(), null, Duration.ZERO);
    return new Run(
        "test-" + i % 100,
        NODE,
        planned,
        Duration.ofNanos(300_000),
        List.of(sample),
        List.of(),
        Verdict.UP);
  }

  private static double rate(int results, long begunNanos) {
    return results * 1e9 / (double) (System.nanoTime() - begunNanos);
  }
}
