package dev.jiggety.agent.store.view;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.DocumentStore;
import java.util.Set;

/**
 * All indexes of a folder of databases, in a folder beside each. An index that nobody uses gives
 * its file handles back. Thread-safe.
 */
public final class ViewIndexes implements AutoCloseable {

  private ViewIndexes() {}

  /** The indexes of these databases; close them before the databases. */
  public static ViewIndexes open(Databases databases) {
    throw new UnsupportedOperationException();
  }

  /** The index with this definition; made (empty) if there is none. */
  public ViewIndex find(DocumentStore store, IndexDefinition definition) {
    throw new UnsupportedOperationException();
  }

  /** Deletes the indexes of a database whose signatures are not among these. */
  public void cleanUp(DocumentStore store, Set<String> signatures) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
