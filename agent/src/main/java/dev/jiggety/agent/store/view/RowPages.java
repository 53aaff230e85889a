package dev.jiggety.agent.store.view;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Rows of a view, read some at a time; between two reads nothing is open. For one thread. */
final class RowPages implements ViewIndex.Rows {

  /** Rows read at once, at first; most queries want no more. */
  private static final int FIRST_PAGE = 64;

  private static final int PAGE = 512;

  private final SqliteViewIndex index;
  private final int view;
  private final boolean descending;
  private final Queue<ViewRow> page = new ArrayDeque<>();
  private final long totalRows;
  private final long offset;
  private KeyRange rest;
  private long wanted;
  private boolean ended;

  RowPages(SqliteViewIndex index, int view, ViewQuery query) {
    this.index = index;
    this.view = view;
    this.descending = query.descending();
    this.wanted = query.limit();
    this.rest = KeyRange.of(query);
    var whole = KeyRange.of(ViewQuery.all().in(query.partition()));
    var begin = descending ? rest.to() : rest.from();
    // In one read, so that the numbers belong to the rows.
    var numbers =
        index.read(
            view,
            tree -> {
              var before = whole.from() == null ? 0 : tree.rowsBefore(whole.from());
              var all = (whole.to() == null ? tree.rows() : tree.rowsBefore(whole.to())) - before;
              var skipped =
                  begin == null ? (descending ? all : 0) : tree.rowsBefore(begin) - before;
              readPage(tree, query.skip(), FIRST_PAGE);
              return new long[] {all, descending ? all - skipped : skipped};
            });
    this.totalRows = numbers[0];
    this.offset = Math.min(totalRows, numbers[1] + Math.min(query.skip(), totalRows));
  }

  private boolean readPage(ReductionTree tree, long skip, int rows) throws java.sql.SQLException {
    page.clear(); // of a read that failed half-way
    var most = Math.min(rows, wanted);
    if (most == 0 || rest.isEmpty()) {
      ended = true;
      return false;
    }
    var from = rest;
    var last = new byte[1][];
    tree.scan(
        from.from(),
        from.to(),
        descending,
        skip,
        (key, row) -> {
          page.add(row);
          last[0] = key;
          return page.size() < most;
        });
    ended = page.size() < most;
    if (!page.isEmpty()) {
      rest = from.behind(last[0], descending);
    }
    return true;
  }

  @Override
  public long totalRows() {
    return totalRows;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && !ended) {
      index.read(view, tree -> readPage(tree, 0, PAGE));
    }
    return !page.isEmpty();
  }

  @Override
  public ViewRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    wanted--;
    return page.remove();
  }

  @Override
  public void close() {
    ended = true;
    page.clear();
  }
}
