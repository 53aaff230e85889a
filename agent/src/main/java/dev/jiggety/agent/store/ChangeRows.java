package dev.jiggety.agent.store;

import java.util.Iterator;

/**
 * The rows of a changes feed up to the moment it was asked for, read page by page. For one thread.
 */
public interface ChangeRows extends Iterator<Change>, AutoCloseable {

  /**
   * Where the next request goes on: after the limit was reached the last row's sequence, at the end
   * the store's sequence when this feed began, even if no row came. Call it after the last row.
   */
  long lastSeq();

  /** Changes after {@link #lastSeq}; counted when asked. */
  long pending();

  @Override
  void close();
}
