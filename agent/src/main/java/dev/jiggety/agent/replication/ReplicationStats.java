package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;

/**
 * What a replication has done since it was made, over all its sessions.
 *
 * @param checked revisions that the target was asked about
 * @param missing of these, those that it lacked
 * @param read documents fetched from the source
 * @param written documents that the target took
 * @param failures documents put into quarantine
 * @param pending documents still to come, as far as known; -1 = unknown
 * @param through the source's sequence up to which all is done
 * @param checkpointed the source's sequence that stands in the checkpoint
 */
public record ReplicationStats(
    long checked,
    long missing,
    long read,
    long written,
    long failures,
    long pending,
    JsonElement through,
    JsonElement checkpointed) {

  /** Nothing done. */
  static final ReplicationStats NONE =
      new ReplicationStats(0, 0, 0, 0, 0, -1, Checkpoint.START, Checkpoint.START);

  ReplicationStats compared(long revisions, long lacking) {
    return new ReplicationStats(
        checked + revisions,
        missing + lacking,
        read,
        written,
        failures,
        pending,
        through,
        checkpointed);
  }

  ReplicationStats stored(long fetched, long taken, long refused, long left, JsonElement seq) {
    return new ReplicationStats(
        checked,
        missing,
        read + fetched,
        written + taken,
        failures + refused,
        left,
        seq,
        checkpointed);
  }

  ReplicationStats begun(JsonElement seq) {
    return new ReplicationStats(checked, missing, read, written, failures, pending, seq, seq);
  }

  ReplicationStats recorded(JsonElement seq) {
    return new ReplicationStats(checked, missing, read, written, failures, pending, through, seq);
  }

  /** What was done after {@code earlier}. */
  ReplicationStats since(ReplicationStats earlier) {
    return new ReplicationStats(
        checked - earlier.checked,
        missing - earlier.missing,
        read - earlier.read,
        written - earlier.written,
        failures - earlier.failures,
        pending,
        through,
        checkpointed);
  }
}
