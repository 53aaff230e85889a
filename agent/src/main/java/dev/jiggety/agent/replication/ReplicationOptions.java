package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.ChangesFilter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to replicate. Start from {@link #defaults()}.
 *
 * @param filter replicate what passes it; the source applies it
 * @param begin where to begin, and what to remember of it
 * @param attempts how often a document is tried that failed for a reason that may pass, before it
 *     goes to quarantine; ≥ 1
 * @param backoff waits after a failure that may pass soon
 * @param deniedBackoff waits after wrong credentials; long, for CouchDB locks out after five
 */
public record ReplicationOptions(
    ChangesFilter filter,
    Begin begin,
    Batches batches,
    Times times,
    int attempts,
    Backoff backoff,
    Backoff deniedBackoff) {

  /**
   * Where a replication begins.
   *
   * @param since the source's sequence after which to begin, whatever the checkpoints say; null =
   *     where both ends' checkpoints agree
   * @param checkpoints whether to read and write checkpoints at all; without, everything is
   *     compared anew each time
   * @param mark what else tells this replication from others between the same ends, where several
   *     programs may run one: the program's own uuid. Empty where an end is a local store
   */
  public record Begin(@Nullable JsonElement since, boolean checkpoints, String mark) {
    /** At the checkpoints, which are kept. */
    public static final Begin DEFAULT = new Begin(null, true, "");
  }

  /**
   * Sizes.
   *
   * @param rows rows of the changes feed in one request; ≥ 1
   * @param documents most documents in one batch; ≥ 1
   * @param bytes most bytes of JSON in one batch, about; a single document may be larger
   * @param ahead fetch the next batch while the last one is stored
   */
  public record Batches(int rows, int documents, long bytes, boolean ahead) {
    public Batches {
      if (rows < 1 || documents < 1 || bytes < 1) {
        throw new IllegalArgumentException("rows, documents and bytes must be at least 1");
      }
    }
  }

  /**
   * Times of a continuous replication.
   *
   * @param checkpoint least time between two checkpoints; what was replicated after the last one is
   *     compared again after a restart, not sent again
   * @param patience how long a request for changes waits for one; jitter takes up to a third off
   * @param verify how often an idle replication looks whether both databases are still the same
   * @param quarantine how often quarantined documents are tried again
   */
  public record Times(
      Duration checkpoint, Duration patience, Duration verify, Duration quarantine) {}

  public ReplicationOptions {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1");
    }
  }

  /** For a line like the internet and documents of up to some hundred kilobytes. */
  public static ReplicationOptions defaults() {
    return new ReplicationOptions(
        ChangesFilter.NONE,
        Begin.DEFAULT,
        new Batches(2_000, 1_000, 2L << 20, true),
        new Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofHours(1)),
        5,
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2)),
        new Backoff(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }

  /** The same for these documents alone. */
  public ReplicationOptions withDocIds(List<String> ids) {
    return withFilter(new ChangesFilter.DocIds(ids));
  }

  /** The same for what passes this filter alone. */
  public ReplicationOptions withFilter(ChangesFilter other) {
    return new ReplicationOptions(other, begin, batches, times, attempts, backoff, deniedBackoff);
  }

  /** The same from another beginning. */
  public ReplicationOptions withBegin(Begin other) {
    return new ReplicationOptions(filter, other, batches, times, attempts, backoff, deniedBackoff);
  }

  /** The same with other sizes. */
  public ReplicationOptions withBatches(Batches sizes) {
    return new ReplicationOptions(filter, begin, sizes, times, attempts, backoff, deniedBackoff);
  }

  /** The same with other times. */
  public ReplicationOptions withTimes(Times other) {
    return new ReplicationOptions(filter, begin, batches, other, attempts, backoff, deniedBackoff);
  }

  /** The same with other waits after failures. */
  public ReplicationOptions withBackoff(Backoff soon, Backoff denied) {
    return new ReplicationOptions(filter, begin, batches, times, attempts, soon, denied);
  }
}
