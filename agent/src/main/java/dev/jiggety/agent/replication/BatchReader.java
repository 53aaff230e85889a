package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.Revision;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final Peer source;
  private final ReplicationOptions options;
  private final PageReader pages;
  private final ArrayDeque<PageReader.Wanted> wanted = new ArrayDeque<>();
  private PageReader.Page page;
  private JsonElement settled;
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
    this.source = source;
    this.options = options;
    this.pages = new PageReader(source, target, options, aside, progress, since);
    this.page = new PageReader.Page(List.of(), List.of(), since, -1, false);
    this.settled = since;
    this.fetchCount = Math.min(FIRST_FETCH, options.batches().documents());
  }

  /**
   * The next batch; without documents when the feed has nothing new, or nothing that the target
   * lacks.
   *
   * @param wait how long to wait for a change if there is none
   */
  Batch next(Duration wait) throws InterruptedException {
    if (wanted.isEmpty()) {
      page = pages.next(wait);
      wanted.addAll(page.wanted());
    }
    var documents = new ArrayList<WireDocument>();
    var failures = new ArrayList<RevisionFailure>();
    if (!wanted.isEmpty()) {
      fetch(documents, failures);
    }
    settled = settledNow();
    var done = wanted.isEmpty();
    var pending = page.pending() < 0 ? -1 : page.pending() + wanted.size();
    return new Batch(documents, failures, settled, pending, done && page.last());
  }

  /** Ends what it reads ahead, after a failure; no more is asked of it then. */
  void stop() {
    pages.stop();
  }

  private void fetch(List<WireDocument> documents, List<RevisionFailure> failures)
      throws InterruptedException {
    var asked = new ArrayList<WantedRevisions>();
    var rowOf = new HashMap<String, Integer>();
    for (var revisions = 0; !wanted.isEmpty(); ) {
      revisions += wanted.peek().revisions().revs().size();
      if (revisions > fetchCount && !asked.isEmpty()) {
        break;
      }
      var next = wanted.remove();
      asked.add(next.revisions());
      rowOf.put(next.revisions().id(), next.row());
    }
    var fetched = fetchTwice(asked);
    for (var rest : fetched.rest().reversed()) {
      wanted.addFirst(new PageReader.Wanted(rest, rowOf.getOrDefault(rest.id(), 0)));
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
  private Fetched fetchTwice(List<WantedRevisions> asked) throws InterruptedException {
    var bytes = options.batches().bytes();
    if (!options.batches().ahead() || asked.size() < WORTH_TWO_REQUESTS) {
      return source.fetch(asked, bytes);
    }
    var middle = asked.size() / 2;
    var later =
        Ahead.begin(
            "replication-fetch",
            () -> source.fetch(asked.subList(middle, asked.size()), bytes / 2));
    try {
      return source.fetch(asked.subList(0, middle), bytes / 2).and(later.get());
    } finally {
      later.stop();
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
      return page.lastSeq();
    }
    var first = wanted.stream().mapToInt(PageReader.Wanted::row).min().orElse(0);
    for (var i = first - 1; i >= 0; i--) {
      var seq = page.rows().get(i).seq();
      if (seq != null) {
        return seq;
      }
    }
    return settled;
  }
}
