package dev.jiggety.couch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to ask of a changes feed. Start from {@link #since} and add.
 *
 * @param since an opaque sequence, {@code 0} for everything, {@code now} for what comes
 * @param limit the most rows; 0 for all
 * @param allLeaves whether all leaves are named ({@code style=all_docs}) or only winners
 * @param withDocuments whether the winners come with it
 * @param longpoll whether to wait when there is nothing
 * @param timeout how long to wait; the server takes its own limit if that is shorter, and where it
 *     would wait longer the client ends it
 * @param heartbeat how often the server shows that it is alive while it waits
 * @param filter which changes
 */
public record ChangesRequest(
    String since,
    int limit,
    boolean allLeaves,
    boolean withDocuments,
    boolean longpoll,
    Optional<Duration> timeout,
    Optional<Duration> heartbeat,
    ChangesFilter filter) {

  /** All winners that changed since then, at once. */
  public static ChangesRequest since(String sequence) {
    return new ChangesRequest(
        sequence, 0, false, false, false, Optional.empty(), Optional.empty(), ChangesFilter.NONE);
  }

  /** The same, from another point on. */
  public ChangesRequest from(String sequence) {
    return new ChangesRequest(
        sequence, limit, allLeaves, withDocuments, longpoll, timeout, heartbeat, filter);
  }

  /** At most that many rows. */
  public ChangesRequest limitedTo(int rows) {
    return new ChangesRequest(
        since, rows, allLeaves, withDocuments, longpoll, timeout, heartbeat, filter);
  }

  /** With all leaves: what a replicator needs. */
  public ChangesRequest withAllLeaves() {
    return new ChangesRequest(
        since, limit, true, withDocuments, longpoll, timeout, heartbeat, filter);
  }

  /** With the documents. */
  public ChangesRequest includingDocuments() {
    return new ChangesRequest(since, limit, allLeaves, true, longpoll, timeout, heartbeat, filter);
  }

  /** Waits for a change when there is none, up to {@code longest}; no rows if none came. */
  public ChangesRequest waiting(Duration longest) {
    return new ChangesRequest(
        since, limit, allLeaves, withDocuments, true, Optional.of(longest), heartbeat, filter);
  }

  /** With a sign of life that often; a silence of three of them counts as a lost connection. */
  public ChangesRequest withHeartbeat(Duration every) {
    return new ChangesRequest(
        since, limit, allLeaves, withDocuments, longpoll, timeout, Optional.of(every), filter);
  }

  /** Only changes of these documents. */
  public ChangesRequest onlyDocuments(List<String> ids) {
    return filtered(new ChangesFilter.DocIds(ids));
  }

  /** Only what passes the filter. */
  public ChangesRequest filtered(ChangesFilter wanted) {
    return new ChangesRequest(
        since, limit, allLeaves, withDocuments, longpoll, timeout, heartbeat, wanted);
  }
}
