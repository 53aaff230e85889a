package dev.jiggety.agent.store;

import com.google.gson.JsonArray;
import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The changes feed in pages. */
final class PagedChanges extends PagedRows<Change> implements ChangeRows {

  private final ChangesQuery query;
  private final long end;
  private final @Nullable String docIds;
  private final boolean withBodies;

  // What the filter is asked about, by sequence, for the page that was just read.
  private final Map<Long, List<StoredDocument>> candidates = new HashMap<>();
  private long rest;
  private long readTo;
  private long lastSeq;

  /**
   * A feed.
   *
   * @param end the store's sequence now; nothing later is shown
   */
  PagedChanges(Reading reading, ChangesQuery query, long end) {
    super(reading);
    this.query = query;
    this.end = end;
    this.withBodies = query.includeDocs() || query.filter() != null;
    this.rest = query.limit();
    this.readTo = query.descending() ? end + 1 : query.since();
    this.lastSeq = query.since();
    var ids = query.docIds();
    if (ids == null) {
      docIds = null;
    } else {
      var list = new JsonArray();
      ids.forEach(list::add);
      docIds = list.toString();
    }
  }

  @Override
  void readPage(Sql sql, Queue<Change> page) throws SQLException {
    if (rest == 0) {
      return;
    }
    var arguments = new ArrayList<@Nullable Object>();
    // The plus keeps SQLite from walking the whole feed where a few ids can be looked up.
    var seq = docIds == null ? "d.seq" : "+d.seq";
    var text = new StringBuilder("SELECT ").append(DocRow.COLUMNS);
    text.append(
        withBodies
            ? ", b.attachments, b.json FROM docs d CROSS JOIN bodies b ON b.body = d.body"
            : " FROM docs d");
    text.append(" WHERE ").append(seq).append(" > ? AND ").append(seq);
    text.append(query.descending() ? " < ?" : " <= ?");
    arguments.add(query.descending() ? query.since() : readTo);
    arguments.add(query.descending() ? readTo : end);
    if (docIds != null) {
      text.append(" AND d.id IN (SELECT value FROM json_each(?))");
      arguments.add(docIds);
    }
    text.append(" ORDER BY d.seq").append(query.descending() ? " DESC" : "").append(" LIMIT ?");
    arguments.add(query.filter() == null ? Math.min(rest, PAGE_ROWS) : PAGE_ROWS);
    var characters = 0L;
    try (var rows = sql.rows(text.toString(), arguments.toArray())) {
      while (characters < PAGE_CHARACTERS && rows.next()) {
        var head = DocRow.read(rows);
        var winner = withBodies ? DocRow.readWinner(rows) : null;
        characters += winner == null ? 0 : winner.bodyText().length();
        if (winner != null && query.filter() != null) {
          var asked = candidates(sql, head, winner);
          candidates.put(head.seq(), asked);
          characters += asked.stream().skip(1).mapToLong(leaf -> leaf.bodyText().length()).sum();
        }
        page.add(change(head, query.includeDocs() ? winner : null));
        readTo = head.seq();
      }
    }
  }

  private List<StoredDocument> candidates(Sql sql, DocRow head, StoredDocument winner)
      throws SQLException {
    if (query.winnersOnly()) {
      return List.of(winner);
    }
    var all = new ArrayList<StoredDocument>();
    all.add(winner);
    var others = head.tree().get().leaves();
    all.addAll(DocumentReader.documents(sql, head, others.subList(1, others.size())));
    return all;
  }

  @Override
  void sift(Queue<Change> rows) {
    var filter = query.filter();
    if (filter != null) {
      var wanted = new ArrayList<Change>();
      for (var row : rows) {
        if (wanted.size() < rest) {
          sift(row, filter).ifPresent(wanted::add);
        }
      }
      candidates.clear();
      rows.clear();
      rows.addAll(wanted);
    }
    rest -= rows.size();
  }

  private Optional<Change> sift(Change row, RevisionFilter filter) {
    var asked = candidates.getOrDefault(row.seq(), List.of());
    var leaves = asked.stream().filter(filter::passes).map(StoredDocument::rev).toList();
    return leaves.isEmpty()
        ? Optional.empty()
        : Optional.of(new Change(row.seq(), row.id(), row.deleted(), leaves, row.document()));
  }

  private Change change(DocRow head, @Nullable StoredDocument document) {
    var leaves = query.winnersOnly() ? List.of(head.winner().rev()) : head.tree().leaves();
    return new Change(head.seq(), head.id(), head.winner().deleted(), leaves, document);
  }

  @Override
  public Change next() {
    var change = super.next();
    lastSeq = change.seq();
    return change;
  }

  @Override
  public boolean hasNext() {
    var more = super.hasNext();
    if (exhausted() && rest > 0 && !query.descending()) {
      lastSeq = Math.max(lastSeq, end);
    }
    return more;
  }

  @Override
  public long lastSeq() {
    return lastSeq;
  }

  @Override
  public long pending() {
    var after = lastSeq;
    return query(sql -> sql.number("SELECT count(*) FROM docs WHERE seq > ?", after));
  }
}
