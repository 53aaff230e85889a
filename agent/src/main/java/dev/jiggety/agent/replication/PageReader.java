package dev.jiggety.agent.replication;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the source's changes in pages and asks the target what it lacks of each: of the next page
 * while the documents of the last one are fetched. Used by one thread at a time.
 */
final class PageReader {
  private final Peer source;
  private final Peer target;
  private final ReplicationOptions options;
  private final BiPredicate<String, Revision> aside;
  private final Progress progress;
  private JsonElement cursor;
  private boolean first = true;
  private volatile @Nullable Ahead<Page> ahead;

  /**
   * A page of the feed.
   *
   * @param wanted what the target lacks
   * @param lastSeq where the next one begins
   * @param pending documents that come after this page; -1 = unknown
   * @param last whether the feed had no more
   */
  record Page(
      List<ChangesPage.Row> rows,
      List<Wanted> wanted,
      JsonElement lastSeq,
      long pending,
      boolean last) {}

  /**
   * What the target lacks of a document.
   *
   * @param row where it stands in its page
   */
  record Wanted(WantedRevisions revisions, int row) {}

  /** As {@link BatchReader}. */
  PageReader(
      Peer source,
      Peer target,
      ReplicationOptions options,
      BiPredicate<String, Revision> aside,
      Progress progress,
      JsonElement since) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.aside = aside;
    this.progress = progress;
    this.cursor = since;
  }

  /**
   * The next page.
   *
   * @param wait how long to wait for a change if there is none
   */
  Page next(Duration wait) throws InterruptedException {
    var begun = ahead;
    ahead = null;
    var page = begun == null ? read(wait) : begun.get();
    if (!page.last && options.batches().ahead()) {
      ahead = Ahead.begin("replication-changes", () -> read(Duration.ZERO));
    }
    return page;
  }

  /** Ends what it has begun to read, after a failure; no more is asked of it then. */
  void stop() {
    var begun = ahead;
    if (begun != null) {
      begun.stop();
    }
  }

  private Page read(Duration wait) {
    var limit = options.batches().rows();
    var page = changes(new ChangesRequest(cursor, limit, wait, options.filter()));
    cursor = page.lastSeq();
    var rows = page.rows();
    var wanted = rows.isEmpty() ? List.<Wanted>of() : compare(rows);
    return new Page(rows, wanted, page.lastSeq(), page.pending(), rows.size() < limit);
  }

  /**
   * A page of the feed. A recorded sequence that the source cannot read any more, since another
   * server or a backup is in its place, means to compare everything: nothing is skipped so, and
   * what is there is not sent again.
   */
  private ChangesPage changes(ChangesRequest request) {
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
  private List<Wanted> compare(List<ChangesPage.Row> rows) {
    var leaves = LinkedHashMap.<String, List<Revision>>newLinkedHashMap(rows.size());
    var firstRow = HashMap.<String, Integer>newHashMap(rows.size());
    var asked = 0;
    for (var i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      var earlier = leaves.put(row.id(), row.leaves());
      asked += row.leaves().size();
      if (earlier == null) {
        firstRow.put(row.id(), i);
      } else {
        var both = new ArrayList<>(earlier);
        row.leaves().stream().filter(leaf -> !earlier.contains(leaf)).forEach(both::add);
        leaves.put(row.id(), both);
        asked += both.size() - earlier.size() - row.leaves().size();
      }
    }
    var missing = target.revsDiff(leaves);
    var wanted = new ArrayList<Wanted>(missing.size());
    var lacking = 0;
    for (var id : leaves.keySet()) {
      var lacks = missing.get(id);
      if (lacks != null) {
        lacking += lacks.missing().size();
        var revs = notAside(id, lacks.missing());
        if (!revs.isEmpty()) {
          var revisions = new WantedRevisions(id, revs, lacks.possibleAncestors());
          wanted.add(new Wanted(revisions, firstRow.getOrDefault(id, 0)));
        }
      }
    }
    var compared = asked;
    var found = lacking;
    progress.update(stats -> stats.compared(compared, found));
    return wanted;
  }

  private List<Revision> notAside(String id, List<Revision> missing) {
    for (var rev : missing) {
      if (aside.test(id, rev)) {
        return missing.stream().filter(each -> !aside.test(id, each)).toList();
      }
    }
    return missing;
  }
}
