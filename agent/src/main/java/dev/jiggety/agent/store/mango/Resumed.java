package dev.jiggety.agent.store.mango;

import org.jspecify.annotations.Nullable;

/** Rows from where the page before ended; without its last row, if that is still there. */
final class Resumed implements Candidates {
  private final Candidates rows;
  private @Nullable Row first;

  Resumed(Candidates rows, Bookmark bookmark) {
    this.rows = rows;
    if (rows.hasNext()) {
      var row = rows.next();
      var same =
          row.id().equals(bookmark.id())
              && Matching.COLLATION.compare(row.key(), bookmark.key()) == 0;
      first = same ? null : row;
    }
  }

  @Override
  public boolean hasNext() {
    return first != null || rows.hasNext();
  }

  @Override
  public Row next() {
    var row = first;
    first = null;
    return row == null ? rows.next() : row;
  }

  @Override
  public long keysRead() {
    return rows.keysRead();
  }

  @Override
  public long documentsRead() {
    return rows.documentsRead();
  }

  @Override
  public void close() {
    rows.close();
  }
}
