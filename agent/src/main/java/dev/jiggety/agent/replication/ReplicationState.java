package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import java.time.Instant;
import java.util.Optional;

/**
 * What a continuous replication is doing, at one moment.
 *
 * @param name of the replication, for people
 * @param connected whether both peers answered last
 * @param since since when it is connected, or away
 * @param reason why it is away, in one line; empty when connected
 * @param lastSuccess when something was last replicated or found to be up to date
 * @param seq the source's sequence up to which all is done; opaque
 * @param pending documents still to come, as far as known; -1 = unknown
 * @param quarantined documents put aside
 * @param written documents that the target has taken since this program started
 * @param failures attempts in a row that failed
 */
public record ReplicationState(
    String name,
    boolean connected,
    Instant since,
    String reason,
    Optional<Instant> lastSuccess,
    JsonElement seq,
    long pending,
    int quarantined,
    long written,
    int failures) {

  ReplicationState progress(Instant at, JsonElement reached, long left, int aside, long documents) {
    return new ReplicationState(
        name, connected, since, reason, Optional.of(at), reached, left, aside, documents, 0);
  }

  ReplicationState up(Instant at) {
    return connected
        ? this
        : new ReplicationState(
            name, true, at, "", lastSuccess, seq, pending, quarantined, written, 0);
  }

  ReplicationState down(Instant at, String why, int times) {
    return new ReplicationState(
        name,
        false,
        connected ? at : since,
        why,
        lastSuccess,
        seq,
        pending,
        quarantined,
        written,
        times);
  }
}
