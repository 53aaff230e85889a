package dev.jiggety.agent.bench.patch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.CanonicalJson;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Results that come in all the time, as nodes send them: each node a batch at every flush, which
 * the hub is asked about, gets, and keeps, with the checkpoint of the replication now and then.
 */
final class Pouring implements AutoCloseable {
  private static final Duration SHORTEST_FLUSH = Duration.ofSeconds(2);
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(30);
  private static final Duration FLUSH_A_NODE = Duration.ofMillis(30);
  private static final Duration CHECKPOINT = Duration.ofSeconds(10);
  private static final int AT_A_TIME = 200;

  private final Hub hub;
  private final DatabaseNames names;
  private final int nodes;
  private final int runs;
  private final Duration flush;
  private final Semaphore room = new Semaphore(AT_A_TIME);
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<Integer, String> checkpoints = new HashMap<>();
  private final Thread thread;
  private final long begunNanos = System.nanoTime();
  private volatile boolean closing;

  /**
   * Begins to pour.
   *
   * @param perSecond how many results a second, all nodes together; 0 for none
   */
  Pouring(Hub hub, DatabaseNames names, int nodes, int perSecond) {
    this.hub = hub;
    this.names = names;
    this.nodes = nodes;
    Duration wanted = FLUSH_A_NODE.multipliedBy(nodes);
    Duration atLeast = wanted.compareTo(SHORTEST_FLUSH) < 0 ? SHORTEST_FLUSH : wanted;
    this.flush = atLeast.compareTo(LONGEST_FLUSH) > 0 ? LONGEST_FLUSH : atLeast;
    this.runs = Math.max(1, (int) Math.round(perSecond * (double) flush.toMillis() / 1e3 / nodes));
    this.thread = Thread.ofPlatform().daemon().name("bench-results").unstarted(this::loop);
    if (perSecond > 0) {
      thread.start();
    }
  }

  /** How many results have arrived a second since the beginning. */
  double rate() {
    return arrived.get() * 1e9 / (double) (System.nanoTime() - begunNanos);
  }

  /** Batches that the hub did not take. */
  long failed() {
    return failed.get();
  }

  @Override
  public void close() {
    closing = true;
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    long step = flush.toNanos() / nodes;
    long due = System.nanoTime();
    for (long i = 0; !closing; i++) {
      int node = (int) (i % nodes);
      long flushes = i / nodes;
      if (room.tryAcquire()) {
        Thread.ofVirtual().start(() -> send(node, flushes + 1));
      } else {
        failed.incrementAndGet(); // the hub has not answered so many: it is at its limit
      }
      due += step;
      while (!closing && System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }

  private void send(int node, long seq) {
    try {
      Instant at = Instant.now().minus(flush);
      JsonObject document = BatchDocument.TYPE.write(batch(node, seq, at));
      String rev = BatchDocument.revision(document);
      document.addProperty("_rev", rev);
      HubDatabase live = hub.database(names.live(at));
      JsonArray revs = new JsonArray();
      revs.add(rev);
      JsonObject asked = new JsonObject();
      asked.add(document.get("_id").getAsString(), revs);
      Outcome<?> stored =
          live.revsDiff(asked).then(_ -> live.bulkTexts(List.of(CanonicalJson.write(document))));
      if (stored.isOk()) {
        arrived.addAndGet(runs);
      } else {
        failed.incrementAndGet();
      }
      if (seq % Math.max(1, CHECKPOINT.dividedBy(flush)) == 0) {
        checkpoint(live, node, seq);
      }
    } finally {
      room.release();
    }
  }

  private void checkpoint(HubDatabase live, int node, long seq) {
    JsonObject checkpoint = new JsonObject();
    checkpoint.addProperty("seq", seq);
    synchronized (checkpoints) {
      if (checkpoints.containsKey(node)) {
        checkpoint.addProperty("_rev", checkpoints.get(node));
      }
    }
    if (live.putLocal("bench-" + node, checkpoint) instanceof Outcome.Ok<String>(String rev)) {
      synchronized (checkpoints) {
        checkpoints.put(node, rev);
      }
    }
  }

  private Batch batch(int node, long seq, Instant at) {
    String name = LightNode.name(node);
    long stepMillis = Math.max(1, flush.toMillis() / runs);
    List<Run> all =
        IntStream.range(0, runs)
            .mapToObj(i -> run(name, at.plusMillis(i * stepMillis), i))
            .toList();
    return new Batch(name, Long.toHexString(begunNanos), seq, at, all, List.of());
  }

  private static Run run(String node, Instant planned, int i) {
    Phases phases = Phases.ofNanos(12_000, 180_000, 240_000, -1, 30_000, 8_000_000 + i, 90_000);
    Sample sample =
        new Sample(planned, phases.sum(), phases, 200, 5_120, List.of(), null, Duration.ZERO);
    return new Run(
        String.format(Locale.ROOT, "bench-%03d", i),
        node,
        planned,
        Duration.ofNanos(300_000),
        List.of(sample),
        List.of(),
        Verdict.UP);
  }
}
