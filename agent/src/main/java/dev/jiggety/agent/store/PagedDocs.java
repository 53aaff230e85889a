package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** {@code _all_docs} in pages. SQLite compares text by its UTF-8 bytes, as CouchDB does here. */
final class PagedDocs extends PagedRows<AllDocsRow> implements AllDocsRows {

  private final AllDocsQuery query;
  private long skip;
  private long rest;
  private int nextKey;
  private @Nullable String last;

  PagedDocs(Reading reading, AllDocsQuery query) {
    super(reading);
    this.query = query;
    this.skip = query.skip();
    this.rest = query.limit();
    this.nextKey = 0;
  }

  @Override
  void readPage(Sql sql, Queue<AllDocsRow> page) throws SQLException {
    var keys = query.keys();
    if (keys != null) {
      readKeys(sql, keys, page);
    } else {
      readRange(sql, page);
    }
  }

  private void readKeys(Sql sql, List<String> keys, Queue<AllDocsRow> page) throws SQLException {
    var characters = 0L;
    while (page.size() < PAGE_ROWS && characters < PAGE_CHARACTERS) {
      var group = nextKeys(keys);
      if (group.isEmpty()) {
        return;
      }
      var winners =
          query.includeDocs() && group.size() >= DocumentReader.WORTH_IT
              ? DocumentReader.winners(sql, group, PAGE_CHARACTERS)
              : Map.<String, StoredDocument>of();
      for (var key : group) {
        var winner = winners.get(key);
        var row = winner == null ? readKey(sql, key) : row(key, winner);
        var document = row.document();
        characters += document == null ? 0 : document.bodyText().length();
        page.add(row);
        nextKey++;
        rest--;
        if (characters >= PAGE_CHARACTERS) {
          break;
        }
      }
    }
  }

  private List<String> nextKeys(List<String> keys) {
    var group = new ArrayList<String>(DocumentReader.AT_ONCE);
    for (var position = nextKey + skip;
        position < keys.size() && group.size() < Math.min(rest, DocumentReader.AT_ONCE);
        position++) {
      group.add(keys.get((int) (query.descending() ? keys.size() - 1 - position : position)));
    }
    return group;
  }

  private static AllDocsRow row(String key, StoredDocument winner) {
    return new AllDocsRow(key, winner.rev(), winner.deleted(), winner.deleted() ? null : winner);
  }

  private AllDocsRow readKey(Sql sql, String key) throws SQLException {
    var head = DocumentReader.find(sql, key).orElse(null);
    if (head == null) {
      return new AllDocsRow(key, null, false, null);
    }
    var winner = head.winner();
    var document =
        query.includeDocs() && !winner.deleted()
            ? DocumentReader.document(sql, head, winner).orElse(null)
            : null;
    return new AllDocsRow(key, winner.rev(), winner.deleted(), document);
  }

  private void readRange(Sql sql, Queue<AllDocsRow> page) throws SQLException {
    var text = new StringBuilder("SELECT ").append(DocRow.COLUMNS);
    text.append(
        query.includeDocs()
            ? ", b.attachments, b.json FROM docs d CROSS JOIN bodies b ON b.body = d.body"
            : " FROM docs d");
    var arguments = new ArrayList<@Nullable Object>();
    text.append(" WHERE d.deleted = 0");
    if (last != null) {
      text.append(query.descending() ? " AND d.id < ?" : " AND d.id > ?");
      arguments.add(last);
    } else if (query.startKey() != null) {
      text.append(query.descending() ? " AND d.id <= ?" : " AND d.id >= ?");
      arguments.add(query.startKey());
    }
    if (query.endKey() != null) {
      text.append(query.descending() ? " AND d.id >" : " AND d.id <");
      text.append(query.inclusiveEnd() ? "= ?" : " ?");
      arguments.add(query.endKey());
    }
    text.append(" ORDER BY d.id").append(query.descending() ? " DESC" : "");
    text.append(" LIMIT ? OFFSET ?");
    arguments.add(Math.min(rest, PAGE_ROWS));
    arguments.add(skip);
    var characters = 0L;
    try (var rows = sql.rows(text.toString(), arguments.toArray())) {
      while (characters < PAGE_CHARACTERS && rows.next()) {
        var head = DocRow.read(rows);
        var document = query.includeDocs() ? DocRow.readWinner(rows) : null;
        characters += document == null ? 0 : document.bodyText().length();
        page.add(new AllDocsRow(head.id(), head.winner().rev(), false, document));
        last = head.id();
        rest--;
        skip = 0;
      }
    }
  }

  @Override
  public long totalRows() {
    return query(sql -> sql.number("SELECT doc_count FROM state"));
  }

  @Override
  public long offset() {
    var start = query.startKey();
    if (start == null || query.keys() != null) {
      return query.skip();
    }
    var before =
        "SELECT count(*) FROM docs WHERE deleted = 0 AND id " + (query.descending() ? ">" : "<");
    return query.skip() + query(sql -> sql.number(before + " ?", start));
  }
}
