package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.RevisionFilter;
import dev.jiggety.agent.store.WriteGuard;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.couch.ChangesFilter;
import java.util.List;

/**
 * What stands between a {@link StorePeer} and its store: the rights of whoever replicates, what a
 * document must be to get in, and the functions of design documents, none of which the peer knows.
 */
public interface StoreGate {
  /** For the program's own stores: everything passes but filters that name a function. */
  StoreGate OPEN = new StoreGate() {};

  /** The same with this guard on what is written. */
  static StoreGate guarded(WriteGuard guard) {
    return new StoreGate() {
      @Override
      public List<WriteOutcome> write(DocumentStore store, List<DocumentWrite> writes) {
        return store.bulk(writes, false, guard);
      }
    };
  }

  /**
   * Asked before each call.
   *
   * @throws PeerException DENIED for who may not read or write this database (any more)
   */
  default void enter(DocumentStore store) {}

  /**
   * Makes a write of a document as it came over the wire.
   *
   * @throws dev.jiggety.agent.store.InvalidDocumentException when this document may not get in
   */
  default DocumentWrite admit(DocumentStore store, WireDocument document) {
    return document.write();
  }

  /** Stores replicated revisions. */
  default List<WriteOutcome> write(DocumentStore store, List<DocumentWrite> writes) {
    return store.bulk(writes, false);
  }

  /**
   * The function or view that a filter names.
   *
   * @throws PeerException MISSING when there is none, REFUSED when it cannot be used
   */
  default RevisionFilter function(DocumentStore store, ChangesFilter filter) {
    throw new PeerException(
        PeerException.Kind.REFUSED,
        store.name(),
        "this store runs no filter functions; use document ids or a selector");
  }
}
