package dev.jiggety.agent.store;

import dev.jiggety.agent.store.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Rows that are read some at a time; between two reads nothing is open. */
abstract class PagedRows<T> implements Iterator<T> {

  /** Most rows read at once. */
  static final int PAGE_ROWS = 256;

  /** A page ends early when its bodies are longer than this, in characters. */
  static final long PAGE_CHARACTERS = 4_000_000;

  private final Reading reading;
  private final Queue<T> page = new ArrayDeque<>();
  private boolean ended;
  private boolean closed;

  /** Lends a connection for one read. */
  interface Reading {
    <R> R read(Query<R> query);
  }

  /** What is done with it. */
  @FunctionalInterface
  interface Query<R> {
    R run(Sql sql) throws SQLException;
  }

  PagedRows(Reading reading) {
    this.reading = reading;
  }

  /** Adds the next rows; adding none means that this was the end. */
  abstract void readPage(Sql sql, Queue<T> page) throws SQLException;

  /** Drops rows that are not wanted; called without a connection, so it may take its time. */
  void sift(Queue<T> rows) {}

  <R> R query(Query<R> query) {
    return reading.read(query);
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !ended) {
      reading.read(sql -> {
        readPage(sql, page);
        return page;
      });
      ended = page.isEmpty();
      if (!ended) {
        sift(page);
      }
    }
    return !page.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  /** Whether the last row was read, which closing early is not. */
  boolean exhausted() {
    return ended && !closed && page.isEmpty();
  }

  /** No more rows. */
  public void close() {
    closed = true;
    ended = true;
    page.clear();
  }
}
