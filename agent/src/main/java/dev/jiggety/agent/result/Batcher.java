package dev.jiggety.agent.result;

import com.google.gson.JsonObject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes batches of entries, in three durable steps: the boundaries are fixed in the outbox; the
 * document is stored; the entries go. A crash between two of them repeats the next with the same
 * result, since the document is a function of what was fixed. For one thread.
 */
final class Batcher {
  private static final int MOST_PURGED = 200;

  private final OutboxFile file;
  private final OutboxOptions options;
  private final String stream;
  private final BatchStore store;
  private boolean unfinished = true;
  private long waiting;
  private long waitingBytes;
  private volatile Set<String> inUse;
  private Instant nextPurge = Instant.MIN;

  Batcher(OutboxFile file, OutboxOptions options, String stream, BatchStore store)
      throws SQLException {
    this.inUse = Set.copyOf(file.batches().databases());
    this.file = file;
    this.options = options;
    this.stream = stream;
    this.store = store;
    this.waiting = 1; // there may be some from before; the first flush finds out
  }

  /** Entries were written down. */
  void came(Collection<Entry> entries) {
    waiting += entries.size();
    waitingBytes += entries.stream().mapToLong(entry -> entry.json().length()).sum();
  }

  /** The databases that hold batches, as of the last look; for any thread. */
  Set<String> inUse() {
    return inUse;
  }

  boolean hasWaiting() {
    return waiting > 0;
  }

  boolean isFull() {
    return waiting >= options.mostRuns() || waitingBytes >= options.mostBytes();
  }

  /** Makes batches of all that waits. */
  void flush() throws SQLException {
    finishUnstored();
    while (true) {
      List<OutboxFile.Waiting> entries = file.waiting(options.mostRuns());
      if (entries.isEmpty()) {
        waiting = 0;
        waitingBytes = 0;
        return;
      }
      unfinished = true;
      store(fix(entries));
      unfinished = false;
    }
  }

  /** After a crash, or after the store refused. */
  private void finishUnstored() throws SQLException {
    while (unfinished) {
      Optional<FixedBatch> left = file.batches().unstored();
      if (left.isEmpty()) {
        unfinished = false;
      } else {
        store(left.get());
      }
    }
  }

  /** All runs of a batch belong to one live database; the others wait for the next. */
  private FixedBatch fix(List<OutboxFile.Waiting> entries) throws SQLException {
    String database = options.names().live(entries.getFirst().at());
    List<OutboxFile.Waiting> chosen = new ArrayList<>();
    Instant at = entries.getFirst().at();
    int bytes = 0;
    for (OutboxFile.Waiting entry : entries) {
      if (!options.names().live(entry.at()).equals(database)) {
        continue;
      }
      if (!chosen.isEmpty() && bytes + entry.json().length() > options.mostBytes()) {
        break;
      }
      chosen.add(entry);
      bytes += entry.json().length();
      at = entry.at().isBefore(at) ? entry.at() : at;
    }
    return file.batches().fix(database, at, chosen, options.hubClock().get().orElse(null));
  }

  private void store(FixedBatch batch) throws SQLException {
    JsonObject document = batch.document(options.node(), stream);
    String id = document.get("_id").getAsString();
    String rev = document.get("_rev").getAsString();
    if (!inUse.contains(batch.database())) { // before it is there, so that nobody drops it
      Set<String> more = new HashSet<>(inUse);
      more.add(batch.database());
      inUse = Set.copyOf(more);
    }
    long seq = store.store(batch.database(), document);
    file.batches().stored(batch.seq(), id, rev, seq);
  }

  /** Drops from the local store what the hub has had for long; a few at a time. */
  void purge() throws SQLException {
    Instant now = options.clock().instant();
    if (now.isBefore(nextPurge)) {
      return;
    }
    Map<String, Map<String, String>> old =
        file.batches().pushedBefore(now.minus(options.keep()), MOST_PURGED);
    int purged = 0;
    for (Map.Entry<String, Map<String, String>> one : old.entrySet()) {
      one.getValue().keySet().removeIf(id -> !store.mayPurge(one.getKey(), id));
      store.purge(one.getKey(), one.getValue());
      file.batches().purged(one.getValue().keySet());
      purged += one.getValue().size();
    }
    inUse = Set.copyOf(file.batches().databases());
    nextPurge = purged == MOST_PURGED ? now : now.plusSeconds(60);
  }
}
