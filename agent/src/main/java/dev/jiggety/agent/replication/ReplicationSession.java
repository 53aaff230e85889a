package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A replication from the comparison of checkpoints to the first failure. Whatever throws here ends
 * the session; the next one begins at the checkpoint, and what was stored after it is found to be
 * there. For one thread, but for what it starts itself.
 */
final class ReplicationSession {
  private final Peer source;
  private final Peer target;
  private final ReplicationOptions options;
  private final BatchWriter writer;
  private final InstantSource clock;
  private final Checkpoints checkpoints;
  private final BatchReader reader;
  private final String sourceIncarnation;
  private final String targetIncarnation;
  private final String filterCode;
  private final Progress progress;
  private final ReplicationStats before;
  private final Supplier<Long> isolated;
  private JsonElement seq;
  private Instant recordedAt;
  private long pending = -1;

  ReplicationSession(
      Peer source,
      Peer target,
      ReplicationOptions options,
      BatchWriter writer,
      InstantSource clock,
      Progress progress,
      Supplier<Long> isolated,
      BiPredicate<String, Revision> aside,
      Function<String, Checkpoints> checkpoints) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.writer = writer;
    this.clock = clock;
    this.recordedAt = clock.instant();
    this.isolated = isolated;
    this.progress = progress;
    this.before = progress.stats();
    // The databases first: were they made anew between the two looks, the checkpoints would lie.
    this.sourceIncarnation = source.info().incarnation();
    this.targetIncarnation = target.info().incarnation();
    this.filterCode = source.filterCode(options.filter());
    this.checkpoints = checkpoints.apply(filterCode);
    var since = options.begin().since();
    this.seq = since == null ? this.checkpoints.start() : since;
    this.reader = new BatchReader(source, target, options, aside, progress, seq);
    progress.update(stats -> stats.begun(seq));
  }

  /** Everything up to this sequence of the source has been dealt with. */
  JsonElement seq() {
    return seq;
  }

  /** What this session has done. */
  ReplicationStats done() {
    return progress.stats().since(before);
  }

  /** The answer to CouchDB's {@code _replicate}. */
  JsonObject log() {
    return checkpoints.log();
  }

  /** Documents that are still to come, as far as known; -1 = unknown. */
  long pending() {
    return pending;
  }

  /** Whether there is something to record. */
  boolean dirty() {
    return !seq.equals(checkpoints.recorded());
  }

  /**
   * Replicates until the feed has no more.
   *
   * @param wait how long to wait for a first change
   * @param afterBatch called after each batch is stored
   */
  void pass(Duration wait, Runnable afterBatch) throws InterruptedException {
    try {
      var batch = reader.next(wait);
      var rest = batch.last() || !options.batches().ahead() ? null : BatchQueue.begin(reader);
      try {
        while (!batch.last()) {
          finish(batch, afterBatch);
          batch = rest == null ? reader.next(Duration.ZERO) : rest.next();
        }
        finish(batch, afterBatch);
      } finally {
        if (rest != null) {
          rest.stop();
        }
      }
    } finally {
      reader.stop();
    }
  }

  private void finish(Batch batch, Runnable afterBatch) {
    var written = writer.written();
    var refused = isolated.get();
    if (!batch.documents().isEmpty() || !batch.failures().isEmpty()) {
      writer.write(batch);
    }
    seq = batch.seq();
    pending = batch.pending();
    progress.update(stats ->
        stats.stored(
            batch.documents().size(),
            writer.written() - written,
            isolated.get() - refused,
            pending,
            seq));
    afterBatch.run();
    if (dirty() && untilCheckpoint().isZero()) {
      checkpoint();
    }
  }

  /** How long until a checkpoint is due; zero = now. */
  Duration untilCheckpoint() {
    var due = recordedAt.plus(options.times().checkpoint());
    var left = Duration.between(clock.instant(), due);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Records at both ends how far this has come, if there is something to record. */
  void checkpoint() {
    if (dirty()) {
      verify();
      checkpoints.write(new Checkpoint(seq, done()));
      progress.update(stats -> stats.recorded(seq));
      recordedAt = clock.instant();
    }
  }

  /**
   * Looks whether both databases, and the filter's function, are still those with which the session
   * began.
   *
   * @throws PeerException RECREATED if not
   */
  void verify() {
    verify(source, sourceIncarnation);
    verify(target, targetIncarnation);
    if (!source.filterCode(options.filter()).equals(filterCode)) {
      throw new PeerException(
          PeerException.Kind.RECREATED, source.identity(), "the filter function was changed");
    }
  }

  private static void verify(Peer peer, String incarnation) {
    if (!peer.info().incarnation().equals(incarnation)) {
      throw new PeerException(
          PeerException.Kind.RECREATED,
          peer.identity(),
          "the database was deleted and made anew, or its server restarted");
    }
  }
}
