package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One index, open. Every method may be called from any thread. Belongs to {@link ViewIndexes}.
 *
 * <p>Errors are {@link dev.jiggety.agent.store.StoreException}s, as of the store itself.
 */
public interface ViewIndex {

  /** What it is. */
  IndexDefinition definition();

  /**
   * Brings the index up to the store's sequence of now. Callers at the same time share the work.
   *
   * @return the store's sequence that the index has reached
   */
  long update();

  /** Rows of a view as of the last update, in order; read in pages, holding nothing in between. */
  Rows rows(int view, ViewQuery query);

  /** Rows, and where among all of them they begin. */
  interface Rows extends Iterator<ViewRow>, AutoCloseable {
    /** Rows of the view in all. */
    long totalRows();

    /** Rows before the first of these. */
    long offset();

    @Override
    void close();
  }

  /**
   * Reductions of a view, from those that are stored.
   *
   * @param groupLevel how many elements of an array key make a group; 0 = all rows are one; {@link
   *     Integer#MAX_VALUE} = a group for each key
   * @throws ReduceException where rows cannot be reduced
   */
  default List<Group> reduce(int view, ViewQuery query, int groupLevel) {
    var list = new ArrayList<Group>();
    groups(view, query, groupLevel).forEachRemaining(list::add);
    return list;
  }

  /** {@link #reduce}, read in pages, holding nothing in between. */
  Iterator<Group> groups(int view, ViewQuery query, int groupLevel);

  /** The reduction of the rows whose keys begin alike; key null where all rows are one group. */
  record Group(JsonElement key, JsonElement value) {}

  /** Gives the space of rows that are gone back to the disk; updates wait meanwhile. */
  void compact();

  /** Size and state. */
  Info info();

  /**
   * About an index.
   *
   * @param updateSeq the store's sequence that it has reached
   * @param fileBytes on the disk
   * @param activeBytes of these in use
   * @param updating whether it is being brought up to date
   */
  record Info(long updateSeq, long fileBytes, long activeBytes, boolean updating) {}
}
