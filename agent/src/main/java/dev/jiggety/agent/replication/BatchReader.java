package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.Revision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiPredicate;

/**
 * The near half of a replication: reads the source's changes, asks the target what it lacks, and
 * fetches that in batches. Used by one thread at a time.
 */
final class BatchReader {
  /** Before the first answer nobody knows how large the documents are. */
  private static final int FIRST_FETCH = 200;

  /** Below, a second request costs more than it brings. */
  private static final int WORTH_TWO_REQUESTS = 400;

  private record Wanted(WantedRevisions revisions, int row) {}

  private final Peer source;
  private final Peer target;
  private final ReplicationOptions options;
  private final BiPredicate<String, Revision> aside;
  private final Progress progress;
  private final ArrayDeque<Wanted> wanted = new ArrayDeque<>();
  private List<ChangesPage.Row> rows = List.of();
  private JsonElement cursor;
  private JsonElement settled;
  private long pendingAfterPage;
  private boolean endOfFeed;
  private boolean first = true;
  private int fetchCount;

  /**
   * Begins after {@code since}.
   *
   * @param aside revisions that lie in quarantine already: they are tried again at their own time
   */
  BatchReader(
      Peer source,
      Peer target,
      ReplicationOptions options,
      BiPredicate<String, Revision> aside,
      Progress progress,
      JsonElement since) {
    this.progress = progress;
    this.aside = aside;
    this.source = source;
    this.target = target;
    this.options = options;
    this.cursor = since;
    this.settled = since;
    this.fetchCount = Math.min(FIRST_FETCH, options.batches().documents());
  }

  /**
   * The next batch; without documents when the feed has nothing new, or nothing that the target
   * lacks.
   *
   * @param wait how long to wait for a change if there is none
   */
  Batch next(Duration wait) {
    if (wanted.isEmpty()) {
      readPage(wait);
    }
    var documents = new ArrayList<WireDocument>();
    var failures = new ArrayList<RevisionFailure>();
    if (!wanted.isEmpty()) {
      fetch(documents, failures);
    }
    settled = settledNow();
    var done = wanted.isEmpty();
    var pending = pendingAfterPage < 0 ? -1 : pendingAfterPage + wanted.size();
    return new Batch(documents, failures, settled, pending, done && endOfFeed);
  }

  private void readPage(Duration wait) {
    var limit = options.batches().rows();
    var page = page(new ChangesRequest(cursor, limit, wait, options.filter()));
    rows = page.rows();
    pendingAfterPage = page.pending();
    endOfFeed = rows.size() < limit;
    if (!rows.isEmpty()) {
      plan();
    }
    cursor = page.lastSeq();
  }

  /**
   * A page of the feed. A recorded sequence that the source cannot read any more, since another
   * server or a backup is in its place, means to compare everything: nothing is skipped so, and
   * what is there is not sent again.
   */
  private ChangesPage page(ChangesRequest request) {
    try {
      return source.changes(request);
    } catch (PeerException e) {
      if (!first || e.kind() != PeerException.Kind.REFUSED || cursor.equals(Checkpoint.START)) {
        throw e;
      }
      return source.changes(
          new ChangesRequest(Checkpoint.START, request.limit(), Duration.ZERO, request.filter()));
    } finally {
      first = false;
    }
  }

  /** Asks the target what it lacks of the page. A feed may show a document twice. */
  private void plan() {
    var leaves = new LinkedHashMap<String, List<Revision>>();
    var firstRow = new HashMap<String, Integer>();
    for (var i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      if (leaves.containsKey(row.id())) {
        var both = new ArrayList<>(leaves.get(row.id()));
        both.addAll(row.leaves());
        leaves.put(row.id(), both.stream().distinct().toList());
      } else {
        leaves.put(row.id(), row.leaves());
        firstRow.put(row.id(), i);
      }
    }
    var missing = target.revsDiff(leaves);
    var asked = leaves.values().stream().mapToInt(List::size).sum();
    var lacking = missing.values().stream().mapToInt(m -> m.missing().size()).sum();
    progress.update(stats -> stats.compared(asked, lacking));
    for (var id : leaves.keySet()) {
      var lacks = missing.get(id);
      if (lacks != null) {
        var revs = lacks.missing().stream().filter(rev -> !aside.test(id, rev)).toList();
        if (!revs.isEmpty()) {
          wanted.add(
              new Wanted(
                  new WantedRevisions(id, revs, lacks.possibleAncestors()),
                  firstRow.getOrDefault(id, 0)));
        }
      }
    }
  }

