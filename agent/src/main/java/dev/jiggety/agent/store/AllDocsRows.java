package dev.jiggety.agent.store;

import java.util.Iterator;

/** The rows of {@code _all_docs}, read page by page. For one thread. */
public interface AllDocsRows extends Iterator<AllDocsRow>, AutoCloseable {

  /** Documents in the store that are not deleted, whatever was asked for. */
  long totalRows();

  /**
   * Rows of the whole list before the first of these; counted when asked, so ask only if needed.
   */
  long offset();

  @Override
  void close();
}
