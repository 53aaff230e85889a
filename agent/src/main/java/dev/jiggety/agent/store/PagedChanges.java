package dev.jiggety.agent.store;

import com.google.gson.JsonArray;
import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The changes feed in pages. */
final class PagedChanges extends PagedRows<Change> implements ChangeRows {

  private final ChangesQuery query;
  private final long end;
  private final @Nullable String docIds;
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
        query.includeDocs()
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
    arguments.add(Math.min(rest, PAGE_ROWS));
    var characters = 0L;
    try (var rows = sql.rows(text.toString(), arguments.toArray())) {
      while (characters < PAGE_CHARACTERS && rows.next()) {
        var head = DocRow.read(rows);
        var document = query.includeDocs() ? DocRow.readWinner(rows) : null;
        characters += document == null ? 0 : document.bodyText().length();
        page.add(
            new Change(
                head.seq(),
                head.id(),
                head.winner().deleted(),
                head.tree().get().leaves().stream().map(RevisionTree.Node::rev).toList(),
                document));
        readTo = head.seq();
        rest--;
      }
    }
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