  private void fetch(List<WireDocument> documents, List<RevisionFailure> failures) {
    var asked = new ArrayList<WantedRevisions>();
    var rowOf = new HashMap<String, Integer>();
    for (var revisions = 0; !wanted.isEmpty(); ) {
      revisions += wanted.peek().revisions.revs().size();
      if (revisions > fetchCount && !asked.isEmpty()) {
        break;
      }
      var next = wanted.remove();
      asked.add(next.revisions);
      rowOf.put(next.revisions.id(), next.row);
    }
    var fetched = fetchTwice(asked);
    for (var rest : fetched.rest().reversed()) {
      wanted.addFirst(new Wanted(rest, rowOf.getOrDefault(rest.id(), 0)));
    }
    adapt(fetched);
    if (fetched.failures().isEmpty() && asked.stream().allMatch(one -> one.revs().size() == 1)) {
      documents.addAll(fetched.documents());
      return;
    }
    var seen = new HashSet<Map.Entry<String, Revision>>();
    keepNew(fetched.documents(), seen, documents);
    for (var failure : fetched.failures()) {
      var again = fetchOne(failure);
      keepNew(again.documents(), seen, documents);
      failures.addAll(again.failures());
    }
  }

  /** Many by two requests at once: while the source makes one answer, the other one is read. */
  private Fetched fetchTwice(List<WantedRevisions> asked) {
    var bytes = options.batches().bytes();
    if (!options.batches().ahead() || asked.size() < WORTH_TWO_REQUESTS) {
      return source.fetch(asked, bytes);
    }
    var middle = asked.size() / 2;
    var later =
        new FutureTask<>(() -> source.fetch(asked.subList(middle, asked.size()), bytes / 2));
    var thread = Thread.ofVirtual().name("replication-fetch").start(later);
    try {
      return source.fetch(asked.subList(0, middle), bytes / 2).and(later.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a fetch failed by our own fault", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException(
          PeerException.Kind.UNAVAILABLE, source.identity(), "interrupted while it was asked");
    } finally {
      thread.interrupt();
    }
  }

  /** What failed among many may well come alone. */
  private Fetched fetchOne(RevisionFailure failure) {
    var one = new WantedRevisions(failure.id(), List.of(failure.rev()));
    return source.fetch(List.of(one), options.batches().bytes());
  }

  /** Two revisions that were asked for may have been replaced by the same one. */
  private static void keepNew(
      List<WireDocument> from, Set<Map.Entry<String, Revision>> seen, List<WireDocument> to) {
    for (var document : from) {
      if (seen.add(Map.entry(document.id(), document.rev()))) {
        to.add(document);
      }
    }
  }

  /** The next fetch asks for as many documents as fit into a batch, if they are like these. */
  private void adapt(Fetched fetched) {
    if (!fetched.documents().isEmpty()) {
      var average = Math.max(1, fetched.bytes() / fetched.documents().size());
      fetchCount =
          Math.clamp(options.batches().bytes() / average, 1, options.batches().documents());
    }
  }

  /** The sequence before the first row of which something is still to be fetched. */
  private JsonElement settledNow() {
    if (wanted.isEmpty()) {
      return cursor;
    }
    var first = wanted.stream().mapToInt(Wanted::row).min().orElse(0);
    for (var i = first - 1; i >= 0; i--) {
      var seq = rows.get(i).seq();
      if (seq != null) {
        return seq;
      }
    }
    return settled;
  }
}
