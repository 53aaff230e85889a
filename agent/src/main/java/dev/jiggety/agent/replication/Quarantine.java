package dev.jiggety.agent.replication;

import dev.jiggety.agent.store.Revision;
import java.util.List;
import java.util.Optional;

/**
 * Where documents go that a peer refuses for good, so that they neither block those behind them nor
 * vanish. An entry is durable when {@link #add} returns. Names the document and does not hold it:
 * the source still has it. For several threads.
 */
public interface Quarantine {

  /** Adds or renews an entry; the one before it, of the same revision, is replaced. */
  void add(QuarantinedDocument document);

  /** Removes an entry, if there is one: the document has arrived or was given up by a person. */
  void remove(String id, Revision rev);

  /** The entry of this revision, if there is one. Cheap: asked for every document stored. */
  Optional<QuarantinedDocument> find(String id, Revision rev);

  /** All entries, oldest first. */
  List<QuarantinedDocument> list();

  /** How many there are. Cheap. */
  int count();
}
